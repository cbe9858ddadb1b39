import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createPGlite } from '../../src/database/embedded/pglite.js';
import { createInstance, instanceTables, startPostgres } from './postgres-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the PostgreSQL of this run, without a database name. */
    readonly postgresUrl: string;
    /** Where the PGlite archives of both families lie: `<family>.tar.gz`. */
    readonly archives: string;
  }
}

const families = ['akkoma', 'pleroma'] as const;

/** Starts one PostgreSQL and makes an empty instance of each family to copy from, in both engines. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, home, remove } = await startPostgres();
  const worlds = new Set(project.vitest.projects.map(({ name }) => name));
  for (const family of families) {
    if (worlds.has(`${family}-postgres`) || worlds.has('faults')) await createInstance(url, `template_${family}`, family);
    if (worlds.has(`${family}-pglite`)) await makeArchive(join(home, `${family}.tar.gz`), family);
  }
  project.provide('postgresUrl', url);
  project.provide('archives', home);
  return remove;
}

async function makeArchive(file: string, family: (typeof families)[number]): Promise<void> {
  const pglite = await createPGlite();
  await pglite.exec(instanceTables(family));
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  writeFileSync(file, Buffer.from(await dump.arrayBuffer()));
}
