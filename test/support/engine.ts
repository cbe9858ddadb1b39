import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { PGlite } from '@electric-sql/pglite';
import pg, { type Pool } from 'pg';
import { inject } from 'vitest';
import { createPGlite, pglitePool } from '../../src/database/embedded/pglite.js';
import { postgresPool } from '../../src/database/pool.js';
import { emptyAll } from './rows.js';

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

/** What is in a database besides rows. */
const shape = `
  select md5(string_agg(part, ',' order by part)) as shape from (
    select concat(c.oid::regclass, c.relkind, pg_get_indexdef(c.oid), '(', (select string_agg(concat(a.attname, a.atttypid::regtype, a.attnotnull, a.atthasdef), ',' order by a.attnum)
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), ')') as part from pg_class c where c.relnamespace not in ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace)
    union all select concat(conrelid::regclass, conname, convalidated) from pg_constraint
    union all select concat(tgrelid::regclass, tgname, tgenabled) from pg_trigger
    union all select concat(oid::regprocedure, md5(prosrc)) from pg_proc where pronamespace = 'public'::regnamespace
    union all select nspname from pg_namespace) parts`;
const shapeOf = async (pglite: PGlite): Promise<unknown> => (await pglite.query(shape)).rows;

/** The PGlite of a file that is over, for the next one of this worker: to load one takes longer than most tests. Not one in which more than rows were changed. */
let idle: PGlite | undefined;

async function pgliteEngine(): Promise<Engine> {
  const pglite =
    idle ??
    (await createPGlite({
      loadDataDir: new Blob([readFileSync(join(inject('archives'), `${family}.tar.gz`))]),
    }));
  idle = undefined;
  await pglite.exec('set search_path to public');
  const before = await shapeOf(pglite);
  const pool = pglitePool(pglite);
  const dispose = async (): Promise<void> => {
    await pglite.exec('discard all');
    if (!isDeepStrictEqual(await shapeOf(pglite), before)) return pglite.close();
    const cleaners = pglitePool(pglite);
    await emptyAll(cleaners);
    await cleaners.query('vacuum');
    await cleaners.end();
    idle = pglite;
  };
  return { pool, owner: pool, url: undefined, dispose };
}

async function postgresEngine(): Promise<Engine> {
  const server = inject('postgresUrl');
  const name = `world_${randomBytes(6).toString('hex')}`;
  await asSuperuser(server, `create database ${name} template template_${family}`);
  const url = `${server.replace(/\/\/[^@]+@/, `//${role}:${role}@`)}/${name}`;
  const owner = postgresPool(`${server}/${name}`, 4);
  return {
    pool: postgresPool(url, 8),
    owner,
    url,
    dispose: () => asSuperuser(server, `drop database ${name} with (force)`),
  };
}

async function asSuperuser(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(statement);
  await client.end();
}
