import pg from 'pg';
import { lockTimeout, statementTimeout } from './limits.js';

/**
 * A pool over PostgreSQL or, with `connection`, over an embedded PGlite. The one place that knows `pg`.
 * Errors of a statement do not cost the connection: stock `pg.Pool.query` destroys the client on any SQL error, which on PGlite
 * breaks the only connection there is, and on PostgreSQL costs a reconnect per refused insert. Broken connections are still dropped.
 */
export class DatabasePool extends pg.Pool {
  override query<T extends pg.Submittable>(query: T): T;
  override query<R extends unknown[] = unknown[]>(
    query: pg.QueryArrayConfig,
    values?: unknown[],
  ): Promise<pg.QueryArrayResult<R>>;
  override query<R extends pg.QueryResultRow = pg.QueryResultRow>(
    query: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<R>>;
  override query(
    query: string | pg.QueryConfig | pg.Submittable,
    values?: unknown[],
  ): pg.Submittable | Promise<pg.QueryResult> {
    // What ends by an event instead of a promise leaves nobody to give the connection back.
    if (typeof query === 'object' && 'submit' in query) throw new TypeError('connect() first');
    return this.#run(query, values);
  }

  async #run(query: string | pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult> {
    const client = await this.connect();
    try {
      // Never prepared under a name: a pooler may run the next one on another connection.
      if (typeof query === 'object')
        return await client.query({ ...query, name: undefined }, values);
      return await client.query(query, values);
    } finally {
      client.release();
    }
  }
}

/** Makes new connections without settings, which a pooler refuses. */
export function withoutSettings({ options }: pg.Pool): void {
  delete options.statement_timeout;
  delete options.lock_timeout;
}

/**
 * @param size connections at most. Lost idle connections are replaced on the next use.
 * @param maxStatementTime milliseconds after which PostgreSQL ends a statement.
 */
export function postgresPool(
  url: string,
  size: number,
  maxStatementTime = statementTimeout,
): DatabasePool {
  const pool = new DatabasePool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 5_000,
    statement_timeout: maxStatementTime,
    lock_timeout: lockTimeout,
    application_name: 'steward',
  });
  // A connection that breaks says so as an event, also while somebody has it: unheard, that event would end the process. Who has it learns
  // from the statement that fails; the pool lets it go.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  return pool;
}

const parseTextArray = pg.types.getTypeParser(1009 as never, 'text') as (
  value: string,
) => unknown[];

/** The texts of an array as PostgreSQL writes it, e.g. `{a,"b c"}`: without its NULLs, and those of inner arrays too. */
export function textArray(value: string): string[] {
  // The package's parser takes it character by character, which only quotes, NULLs, inner arrays and odd bounds (`[0:1]={a,b}`) need.
  if (/["\\]|NULL|^\[|.\{/i.test(value)) {
    return parseTextArray(value)
      .flat(Infinity)
      .filter((item) => typeof item === 'string');
  }
  return value === '{}' ? [] : value.slice(1, -1).split(',');
}
