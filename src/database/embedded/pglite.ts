import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import type { Pool } from 'pg';
import { DatabasePool } from '../pool.js';

/** PGlite with the extensions the instance's tables need; without `dataDir` it lives in memory. */
export function createPGlite(options: PGliteOptions = {}): Promise<PGlite> {
  return PGlite.create({ ...options, extensions: { citext, pg_trgm, uuid_ossp } });
}

/** A pool of PGlite's one connection, so that everything above speaks `pg` in both worlds. */
export function pglitePool(pglite: PGlite): Pool {
  const config = createPgConfig(pglite);
  const parse = config.connection.parse.bind(config.connection);
  // Prisma's adapter sends `types: {getTypeParser}`, which PGlite takes for a list of parameter types.
  config.connection.parse = (query: object) => {
    parse({ ...query, types: undefined });
  };
  return new DatabasePool(Object.assign(config, { max: 1, idleTimeoutMillis: 0 }));
}
