import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { storeSetting } from '../support/config.js';
import { useStewards } from '../support/steward-process.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const startSteward = useStewards();
let token = '';

beforeEach(async () => {
  await world.user({ nickname: 'alice' });
  token = await world.token(world.admin);
});

/** Asks with the admin's token; hands out status, Retry-After and text. */
async function ask(
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; retryAfter: string | null; text: string }> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    text: await response.text(),
  };
}
const tag = (url: string, name: string) =>
  ask(url, 'PUT', '/api/v1/pleroma/admin/users/tag', { nicknames: ['alice'], tags: [name] });
const tagByGraphQL = (url: string, name: string) =>
  ask(url, 'POST', '/graphql', {
    query: `mutation { usersTag(input: { users: [{ nickname: "alice" }], tags: ["${name}"] }) { errors { code } } }`,
  });

/** Another process on the same database, which nothing befalls. */
const startOther = async (settings: Readonly<Record<string, string>> = {}): Promise<string> =>
  (await startSteward({ DATABASE_URL: String(world.databaseUrl), ...settings })).url;

/** Holds a lock on the accounts while `work` runs. */
async function whileLocked<Result>(work: () => Promise<Result>): Promise<Result> {
  const holder = new pg.Client({ connectionString: world.databaseUrl });
  await holder.connect();
  try {
    await holder.query('begin; lock table users in access exclusive mode');
    return await work();
  } finally {
    await holder.end();
  }
}

it('a pool whose changes all wait: ready for who reads, 503 with Retry-After and the reason for who waits in vain, and all is well afterwards', async () => {
  const { url } = await startSteward({
    DATABASE_URL: String(world.databaseUrl),
    DATABASE_POOL: '2',
  });
  const other = await startOther();
  await whileLocked(async () => {
    const held = [tag(url, 'held0'), tag(url, 'held1'), tag(other, 'other')];
    await pause(200);
    const ready = await ask(url, 'GET', '/health/ready');
    expect([ready.status, (await ask(url, 'GET', '/health/live')).status]).toEqual([200, 200]);
    const beyond = await Promise.all([
      tag(url, 'beyond'),
      tagByGraphQL(url, 'beyond'),
      ask(url, 'GET', '/api/v1/pleroma/admin/users'),
    ]);
    for (const answer of beyond) {
      expect(answer).toMatchObject({ status: 503, retryAfter: '2' });
      expect(answer.text).toContain('This is being changed by somebody else now');
    }
    for (const { status } of await Promise.all(held)) expect(status).toBe(503);
  });
  for (const door of [url, other]) {
    expect((await tag(door, 'after')).status).toBe(204);
    expect((await ask(door, 'GET', '/health/ready')).status).toBe(200);
  }
  expect((await world.rows('users', `nickname = 'alice'`))[0]?.['tags']).toEqual(['after']);
});

it('statement_timeout: 503 on both doors, nothing is left', async () => {
  const { url } = await startSteward({
    DATABASE_URL: `${String(world.databaseUrl)}?statement_timeout=300`,
  });
  const other = await startOther();
  const answers = await world.expectUnchanged(() =>
    whileLocked(() => Promise.all([tag(url, 'x'), tagByGraphQL(url, 'x')])),
  );
  for (const { status, retryAfter, text } of answers) {
    expect([status, retryAfter]).toEqual([503, '2']);
    expect(text).toContain('The database took too long to answer.');
  }
  for (const door of [url, other]) expect((await tag(door, 'x')).status).toBe(204);
});

it('a read-only database: reading goes on, changing is 503 and says so, readiness tells', async () => {
  const { url } = await startSteward({
    DATABASE_URL: `${String(world.databaseUrl)}?options=-c%20default_transaction_read_only%3Don`,
  });
  const answers = await world.expectUnchanged(() =>
    Promise.all([tag(url, 'x'), tagByGraphQL(url, 'x')]),
  );
  for (const { status, retryAfter, text } of answers) {
    expect([status, retryAfter]).toEqual([503, '2']);
    expect(text).toContain('The database takes no changes now.');
  }
  expect((await ask(url, 'GET', '/api/v1/pleroma/admin/users/alice')).status).toBe(200);
  expect((await tag(await startOther(), 'x')).status).toBe(204);
  expect(await ask(url, 'GET', '/health/ready')).toMatchObject({
    status: 200,
    text: JSON.stringify({ status: 'read-only', family: world.family }),
  });
});

it('a disk that is full amid an export: 503 on both doors, no row is deleted, no file is left, and the process goes on', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'steward-full-'));
  await storeSetting(world, ':pleroma', ':long', `"${'x'.repeat(100_000)}"`);
  const { url } = await startSteward(
    { DATABASE_URL: String(world.databaseUrl), CONFIG_EXPORT_DIR: directory },
    'ulimit -f 16',
  );
  const [rest, graphql] = await world.expectUnchanged(
    async () =>
      [
        await ask(url, 'GET', '/api/pleroma/admin/config/migrate_from_db'),
        await ask(url, 'POST', '/graphql', {
          query: 'mutation { configMigrateFromDatabase(input: {}) { errors { code message } } }',
        }),
      ] as const,
  );
  const message =
    'The file cannot be written into the directory of CONFIG_EXPORT_DIR: EFBIG. Nothing was deleted.';
  expect([rest.status, rest.text]).toEqual([503, JSON.stringify(message)]);
  expect(JSON.parse(graphql.text)).toEqual({
    data: { configMigrateFromDatabase: { errors: [{ code: 'UNAVAILABLE', message }] } },
    extensions: { cost: expect.any(Object) as unknown },
  });
  expect(readdirSync(directory)).toEqual([]);
  expect((await ask(url, 'GET', '/health/ready')).status).toBe(200);
  const other = await startOther({ CONFIG_EXPORT_DIR: directory });
  expect((await ask(other, 'GET', '/api/pleroma/admin/config/migrate_from_db')).status).toBe(200);
  expect([readdirSync(directory), await world.rows('config')]).toEqual([
    ['prod.exported_from_db.secret.exs'],
    [],
  ]);
  rmSync(directory, { recursive: true });
});
