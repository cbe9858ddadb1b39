import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg, { type Pool } from 'pg';
import { inject } from 'vitest';
import { createPGlite, pglitePool } from '../../src/database/embedded/pglite.js';
import { postgresPool } from '../../src/database/pool.js';

/** An empty instance of this run's family, and how to throw it away. */
export interface Engine {
  /** Steward's own connections: on PostgreSQL by the role of docs/grants.sql, which may do no more than Steward needs. */
  readonly pool: Pool;
  /** Connections of the test itself, which may do everything. The same on PGlite, which has one connection and no roles. */
  readonly owner: Pool;
  /** Steward's connection URL; undefined on PGlite. */
  readonly url: string | undefined;
  readonly dispose: () => Promise<void>;
}

export const family = process.env['WORLD_FAMILY'] === 'pleroma' ? 'pleroma' : 'akkoma';
export const engineName = process.env['WORLD_ENGINE'] === 'pglite' ? 'pglite' : 'postgres';

/** The role of docs/grants.sql; in tests it is its own password. */
export const role = 'steward';

export function createEngine(): Promise<Engine> {
  return engineName === 'pglite' ? pgliteEngine() : postgresEngine();
}

async function pgliteEngine(): Promise<Engine> {
  const pglite = await createPGlite({ loadDataDir: new Blob([readFileSync(join(inject('archives'), `${family}.tar.gz`))]) });
  await pglite.exec('set search_path to public');
  const pool = pglitePool(pglite);
  return { pool, owner: pool, url: undefined, dispose: () => pglite.close() };
}

async function postgresEngine(): Promise<Engine> {
  const server = inject('postgresUrl');
  const name = `world_${randomBytes(6).toString('hex')}`;
  await asSuperuser(server, `create database ${name} template template_${family}`);
  const url = `${server.replace(/\/\/[^@]+@/, `//${role}:${role}@`)}/${name}`;
  const owner = postgresPool(`${server}/${name}`, 4);
  return { pool: postgresPool(url, 8), owner, url, dispose: () => asSuperuser(server, `drop database ${name} with (force)`) };
}

async function asSuperuser(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(statement);
  await client.end();
}
