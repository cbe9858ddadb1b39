import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** Where PgBouncer is installed; undefined where it is not. */
export const pgbouncerPath = [
  '/usr/sbin/pgbouncer',
  '/usr/bin/pgbouncer',
  '/usr/local/bin/pgbouncer',
  '/opt/homebrew/bin/pgbouncer',
].find((path) => existsSync(path));

/** A PgBouncer in transaction mode of a test's own. */
export interface PgBouncer {
  /** The URL of the database through it. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts one before a database.
 * @param settings further lines of its configuration.
 */
export async function startPgBouncer(
  databaseUrl: string,
  settings: readonly string[] = [],
): Promise<PgBouncer> {
  const target = new URL(databaseUrl);
  const home = mkdtempSync(join(tmpdir(), 'steward-pgbouncer-'));
  chmodSync(home, 0o755);
  const port = await freePort();
  writeFileSync(join(home, 'users.txt'), `"${target.username}" "${target.password}"\n`);
  writeFileSync(
    join(home, 'pgbouncer.ini'),
    [
      '[databases]',
      `* = host=${target.hostname} port=${target.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${String(port)}`,
      'unix_socket_dir =',
      'auth_type = plain',
      `auth_file = ${join(home, 'users.txt')}`,
      'pool_mode = transaction',
      'default_pool_size = 4',
      ...settings,
    ].join('\n'),
  );
  const isRoot = process.getuid?.() === 0;
  const child = spawn(
    pgbouncerPath ?? 'pgbouncer',
    ['-q', ...(isRoot ? ['-u', 'nobody'] : []), join(home, 'pgbouncer.ini')],
    { stdio: 'ignore' },
  );
  const url = new URL(databaseUrl);
  url.port = String(port);
  await answering(url.href);
  return { url: url.href, stop: () => stopped(child, home) };
}

async function answering(connectionString: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      await client.end();
      return;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function stopped(child: ChildProcess, home: string): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => {
      rmSync(home, { recursive: true, force: true });
      resolve();
    });
    child.kill('SIGKILL');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
