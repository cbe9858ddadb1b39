import { pino, type DestinationStream, type Logger } from 'pino';

/** Headers and fields that carry secrets never reach the log. */
const redacted = ['req.headers.authorization', 'req.headers["x-admin-token"]', 'req.headers.cookie', '*.password', '*.token'];

/**
 * JSON lines on standard error; standard output is for answers. Lines are written as they come; those still waiting when the process ends
 * are written then.
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination({ dest: 2, sync: false })): Logger {
  return pino({ level, base: null, redact: redacted }, destination);
}
