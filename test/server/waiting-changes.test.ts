import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../src/database/database.js';
import { postgresPool } from '../../src/database/pool.js';
import { readInstance } from '../../src/instance/read.js';
import { createApp } from '../../src/server/app.js';
import { createClient, type Client } from '../support/client.js';
import { engineName } from '../support/engine.js';
import { testLogger } from '../support/log-sink.js';
import { adminSecret, baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const tag =
  'mutation ($users: [UserReference!]!) { usersTag(input: { users: $users, tags: ["x"] }) { errors { code } } }';
const held = 'This is being changed by somebody else now: try again later.';
const crowded = 'Too many changes are waiting for others to end: try again later.';
const path = '/api/v1/pleroma/admin/users';

/** Changes of one account, in one statement and in transactions, on both doors. */
const changes: readonly ((client: Client) => Promise<{ status: number; text: string }>)[] = [
  (client) => told(client.graphql(tag, { users: [{ nickname: 'alice' }] })),
  (client) => told(client.graphql(tag, { users: [{ nickname: 'alice' }, { nickname: 'alice' }] })),
  (client) => told(client.rest('PATCH', `${path}/deactivate`, { nicknames: ['alice'] })),
  (client) => told(client.rest('POST', `${path}/alice/permission_group/moderator`, {})),
];
const reads: readonly ((client: Client) => Promise<{ status: number }>)[] = [
  (client) => client.rest('GET', path),
  (client) => client.rest('GET', `${path}/alice`),
  (client) => client.rest('GET', '/health/ready'),
  (client) => client.graphql('{ users(first: 5) { totalCount nodes { nickname } } }'),
];

async function told(
  answer: Promise<{ status: number }>,
): Promise<{ status: number; text: string }> {
  const { status, ...rest } = await answer;
  return { status, text: JSON.stringify(rest) };
}

describe.runIf(engineName === 'postgres')('changes that wait for one row', () => {
  let database: Database;
  let client: Client;
  beforeEach(async () => {
    await world.user({ nickname: 'alice' });
    database = await openDatabase(postgresPool(world.databaseUrl ?? '', 10));
    const source = {
      database,
      readInstance: () =>
        readInstance(database, { url: baseUrl, file: new Map(), configurableFromDatabase: true }),
    };
    const app = createApp({
      database,
      source,
      waysIn: { adminSecret, basicAuth: false },
      log: testLogger(),
    });
    client = createClient(app, await world.token(world.admin));
  });
  afterEach(() => database.close());

  const holding = async (work: () => Promise<void>): Promise<void> => {
    const holder = await world.database.pool.connect();
    await holder.query(`begin; select from users where nickname = 'alice' for update`);
    try {
      await work();
    } finally {
      await holder.query('rollback');
      holder.release();
    }
  };

  const send = (count: number): Promise<{ status: number; text: string }>[] =>
    Array.from(
      { length: count },
      (_, index) => changes[index % changes.length]?.(client) ?? Promise.reject(new Error()),
    );

  it('leave connections to who reads', async () => {
    let waiting: Promise<unknown>[] = [];
    await holding(async () => {
      waiting = send(40);
      await pause(300);
      for (const read of reads) {
        const startedAt = performance.now();
        expect((await read(client)).status).toBe(200);
        expect(performance.now() - startedAt).toBeLessThan(2_000);
      }
    });
    await Promise.all(waiting);
  });

  it('are done once the row is free', async () => {
    let waiting: Promise<{ status: number }>[] = [];
    await holding(async () => {
      waiting = send(12);
      await pause(200);
    });
    expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(
      new Set([200]),
    );
  });

  it('end with 503 that says so, change nothing, and never call a database out of reach that is well', async () => {
    await holding(async () => {
      const answers = await world.expectUnchanged(() => Promise.all(send(24)));
      for (const { status, text } of answers) {
        expect(status).toBe(503);
        expect(
          [held, crowded].some((sentence) => text.includes(sentence)),
          text,
        ).toBe(true);
      }
      for (const sentence of [held, crowded])
        expect(
          answers.some(({ text }) => text.includes(sentence)),
          sentence,
        ).toBe(true);
    });
  });

  it('of the account that asks do not keep it from reading, though its use is to be noted', async () => {
    await world.database.pool.query(
      `update users set last_active_at = timezone('UTC', now()) - interval '3 days'`,
    );
    const holder = await world.database.pool.connect();
    await holder.query(`begin; select from users where nickname = 'admin' for update`);
    const startedAt = performance.now();
    for (const read of reads) expect((await read(client)).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    await holder.query('rollback');
    holder.release();
    await reads[0]?.(client);
    expect(
      await world.rows(
        'users',
        `nickname = 'admin' and last_active_at > timezone('UTC', now()) - interval '1 hour'`,
      ),
    ).toHaveLength(1);
  });
});

describe.runIf(engineName === 'postgres')('a pool whose connections are all taken', () => {
  it('says so, and not that the database is out of reach', async () => {
    const database = await openDatabase(postgresPool(world.databaseUrl ?? '', 1));
    const source = {
      database,
      readInstance: () =>
        readInstance(database, { url: baseUrl, file: new Map(), configurableFromDatabase: true }),
    };
    const app = createApp({
      database,
      source,
      waysIn: { adminSecret, basicAuth: false },
      log: testLogger(),
    });
    const client = createClient(app, await world.token(world.admin));
    const taken = await database.pool.connect();
    const answer = await client.rest('GET', path);
    taken.release();
    await database.close();
    expect(answer).toMatchObject({
      status: 503,
      body: { error: 'All connections to the database are in use now.' },
    });
  });
});
