import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg, { type Pool } from 'pg';
import { inject } from 'vitest';
import { createPGlite, pglitePool } from '../../src/database/embedded/pglite.js';
import { postgresPool } from '../../src/database/pool.js';

/** An empty instance of this run's family, and how to throw it away. */
export interface Engine {
  readonly pool: Pool;
  /** Connection URL; undefined on PGlite. */
  readonly url: string | undefined;
  readonly dispose: () => Promise<void>;
}

export const family = process.env['WORLD_FAMILY'] === 'pleroma' ? 'pleroma' : 'akkoma';
export const engineName = process.env['WORLD_ENGINE'] === 'pglite' ? 'pglite' : 'postgres';

export function createEngine(): Promise<Engine> {
  return engineName === 'pglite' ? pgliteEngine() : postgresEngine();
}

async function pgliteEngine(): Promise<Engine> {
  const pglite = await createPGlite({ loadDataDir: new Blob([readFileSync(join(inject('archives'), `${family}.tar.gz`))]) });
  await pglite.exec('set search_path to public');
  return { pool: pglitePool(pglite), url: undefined, dispose: () => pglite.close() };
}

async function postgresEngine(): Promise<Engine> {
  const server = inject('postgresUrl');
  const name = `world_${randomBytes(6).toString('hex')}`;
  await asSuperuser(server, `create database ${name} template template_${family}`);
  return { pool: postgresPool(`${server}/${name}`, 8), url: `${server}/${name}`, dispose: () => asSuperuser(server, `drop database ${name} with (force)`) };
}

async function asSuperuser(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(statement);
  await client.end();
}
