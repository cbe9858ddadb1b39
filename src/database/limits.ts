/** Milliseconds a statement may run before PostgreSQL ends it. */
export const statementTimeout = 15_000;

/**
 * Milliseconds a change waits for a row that another one holds. Those that wait for one row wait in
 * line, and the time of the second begins anew when that of the first is over: all of them together
 * must stay below the limit on statements, which would not say why.
 */
export const lockTimeout = 2_000;

/** Sets both for the transaction it runs in, where a pooler takes no settings of the connection. */
export const limitsStatement = `select
  set_config('statement_timeout', '${String(statementTimeout)}', true),
  set_config('lock_timeout', '${String(lockTimeout)}', true)`;
