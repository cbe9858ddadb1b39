import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAttempts } from '../../src/auth/attempts.js';
import { createRateLimit } from '../../src/auth/rate-limit.js';
import { openDatabase, type Database } from '../../src/database/database.js';
import { postgresPool } from '../../src/database/pool.js';
import { createStewardSchema } from '../../src/database/steward-schema.js';
import { readInstance } from '../../src/instance/read.js';
import { openApiDocument } from '../../src/rest/openapi/document.js';
import { createApp, type AppDependencies } from '../../src/server/app.js';
import { schema } from '../../src/schema/index.js';
import { family } from '../support/engine.js';
import { createClient, type Client } from '../support/client.js';
import { engineName, role } from '../support/engine.js';
import { useExampleWorld } from '../support/example-world.js';
import { testLogger } from '../support/log-sink.js';
import { documentedOperations, exampleUrl } from '../support/openapi.js';
import { adminSecret, baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
useExampleWorld(world);
const operations = documentedOperations(openApiDocument(), family);
const sql = new URL('../../prisma/steward/schema.sql', import.meta.url);
const noChanges = 'The database takes no changes now.';
const users = '/api/v1/pleroma/admin/users';

let database: Database;
let token: string;

beforeEach(async () => {
  token = await world.token(world.admin);
  await world.database.pool.query(
    `update users set last_active_at = timezone('UTC', now()) - interval '3 days'`,
  );
  await makeReadOnly(true);
  database =
    world.databaseUrl === undefined
      ? world.source.database
      : await openDatabase(postgresPool(world.databaseUrl, 3));
});

afterEach(async () => {
  if (database !== world.source.database) await database.close();
  await makeReadOnly(false);
});

/** As a replica, or an operator, has it: for every new connection of Steward; on PGlite for the only one there is. */
async function makeReadOnly(isReadOnly: boolean): Promise<void> {
  const { pool } = world.database;
  if (engineName === 'pglite')
    await pool.query(`set default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`);
  else
    await pool.query(
      `alter role ${role} in database "${new URL(world.databaseUrl ?? '').pathname.slice(1)}" set default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`,
    );
}

function client(credential: string | undefined, otherwise: Partial<AppDependencies> = {}): Client {
  const source = {
    database,
    readInstance: () =>
      readInstance(database, { url: baseUrl, file: new Map(), configurableFromDatabase: true }),
  };
  const app = createApp({
    database,
    source,
    waysIn: { adminSecret, basicAuth: true },
    log: testLogger(),
    attempts: createAttempts(1_000),
    ...otherwise,
  });
  return createClient(app, credential);
}

/** Some of the documents' GETs change something. */
const reads = operations.filter(
  ({ method, path }) => method === 'GET' && !/invite_token|password_reset|migrate_/.test(path),
);

describe('a database that takes no changes', () => {
  it('answers every route that reads as ever', async () => {
    const asking = client(token);
    const answered: Record<string, number> = {};
    for (const operation of reads) {
      const path = exampleUrl(operation);
      answered[path] = (await asking.rest(operation.method, path)).status;
    }
    expect(reads.length).toBeGreaterThan(40);
    expect(answered).toEqual(
      Object.fromEntries(
        reads.map((operation) => [exampleUrl(operation), Number(operation.success)]),
      ),
    );
  });

  it('answers GraphQL as ever, whoever asks by whatever credential, though their use cannot be noted', async () => {
    const document =
      '{ users(first: 5) { totalCount nodes { nickname } } reports(first: 5) { totalCount } moderationLog(first: 5) { totalCount } }';
    const { data } = await client(token).graphql(document);
    expect(data).toMatchObject({
      users: { totalCount: expect.any(Number) as number },
      reports: { totalCount: expect.any(Number) as number },
    });
    expect(
      (await client(undefined).rest('GET', users, undefined, { 'x-admin-token': adminSecret }))
        .status,
    ).toBe(200);
  });

  it('answers changes with 503 that says why', async () => {
    const names = Object.keys(schema.getMutationType()?.getFields() ?? {});
    expect(names.length).toBeGreaterThan(20);
    const tag = await client(token).graphql(
      'mutation { usersTag(input: { users: [{ nickname: "mira" }, { nickname: "mira" }], tags: ["x"] }) { errors { code } } }',
    );
    expect(tag).toMatchObject({
      status: 503,
      errors: [{ message: noChanges, extensions: { code: 'UNAVAILABLE' } }],
    });
    const answer = await client(token).rest('PATCH', `${users}/deactivate`, {
      nicknames: ['mira'],
    });
    expect(answer).toMatchObject({ status: 503, body: { error: noChanges } });
    expect(answer.headers.get('retry-after')).toBe('2');
  });

  it('lets in by the admin secret and limits requests where both are counted in it', async () => {
    await makeReadOnly(false);
    if (engineName === 'postgres')
      await world.database.pool.query(`create schema steward authorization ${role}`);
    await createStewardSchema(world.source.database.pool, sql);
    await makeReadOnly(true);
    try {
      const counting = client(undefined, {
        attempts: createAttempts(3, database.pool),
        rateLimit: createRateLimit(5, database.pool),
      });
      const ask = (secret: string) =>
        counting.rest('GET', users, undefined, { 'x-admin-token': secret });
      expect((await ask(adminSecret)).status).toBe(200);
      const guesses = [];
      for (let guess = 0; guess < 4; guess += 1)
        guesses.push((await ask('a-wrong-secret-of-tests')).status);
      expect(guesses).toEqual([403, 403, 403, 429]);
      const others = client(token, { rateLimit: createRateLimit(2, database.pool) });
      const answers = [];
      for (let time = 0; time < 3; time += 1)
        answers.push((await others.rest('GET', users)).status);
      expect(answers).toEqual([200, 200, 429]);
    } finally {
      await makeReadOnly(false);
      await world.database.pool.query('drop schema steward cascade');
    }
  });

  it('is no reason not to start where the schema steward is to be made; where it is there, it is used', async () => {
    if (engineName === 'postgres')
      await world.database.pool.query(`create schema steward authorization ${role}`);
    expect(await createStewardSchema(database.pool, sql)).toBe(false);
    await makeReadOnly(false);
    await createStewardSchema(world.source.database.pool, sql);
    await makeReadOnly(true);
    expect(await createStewardSchema(database.pool, sql)).toBe(true);
    await makeReadOnly(false);
    await world.database.pool.query('drop schema steward cascade');
  });
});

describe('a disk that is full', () => {
  it('keeps nobody from reading', async () => {
    await makeReadOnly(false);
    await world.database.pool.query(`
      create or replace function no_room() returns trigger language plpgsql as $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
      create trigger full_disk before insert or update on users for each row execute function no_room()`);
    try {
      const source = {
        database: world.source.database,
        readInstance: () => world.source.readInstance(),
      };
      const app = createApp({
        database: source.database,
        source,
        waysIn: { adminSecret, basicAuth: true },
        log: testLogger(),
      });
      expect((await createClient(app, token).rest('GET', users)).status).toBe(200);
      expect(
        await createClient(app, token).rest('PATCH', `${users}/deactivate`, {
          nicknames: ['jonas'],
        }),
      ).toMatchObject({
        status: 503,
        body: { error: 'The database has run out of room or memory.' },
      });
    } finally {
      await world.database.pool.query('drop function no_room cascade');
    }
  });
});
