import type { Database } from './database.js';

/** An index that makes a page of a large instance quicker. Nothing needs it; the instance does not know of it. */
interface OptionalIndex {
  readonly name: string;
  /** What follows `create index <name>`. */
  readonly definition: string;
  readonly speedsUp: string;
}

export const optionalIndexes: readonly OptionalIndex[] = [
  {
    name: 'steward_users_nickname_trgm',
    definition: 'on users using gin ((nickname::text) gin_trgm_ops)',
    speedsUp: 'search by part of a nickname',
  },
  {
    name: 'steward_users_visible',
    definition: 'on users (id desc) where not invisible',
    speedsUp: 'numbers of accounts and far pages over REST',
  },
  {
    name: 'steward_reports',
    definition: `on activities (id desc nulls last) where data->>'type' = 'Flag'`,
    speedsUp: 'the report queue and its length',
  },
  {
    name: 'steward_reports_by_state',
    definition: `on activities ((data->>'state'), id desc nulls last) where data->>'type' = 'Flag'`,
    speedsUp: 'open reports',
  },
  {
    name: 'steward_moderation_log_recorded',
    definition: 'on moderation_log (inserted_at desc, id)',
    speedsUp: 'the moderation log over REST',
  },
];

/** Which of them are there and can be used. */
export async function presentIndexes({
  pool,
}: Pick<Database, 'pool'>): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_index i on i.indexrelid = c.oid where i.indisvalid and c.relname = any($1::text[])`,
    [optionalIndexes.map(({ name }) => name)],
  );
  return new Set(rows.map(({ name }) => name));
}

/**
 * Creates one beside the running instance, without keeping anybody from writing, however long it takes; one that a broken attempt left
 * unusable is replaced. Only the owner of the tables may.
 */
export async function createIndex(
  { pool }: Pick<Database, 'pool'>,
  { name, definition }: OptionalIndex,
): Promise<void> {
  const client = await pool.connect();
  // Behind a pooler in transaction mode no limit was set, and a setting would stay with others.
  const hasLimits = pool.options.statement_timeout !== undefined;
  try {
    if (hasLimits) await client.query('set statement_timeout = 0; set lock_timeout = 0');
    await client.query(`drop index concurrently if exists ${name}`);
    await client.query(`create index concurrently ${name} ${definition}`);
  } finally {
    if (hasLimits) await client.query('reset statement_timeout; reset lock_timeout');
    client.release();
  }
}
