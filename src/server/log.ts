import { pino, type Logger } from 'pino';

/** Headers and fields that carry secrets never reach the log. */
const redacted = ['req.headers.authorization', 'req.headers["x-admin-token"]', 'req.headers.cookie', '*.password', '*.token'];

/** JSON lines on standard error; standard output is for answers. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, redact: redacted }, pino.destination({ dest: 2, sync: true }));
}
