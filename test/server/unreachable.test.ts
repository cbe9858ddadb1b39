import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/server/app.js';
import { readPrepared } from '../../src/database/hot/read.js';
import { postgresPool } from '../../src/database/pool.js';
import { createClient } from '../support/client.js';
import { testLogger } from '../support/log-sink.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const tag =
  'mutation ($users: [UserReference!]!) { usersTag(input: { users: $users, tags: ["x"] }) { errors { code } } }';
/** Names of the account to tag: the first is done in one statement, the second in a transaction. */
const targets = [['alice'], ['alice', 'alice']];
const users = '/api/v1/pleroma/admin/users';
/** When an insert fails. */
const [atOnce, atCommit] = ['as it is inserted', 'as it is committed'];

describe('a database that is not there', () => {
  it('is 503 with Retry-After on every door, and not ready', async () => {
    const pool = postgresPool('postgres://nobody@127.0.0.1:1/none', 1);
    const read = (text: string, values: readonly unknown[]) => readPrepared(pool, text, values);
    const database = { ...world.database, pool, read };
    const app = createApp({
      database,
      source: world.source,
      waysIn: { adminSecret: undefined, basicAuth: false },
      log: testLogger(),
    });
    const client = createClient(app, 'token');
    const v1 = await client.rest('GET', users);
    expect(v1).toMatchObject({
      status: 503,
      body: { error: 'The database cannot be reached now.' },
    });
    expect(v1.headers.get('retry-after')).toBe('2');
    expect(await client.rest('GET', '/api/pleroma/admin/users')).toMatchObject({
      status: 503,
      body: 'The database cannot be reached now.',
    });
    expect(await client.graphql('{ __typename }')).toMatchObject({
      status: 503,
      errors: [{ extensions: { code: 'UNAVAILABLE' } }],
    });
    const bare = await app.fetch(
      new Request('http://steward.test/graphql', {
        method: 'POST',
        headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
        body: '{"query":"{ __typename }"}',
      }),
    );
    expect(bare.headers.get('retry-after')).toBe('2');
    expect((await client.rest('GET', '/health/ready')).status).toBe(503);
    expect((await client.rest('GET', '/health/live')).status).toBe(200);
  });
});

describe('a database that cannot do it now', () => {
  it.each([
    ['53100', 'disk full', atOnce, 'The database has run out of room or memory.'],
    ['53200', 'out of memory', atOnce, 'The database has run out of room or memory.'],
    ['57014', 'statement_timeout', atOnce, 'The database took too long to answer.'],
    ['25006', 'read-only', atOnce, 'The database takes no changes now.'],
    [
      '55P03',
      'lock_timeout',
      atOnce,
      'This is being changed by somebody else now: try again later.',
    ],
    ['40P01', 'deadlock', atCommit, 'The database is too busy now.'],
    ['57P03', 'starting up', atOnce, 'The database cannot be reached now.'],
    ['57P01', 'shutting down', atCommit, 'The database cannot be reached now.'],
    ['57014', 'statement_timeout', atCommit, 'The database took too long to answer.'],
  ])(
    '%s (%s, %s) is 503 on both doors, says so without SQL, and leaves nothing',
    async (state, _name, moment, message) => {
      await world.user({ nickname: 'alice' });
      const admin = await world.asAdmin();
      await failingLog(state, moment);
      for (const nicknames of targets) {
        const [rest, graphql] = await world.expectUnchanged(
          async () =>
            [
              await admin.rest('PUT', `${users}/tag`, { nicknames, tags: ['x'] }),
              await admin.graphql(tag, { users: nicknames.map((nickname) => ({ nickname })) }),
            ] as const,
        );
        expect(rest).toMatchObject({ status: 503, body: { error: message } });
        expect(rest.headers.get('retry-after')).toBe('2');
        expect(graphql).toMatchObject({
          status: 503,
          data: { usersTag: null },
          errors: [{ message, extensions: { code: 'UNAVAILABLE' } }],
        });
      }
      await world.database.pool.query('drop trigger failing on moderation_log');
    },
  );

  it.each([
    ['40001', atOnce],
    ['40P01', atOnce],
    ['40001', atCommit],
  ])('%s (a conflict) is tried again, also for plain SQL (%s)', async (state, moment) => {
    await failingLog(state, moment, 'select nextval($q$failures$q$) <= 2');
    const insert = () =>
      world.database.prisma
        .$executeRaw`insert into moderation_log (data, inserted_at, updated_at) values ('{}', timezone('UTC', now()), timezone('UTC', now()))`;
    await world.database.transaction(() => insert());
    await world.database.pool.query('drop trigger failing on moderation_log');
    expect(await world.rows('moderation_log')).toHaveLength(1);
  });

  it.each([atOnce, atCommit])(
    'anything else stays a fault of ours: 500, masked (%s)',
    async (moment) => {
      await world.user({ nickname: 'alice' });
      const admin = await world.asAdmin();
      await failingLog('XX000', moment);
      const answer = await admin.rest('PUT', `${users}/tag`, { nicknames: ['alice'], tags: ['x'] });
      await world.database.pool.query('drop trigger failing on moderation_log');
      expect(answer).toMatchObject({ status: 500, body: { error: 'Something went wrong' } });
    },
  );
});

/** Makes every insert into the log fail with this SQLSTATE at that moment, as long as `condition` (a query) says so. */
async function failingLog(
  state: string,
  moment: string | undefined,
  condition = 'select true',
): Promise<void> {
  const { pool } = world.database;
  await pool.query('drop sequence if exists failures');
  await pool.query('create sequence failures');
  await pool.query(`create or replace function failing() returns trigger language plpgsql as $$ begin
    if (${condition}) then raise exception 'failing on purpose' using errcode = '${state}'; end if; return new; end $$`);
  await pool.query(
    moment === atCommit
      ? 'create constraint trigger failing after insert on moderation_log deferrable initially deferred for each row execute function failing()'
      : 'create trigger failing before insert on moderation_log for each row execute function failing()',
  );
}
