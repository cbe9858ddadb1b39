/** Codes of Node's network errors, of PostgreSQL's classes 08, 28, 3D, 53 and 57P, and of Prisma for the same. */
const codes = /^(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|ECONNRESET|EHOSTUNREACH|EPIPE|08...|28...|3D000|53...|57P..|P10\d\d|P2024|P2028|P2037)$/;
const messages = /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|server closed the connection/;

/** Whether the database could not be reached or could not serve now: trying again later may help. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && codes.test(String(error.code))) || messages.test(error.message) || isUnreachable(error.cause) || (error instanceof AggregateError && error.errors.some(isUnreachable));
}

/** Whether PostgreSQL ended a statement because it took too long (`statement_timeout`); Prisma hides the code in what its adapter threw. */
export function ranTooLong(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, originalCode, cause, meta, driverAdapterError } = error as Readonly<Record<string, unknown>>;
  return code === '57014' || originalCode === '57014' || [cause, meta, driverAdapterError].some(ranTooLong);
}
