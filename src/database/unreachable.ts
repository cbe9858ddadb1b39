import { BusyError } from './write-turns.js';

/** SQLSTATEs, the codes of Node's network errors and of Prisma, and the kinds its adapter has for those of the network, with what the caller is told. Trying again later may help with each. */
const outages: readonly (readonly [codes: RegExp, sentence: string])[] = [
  [
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|EHOSTUNREACH|EPIPE|08...|28...|3D000|57P0[1-5]|P10\d\d|P2024|P2037|ConnectionClosed|DatabaseNotReachable|SocketTimeout|TlsConnectionError)$/,
    'The database cannot be reached now.',
  ],
  [/^53300$/, 'The database takes no more connections now.'],
  [/^(57014|25P0[34])$/, 'The database took too long to answer.'],
  [/^25006$/, 'The database takes no changes now.'],
  [/^(53...|58030)$/, 'The database has run out of room or memory.'],
  [/^55P03$/, 'This is being changed by somebody else now: try again later.'],
  [/^(40001|40P01|P2028|P2034)$/, 'The database is too busy now.'],
];
/** What `pg` says when no connection of the pool became free in time. */
const noFreeConnection = /timeout exceeded when trying to connect/;
const brokenConnection =
  /Connection terminated|Client (has encountered a connection error|was closed)|server closed the connection/;

/**
 * Why the database cannot serve now, as a sentence for the caller; undefined when `error` is something else.
 * The codes are PostgreSQL's (appendix "Error Codes"), Node's and Prisma's.
 */
export function outageOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const codes = [
    sqlStateOf(error),
    'code' in error ? String(error.code) : '',
    adapterCauseOf(error)?.kind,
  ];
  for (const code of codes) {
    const known = outages.find(([pattern]) => pattern.test(code ?? ''));
    if (known) return known[1];
  }
  if (error instanceof BusyError)
    return 'Too many changes are waiting for others to end: try again later.';
  if (noFreeConnection.test(error.message))
    return 'All connections to the database are in use now.';
  if (brokenConnection.test(error.message)) return outages[0]?.[1];
  return (
    outageOf(error.cause) ??
    (error instanceof AggregateError
      ? error.errors.map(outageOf).find((sentence) => sentence !== undefined)
      : undefined)
  );
}

/** Whether the database can be read, but takes no writes now: a replica, one that is set so, a full disk. */
export function takesNoWrites(error: unknown): boolean {
  return error instanceof Error && /^(25006|53100)$/.test(sqlStateOf(error) ?? '');
}

/** Whether PostgreSQL ended a transaction for the sake of another: it can simply be run again. */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    /^(40001|40P01)$/.test(sqlStateOf(error) ?? '') || ('code' in error && error.code === 'P2034')
  );
}

/** What PostgreSQL said, also where Prisma keeps it. */
function sqlStateOf(error: Error): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return (
    adapterCauseOf(error)?.originalCode ??
    (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined)
  );
}

/** What Prisma's adapter made of an error. Of a socket's it keeps the kind alone, and Prisma gives a raw query's the code of any failed query; it throws the adapter's own error for what fails as a transaction or a savepoint begins or ends. */
function adapterCauseOf(error: Error): AdapterCause | undefined {
  const { meta } = error as {
    readonly meta?: { readonly driverAdapterError?: { readonly cause?: AdapterCause } };
  };
  return (
    meta?.driverAdapterError?.cause ??
    (error.name === 'DriverAdapterError' ? (error.cause as AdapterCause) : undefined)
  );
}

interface AdapterCause {
  readonly kind?: string;
  readonly originalCode?: string;
}

/** Whether PostgreSQL ended a statement because it took too long (`statement_timeout`); Prisma hides the code in what its adapter threw. */
export function ranTooLong(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, originalCode, cause, meta, driverAdapterError } = error as Readonly<
    Record<string, unknown>
  >;
  return (
    code === '57014' ||
    originalCode === '57014' ||
    [cause, meta, driverAdapterError].some(ranTooLong)
  );
}
