import { pino, type DestinationStream, type Logger } from 'pino';
import { maskSecrets } from './mask-secrets.js';

/** Fields and headers that carry secrets, or a mail's text, wherever a logged object has them. */
const secretFields = [
  'authorization',
  'cookie',
  'x-admin-token',
  'password',
  'password_hash',
  'passwordHash',
  'token',
  'access_token',
  'refresh_token',
  'refreshToken',
  'client_secret',
  'clientSecret',
  'secret',
  'html',
  'text',
  'link',
];
const censored = ['', '*', '*.*'].flatMap((parent) =>
  secretFields.map((field) => `${parent}["${field}"]`),
);

/** Standard error, written at once: a process that ends leaves nothing unsaid. */
const standardError = (): DestinationStream => pino.destination({ dest: 2, sync: true });

/**
 * JSON lines on standard error; standard output is for answers. No line holds a secret: errors are told without what databases and mail
 * servers quote in them, fields that carry secrets are censored, and what still looks like one is masked.
 */
export function createLogger(
  level: string,
  destination: DestinationStream = standardError(),
): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: { err: describeError },
      redact: censored,
      hooks: { streamWrite: maskSecrets },
    },
    destination,
  );
}

interface ErrorDescription {
  readonly type: string;
  readonly message?: string;
  readonly code?: string;
  readonly stack?: string | undefined;
  readonly cause?: ErrorDescription;
}

/** Nothing but where and why: PostgreSQL's `detail` quotes whole rows, Prisma and nodemailer keep what they were called with. */
function describeError(error: unknown, depth = 3): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message,
    ...('code' in error ? { code: String(error.code) } : {}),
    stack,
    ...(cause === undefined || depth === 0 ? {} : { cause: describeError(cause, depth - 1) }),
  };
}
