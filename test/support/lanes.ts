import pg from 'pg';
import { afterAll, inject } from 'vitest';
import type { World } from './world.js';

/** Of every table that is not as it was: how many rows came and went; a changed row did both. */
export type Difference = Readonly<Record<string, { readonly came: number; readonly went: number }>>;

/** A database of its own that holds a scene. */
export interface Lane {
  /** Steward's URL of it. */
  readonly url: string;
  /** How it differs from the scene. */
  readonly difference: () => Promise<Difference>;
  /** Waits until PostgreSQL has noticed that whoever worked in it is gone. */
  readonly settled: () => Promise<void>;
  /** Puts these tables back as they were, and forgets what answers were kept. */
  readonly restore: (difference: Difference) => Promise<void>;
}

/**
 * Makes databases in which everything is as it is now in this world, sequences too; they are dropped after the tests of the file. Each keeps
 * a copy of every table beside it: comparing and putting back are one statement each, and building the scene again would take a hundred times as long.
 */
export async function makeLanes(world: World, count: number): Promise<readonly Lane[]> {
  const server = inject('postgresUrl');
  const source = new URL(String(world.databaseUrl)).pathname.slice(1);
  const maintenance = new pg.Client({ connectionString: `${server}/postgres` });
  await maintenance.connect();
  const tables = await keepTables(world);
  const sequences = await sequencesOf(world);
  const {
    rows: [row],
  } = await world.database.pool.query<{ has: boolean }>(
    `select to_regclass('steward.idempotency_keys') is not null as has`,
  );
  const forget = row?.has === true ? ['delete from steward.idempotency_keys'] : [];
  await maintenance.query(
    'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1',
    [source],
  ); // a database in use is not copied
  const owners: pg.Client[] = [];
  afterAll(async () => {
    for (const owner of owners) await owner.end();
    for (const index of owners.keys())
      await maintenance.query(`drop database ${source}_${String(index)} with (force)`);
    await maintenance.end();
  });
  const lanes: Lane[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = `${source}_${String(index)}`;
    await maintenance.query(`create database ${name} template ${source}`);
    const owner = new pg.Client({ connectionString: `${server}/${name}` });
    await owner.connect();
    owners.push(owner);
    lanes.push(
      createLane(owner, String(world.databaseUrl).replace(source, name), tables, [
        ...forget,
        sequences,
      ]),
    );
  }
  return lanes;
}

function createLane(
  owner: pg.Client,
  url: string,
  tables: readonly string[],
  others: readonly string[],
): Lane {
  const surplus = (table: string, one: string, other: string): string =>
    `(select count(*)::int from (select to_jsonb(t) from ${one}.${table} t except all select to_jsonb(t) from ${other}.${table} t) d)`;
  const text = tables
    .map(
      (table) =>
        `select '${table}' as name, ${surplus(table, 'public', 'kept')} as came, ${surplus(table, 'kept', 'public')} as went`,
    )
    .join(' union all ');
  return {
    url,
    difference: async () => {
      const { rows } = await owner.query<{ name: string; came: number; went: number }>({
        name: 'difference',
        text,
      });
      return Object.fromEntries(
        rows.flatMap(({ name, came, went }) => (came + went === 0 ? [] : [[name, { came, went }]])),
      );
    },
    settled: async () => {
      const others = async (): Promise<number | null> =>
        (
          await owner.query(
            `select 1 from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
          )
        ).rowCount;
      while ((await others()) !== 0);
    },
    restore: async (difference) => {
      const again = Object.keys(difference).map(
        (table) =>
          `delete from public.${table}; insert into public.${table} select * from kept.${table}`,
      );
      await owner.query(
        [
          'begin',
          'set local session_replication_role = replica',
          ...again,
          ...others,
          'commit',
        ].join('; '),
      );
    },
  };
}

async function keepTables({ database: { pool } }: World): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' order by 1`,
  );
  await pool.query(
    [
      'create schema kept',
      ...rows.map(({ name }) => `create table kept.${name} as table public.${name}`),
    ].join('; '),
  );
  return rows.map(({ name }) => name);
}

/** The statement that sets every sequence to where it is now. */
async function sequencesOf({ database: { pool } }: World): Promise<string> {
  const {
    rows: [row],
  } = await pool.query<{ statement: string }>(
    `select 'select ' || string_agg(format('setval(%L, %s, %L)', quote_ident(schemaname) || '.' || quote_ident(sequencename), coalesce(last_value, 1), last_value is not null), ', ') as statement from pg_sequences where schemaname = 'public'`,
  );
  return row?.statement ?? 'select';
}
