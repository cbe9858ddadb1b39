/**
 * The catalogue of everything that can go wrong on purpose: one row per code, with its HTTP status and the exit code of the command
 * line. docs/errors.md lists the same rows; a test compares the two in both directions.
 */
export const errorCatalogue = {
  UNAUTHENTICATED: {
    status: 401,
    exit: 1,
    meaning: 'No credential, or one that is unknown, expired, revoked or of an inactive account.',
  },
  FORBIDDEN: {
    status: 403,
    exit: 1,
    meaning: 'The caller lacks the role or scope, or may not do this to that account.',
  },
  NOT_FOUND: { status: 404, exit: 1, meaning: 'Nothing has that id or name.' },
  INVALID: {
    status: 400,
    exit: 2,
    meaning: 'A value breaks a rule; the path names the field, the message the rule.',
  },
  TAKEN: { status: 409, exit: 1, meaning: 'Another row already has this unique value.' },
  CONFLICT: { status: 409, exit: 1, meaning: 'The row is not in the state the caller expected.' },
  KEY_REUSED: {
    status: 422,
    exit: 1,
    meaning: 'The Idempotency-Key came before with another request; nothing was done.',
  },
  IN_PROGRESS: {
    status: 409,
    exit: 1,
    meaning:
      'The first request with this Idempotency-Key is still at work; ask again after the time in Retry-After.',
  },
  UNAVAILABLE: {
    status: 503,
    exit: 3,
    meaning: 'The database or a mail server cannot be reached now; try again later.',
  },
  TIMEOUT: {
    status: 503,
    exit: 3,
    meaning: 'It was not finished within the time named in the message.',
  },
  UNSUPPORTED: {
    status: 501,
    exit: 1,
    meaning: 'Only the instance itself can do this: it needs its process or its disk.',
  },
  TOO_LARGE: {
    status: 413,
    exit: 2,
    meaning: 'The request is larger than the limit named in the message.',
  },
  RATE_LIMITED: {
    status: 429,
    exit: 1,
    meaning: 'Too many attempts or requests; try again after the time in Retry-After.',
  },
  COST_LIMIT: {
    status: 400,
    exit: 2,
    meaning: 'The GraphQL document asks for more than the limits allow.',
  },
  INTERNAL: {
    status: 500,
    exit: 4,
    meaning: 'A fault of Steward; the request id finds it in the log.',
  },
} as const;

export type ErrorCode = keyof typeof errorCatalogue;

/** Where in the operation's input the fault lies, e.g. `["users", "1", "nickname"]`; empty = the whole input. */
export type InputPath = readonly string[];

/** One expected failure. `message` is a sentence for people that names the field and the rule. */
export interface Issue {
  readonly code: ErrorCode;
  readonly message: string;
  readonly inputPath: InputPath;
}

/** An operation refused to do anything: nothing has changed. Carries every issue found, in input order. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  readonly issues: readonly [Issue, ...Issue[]];

  constructor(issues: readonly [Issue, ...Issue[]]) {
    super(issues.map((issue) => issue.message).join('; '));
    this.issues = issues;
  }

  get code(): ErrorCode {
    return this.issues[0].code;
  }
}

/** What an operation asks of its callers, as the refused one is told. */
export interface AccessDemand {
  /** Its name, or that of the field. */
  readonly operation: string;
  /** As docs/operations.md calls it. */
  readonly role: string;
  /** Null = none. */
  readonly scope: string | null;
  /** Pleroma's. */
  readonly privilege?: string;
}

/**
 * The caller may not call this operation at all (no credential, role, privilege or scope); texts
 * are the instance's.
 */
export class AccessError extends Error {
  override readonly name = 'AccessError';

  constructor(
    readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN',
    message: string,
    readonly demand?: AccessDemand,
  ) {
    super(message);
  }
}

/**
 * Too many attempts from one address, or requests of one caller; `retryAfter` is in seconds. The
 * text is the instance's (docs/instance/oauth.md#admin-secret).
 */
export class ThrottledError extends Error {
  override readonly name = 'ThrottledError';

  constructor(readonly retryAfter: number) {
    super('Throttled');
  }
}

/** @returns an {@link OperationError} with a single issue, ready to throw. */
export function failure(
  code: ErrorCode,
  message: string,
  inputPath: InputPath = [],
): OperationError {
  return new OperationError([{ code, message, inputPath }]);
}

/** Throws when there is at least one issue. */
export function refuse(issues: readonly Issue[]): void {
  const [first, ...rest] = issues;
  if (first) throw new OperationError([first, ...rest]);
}
