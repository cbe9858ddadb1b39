import type { Pool } from 'pg';
import { escapeLiteral } from 'pg';

export type Row = Record<string, unknown>;

/** The rows by table; empty tables are not there. */
export type Snapshot = Readonly<Record<string, readonly Row[]>>;

/** The tables that hold a row, quoted. Asking this first makes everything done with all tables ten times as fast, for most are empty. */
async function filledTables(pool: Pool): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' order by 1`,
  );
  const { rows } = await pool.query<{ name: string }>(
    tables
      .map(({ name }) => `select '${name}' as name where exists (select from ${name})`)
      .join(' union all '),
  );
  return rows.map(({ name }) => name);
}

/** Statements that set sequences, or undo that they were advanced. */
async function sequences(pool: Pool, value: string): Promise<string[]> {
  const { rows } = await pool.query<{ statement: string }>(
    `select format('select setval(%L, ${value})', quote_ident(schemaname) || '.' || quote_ident(sequencename)) as statement from pg_sequences where schemaname = 'public' and last_value is not null`,
  );
  return rows.map(({ statement }) => statement);
}

/** All or nothing. Foreign keys and triggers rest meanwhile, for everything changes. */
async function runAll(pool: Pool, statements: readonly string[]): Promise<void> {
  if (statements.length > 0)
    await pool.query(
      ['begin', 'set local session_replication_role = replica', ...statements, 'commit'].join('; '),
    );
}

const emptying = async (pool: Pool): Promise<string[]> => [
  ...(await filledTables(pool)).map((table) => `delete from ${table}`),
  ...(await sequences(pool, '1, false')),
];

/** Empties every table. */
export async function emptyAll(pool: Pool): Promise<void> {
  await runAll(pool, await emptying(pool));
}

/** Every row of every table. */
export async function snapshot(pool: Pool): Promise<Snapshot> {
  const tables = await filledTables(pool);
  if (tables.length === 0) return {};
  const { rows } = await pool.query<{ name: string; rows: readonly Row[] }>(
    tables
      .map(
        (table) =>
          `select '${table}' as name, (select jsonb_agg(to_jsonb(t) order by to_jsonb(t)) from ${table} t) as rows`,
      )
      .join(' union all '),
  );
  return Object.fromEntries(rows.map(({ name, rows: content }) => [name, content]));
}

/** Keeps every row there is now; what it returns puts them back in the place of all there are then. */
export async function keepAll(pool: Pool): Promise<() => Promise<void>> {
  const tables = await filledTables(pool);
  const { rows } = await pool.query<{ name: string; rows: string }>(
    tables
      .map(
        (table) =>
          `select '${table}' as name, (select jsonb_agg(to_jsonb(t)) from ${table} t)::text as rows`,
      )
      .join(' union all '),
  );
  const filling = [
    ...rows.map(
      ({ name, rows: content }) =>
        `insert into ${name} select * from jsonb_populate_recordset(null::${name}, ${escapeLiteral(content)}::jsonb)`,
    ),
    ...(await sequences(pool, "' || last_value || '")),
  ];
  return async () => runAll(pool, [...(await emptying(pool)), ...filling]);
}
