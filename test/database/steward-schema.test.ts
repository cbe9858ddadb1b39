import { afterEach, describe, expect, it } from 'vitest';
import { createAttempts } from '../../src/auth/attempts.js';
import { postgresPool } from '../../src/database/pool.js';
import { createStewardSchema } from '../../src/database/steward-schema.js';
import { createApp } from '../../src/server/app.js';
import { createClient } from '../support/client.js';
import { engineName, role } from '../support/engine.js';
import { testLogger } from '../support/log-sink.js';
import { useStewards } from '../support/steward-process.js';
import { adminSecret, useWorld } from '../support/world.js';

const world = useWorld();
const startSteward = useStewards();
const sql = new URL('../../prisma/steward/schema.sql', import.meta.url);
const users = '/api/v1/pleroma/admin/users';
const allTables = ['idempotency_keys', 'rate_limits'];
const onPostgres = engineName === 'postgres';

afterEach(() => world.database.pool.query('drop schema if exists steward cascade'));

const tables = async (): Promise<unknown[]> =>
  (
    await world.database.pool.query<{ tablename: string }>(
      `select tablename from pg_tables where schemaname = 'steward' order by 1`,
    )
  ).rows.map(({ tablename }) => tablename);
const grantSchema = () =>
  world.database.pool.query(
    onPostgres ? `create schema steward authorization ${role}` : 'create schema steward',
  );

describe('the schema steward', () => {
  it('is made once by processes that start at once, and what it holds stays', async () => {
    await Promise.all([1, 2, 3, 4].map(() => createStewardSchema(world.database.pool, sql)));
    await world.database.pool.query(`insert into steward.rate_limits values ('guess:x', 1, 2)`);
    await createStewardSchema(world.database.pool, sql);
    expect(await tables()).toEqual(allTables);
    expect(await world.rows('steward.rate_limits')).toEqual([
      { key: 'guess:x', points: 1, expire: 2 },
    ]);
  });

  it.runIf(onPostgres)(
    'is asked for where the role may make none, and filled by that role once it is there',
    async () => {
      const { pool } = world.source.database;
      await expect(createStewardSchema(pool, sql)).rejects.toThrow(
        /create schema steward authorization/,
      );
      expect(await tables()).toEqual([]);
      await grantSchema();
      await createStewardSchema(pool, sql);
      await createStewardSchema(pool, sql);
      expect(await tables()).toEqual(allTables);
    },
  );

  it.runIf(onPostgres)(
    'is made by `serve` with STEWARD_SCHEMA=on, and not without; the log says so',
    async () => {
      const DATABASE_URL = world.databaseUrl ?? '';
      await grantSchema();
      const without = await startSteward({ DATABASE_URL, LOG_LEVEL: 'info' });
      expect([await tables(), /counted in this process alone/.test(without.log())]).toEqual([
        [],
        true,
      ]);
      const withIt = await startSteward({ DATABASE_URL, LOG_LEVEL: 'info', STEWARD_SCHEMA: 'on' });
      expect([await tables(), /counted in the schema steward/.test(withIt.log())]).toEqual([
        allTables,
        true,
      ]);
    },
  );
});

describe('S7, S27 two processes', () => {
  it('check 15 of 200 wrong guesses between them, and count no right one', async () => {
    await grantSchema();
    const { database } = world.source;
    await createStewardSchema(database.pool, sql);
    const other =
      world.databaseUrl === undefined ? database.pool : postgresPool(world.databaseUrl, 4);
    const clients = [database.pool, other].map((pool) =>
      createClient(
        createApp({
          database,
          source: world.source,
          waysIn: { adminSecret, basicAuth: false },
          log: testLogger(),
          attempts: createAttempts(15, pool),
        }),
        undefined,
      ),
    );
    const guess = async (secret: string, count: number): Promise<number[]> => {
      const answers = await Promise.all(
        clients.flatMap((client) =>
          Array.from({ length: count / 2 }, () =>
            client.rest('GET', users, undefined, { 'x-admin-token': secret }),
          ),
        ),
      );
      return answers.map(({ status }) => status);
    };
    expect(new Set(await guess(adminSecret, 40))).toEqual(new Set([200]));
    const statuses = await guess('a wrong secret', 200);
    expect(
      [403, 429].map((wanted) => statuses.filter((status) => status === wanted).length),
    ).toEqual([15, 185]);
    expect(await guess(adminSecret, 2)).toEqual([429, 429]);
    if (other !== database.pool) await other.end();
  });
});
