import type { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/cli/doctor.js';
import { openDatabase, type Database } from '../../src/database/database.js';
import { postgresPool } from '../../src/database/pool.js';
import { lossesOf, onLoss, type PoolerLoss } from '../../src/database/pooler.js';
import { readInstance } from '../../src/instance/read.js';
import { createApp } from '../../src/server/app.js';
import { createClient, type Client } from '../support/client.js';
import { engineName } from '../support/engine.js';
import { testLogger } from '../support/log-sink.js';
import { pgbouncerPath, startPgBouncer, type PgBouncer } from '../support/pgbouncer.js';
import { adminSecret, baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const sources = { url: baseUrl, file: new Map(), configurableFromDatabase: true };

function clientOf(database: Database, token: string): Client {
  const source = { database, readInstance: () => readInstance(database, sources) };
  const app = createApp({
    database,
    source,
    waysIn: { adminSecret, basicAuth: false },
    log: testLogger(),
  });
  return createClient(app, token);
}

const tag = `mutation ($users: [UserReference!]!, $tag: String!) {
  usersTag(input: { users: $users, tags: [$tag] }) { users { nickname } errors { code message } } }`;

/** What a dashboard does, as often as given; every answer must be right. */
async function work(client: Client, round: number): Promise<void> {
  const nickname = `user${String(round % 5)}`;
  const ways: (() => Promise<void>)[] = [
    async () => {
      const { user } = await client.data<{ user: unknown }>(
        'query ($n: String!) { user(by: { nickname: $n }) { nickname } }',
        { n: nickname },
      );
      expect(user).toEqual({ nickname });
    },
    async () => {
      const { users } = await client.data<{ users: { totalCount: number } }>(
        '{ users(first: 10) { totalCount nodes { nickname tags } } }',
      );
      expect(users.totalCount).toBe(6);
    },
    async () => expect((await client.rest('GET', '/api/v1/pleroma/admin/users')).status).toBe(200),
    async () =>
      expect((await client.rest('GET', `/api/pleroma/admin/users/${nickname}`)).body).toMatchObject(
        { nickname },
      ),
    async () =>
      expect((await client.rest('GET', '/api/v1/pleroma/admin/reports')).status).toBe(200),
    async () =>
      expect((await client.rest('GET', '/api/v1/pleroma/admin/moderation_log')).status).toBe(200),
    async () =>
      expect(
        await client.data(tag, { users: [{ nickname }], tag: `t${String(round)}` }),
      ).toMatchObject({ usersTag: { errors: [] } }),
    async () =>
      expect(
        (
          await client.rest('PATCH', '/api/v1/pleroma/admin/users/suggest', {
            nicknames: [nickname],
          })
        ).status,
      ).toBe(200),
  ];
  await Promise.all(ways.map((way) => way()));
}

let token: string;
beforeEach(async () => {
  for (let index = 0; index < 5; index += 1) await world.user({ nickname: `user${String(index)}` });
  token = await world.token(world.admin);
});

const opened: Database[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
});

async function open(url: string, size = 6): Promise<{ database: Database; losses: PoolerLoss[] }> {
  const database = await openDatabase(postgresPool(url, size));
  opened.push(database);
  const losses: PoolerLoss[] = [];
  onLoss(database.pool, (loss) => losses.push(loss));
  return { database, losses };
}

describe.runIf(engineName === 'postgres' && pgbouncerPath !== undefined)(
  'through PgBouncer in transaction mode',
  () => {
    const kinds: Record<string, { settings: string[]; losses: PoolerLoss[] }> = {
      'that refuses settings': { settings: [], losses: ['settings', 'prepared-statements'] },
      'that ignores settings': {
        settings: ['ignore_startup_parameters = statement_timeout, lock_timeout'],
        losses: ['prepared-statements'],
      },
    };
    let bouncer: PgBouncer | undefined;
    afterEach(async () => {
      await bouncer?.stop();
      bouncer = undefined;
    });

    it.each(Object.entries(kinds))(
      '%s, two processes at once answer everything, and each says once what it lost',
      async (_kind, { settings, losses }) => {
        bouncer = await startPgBouncer(world.databaseUrl ?? '', settings);
        const both = [await open(bouncer.url), await open(bouncer.url)];
        const clients = both.map(({ database }) => clientOf(database, token));
        for (let round = 0; round < 12; round += 1)
          await Promise.all(clients.map((client) => work(client, round)));
        for (const one of both) expect(one.losses).toEqual(losses);
        for (const row of await world.rows('users', `nickname like 'user_'`))
          expect(row['tags']).not.toEqual([]);
      },
    );

    it('the doctor says so, and nothing of a database without a pooler', async () => {
      bouncer = await startPgBouncer(
        world.databaseUrl ?? '',
        kinds['that ignores settings']?.settings,
      );
      const { database } = await open(bouncer.url);
      expect(
        (await diagnose(database, { name: 'Home', baseUrl, version: '1.0.0', unread: [] })).pooler,
      ).toEqual([expect.stringMatching(/pooler in transaction mode/)]);
      const straight = await open(world.databaseUrl ?? '');
      expect(
        (await diagnose(straight.database, { name: 'Home', baseUrl, version: '1.0.0', unread: [] }))
          .pooler,
      ).toEqual([]);
    });

    it('a change has its limits on locks, though the connection has none', async () => {
      bouncer = await startPgBouncer(world.databaseUrl ?? '');
      const client = clientOf((await open(bouncer.url)).database, token);
      const holder = await world.database.pool.connect();
      await holder.query(`begin; select from users where nickname = 'user1' for update`);
      const answers = await Promise.all([
        client.graphql(tag, { users: [{ nickname: 'user1' }], tag: 'x' }),
        client.graphql(tag, { users: [{ nickname: 'user1' }, { nickname: 'user1' }], tag: 'x' }),
      ]);
      await holder.query('rollback');
      holder.release();
      for (const answer of answers)
        expect(answer).toMatchObject({
          status: 503,
          errors: [{ message: 'This is being changed by somebody else now: try again later.' }],
        });
      // Nor did the limits stay with a connection that others use.
      const { rows } = await world.database.pool.query<{ setting: string }>('show lock_timeout');
      expect(rows).toHaveLength(1);
    });
  },
);

describe('a prepared statement that is not there, is another one, or is stale', () => {
  const text = 'select t.*, $1::text from probe t order by 1';
  const read = (database: Database) => database.read(text, ['x'], 2);
  const prepared = async (pool: Pool): Promise<string> => {
    const { rows } = await pool.query<{ name: string }>(
      `select name from pg_prepared_statements where statement = $1`,
      [text],
    );
    return rows[0]?.name ?? '';
  };
  /** What a pooler, or another process behind it, may have done to the connection meanwhile. */
  const mishaps: Record<
    string,
    { disturb: (pool: Pool) => Promise<unknown>; losses: PoolerLoss[] }
  > = {
    '26000, it does not exist': {
      disturb: (pool) => pool.query('deallocate all'),
      losses: ['prepared-statements'],
    },
    '08P01, it takes other parameters': {
      disturb: async (pool) => {
        const name = await prepared(pool);
        await pool.query('deallocate all');
        await pool.query(`prepare "${name}" (text, text) as select $1, $2`);
      },
      losses: ['prepared-statements'],
    },
    '0A000, its plan must not change its result': {
      disturb: (pool) => pool.query('alter table probe add column b int default 2'),
      losses: [],
    },
  };

  let database: Database;
  beforeEach(async () => {
    database =
      engineName === 'postgres'
        ? (await open(world.databaseUrl ?? '', 1)).database
        : world.source.database;
    await world.database.pool.query(
      'create table probe (a int); insert into probe values (1), (2); grant all on probe to public',
    );
  });
  afterEach(() => world.database.pool.query('drop table probe'));

  // On PGlite the pool is the world's, which goes on unprepared after the first loss.
  const possible = Object.entries(mishaps).filter(
    ([name]) => engineName === 'postgres' || !name.startsWith('08P01'),
  );

  it.each(possible)('%s: it runs unprepared', async (name, { disturb, losses }) => {
    expect(await read(database)).toEqual([
      ['1', 'x'],
      ['2', 'x'],
    ]);
    await disturb(name.startsWith('0A000') ? world.database.pool : database.pool);
    const expected = name.startsWith('0A000')
      ? [
          ['1', '2', 'x'],
          ['2', '2', 'x'],
        ]
      : [
          ['1', 'x'],
          ['2', 'x'],
        ];
    for (let time = 0; time < 3; time += 1) expect(await read(database)).toEqual(expected);
    if (engineName === 'postgres') expect(lossesOf(database.pool)).toEqual(losses);
  });

  it.runIf(engineName === 'postgres')('42P05, it exists already: it runs unprepared', async () => {
    await read(database);
    const name = await prepared(database.pool);
    const other = (await open(world.databaseUrl ?? '', 1)).database;
    await other.pool.query(`prepare "${name}" (text) as select 'of somebody else', $1`);
    expect(await read(other)).toEqual([
      ['1', 'x'],
      ['2', 'x'],
    ]);
    expect(lossesOf(other.pool)).toEqual(['prepared-statements']);
  });

  it('the same statement has the same name in every process, and no other has it', async () => {
    await read(database);
    const { rows } = await database.pool.query<{ name: string }>(
      'select name from pg_prepared_statements',
    );
    for (const { name } of rows) expect(name).toMatch(/^steward-[\w-]{16}-\d+$/);
  });
});
