import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mayCallByName } from '../../src/resolvers/operation.js';
import { createContext } from '../../src/context.js';
import type { Actor } from '../../src/auth/actor.js';
import { usersDeactivate } from '../../src/resolvers/users/activation.js';
import { createApp } from '../../src/server/app.js';
import { createClient, type Client } from '../support/client.js';
import { sourceOf, storeSetting } from '../support/config.js';
import { testLogger } from '../support/log-sink.js';
import { adminSecret, useWorld } from '../support/world.js';

const world = useWorld();
const onPleroma = () => world.family === 'pleroma';
const v1 = '/api/v1/pleroma/admin';
const refused = { status: 403, body: { error: "User isn't privileged." } };

const directory = mkdtempSync(join(tmpdir(), 'steward-privileges-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const moderator = async (): Promise<Client> =>
  world.as(await world.token(await world.user({ nickname: 'mod', isModerator: true })));
const isOpen = async (client: Client): Promise<boolean> =>
  (await client.rest('GET', `${v1}/users`)).status === 200;

describe('the lists of privileges on Pleroma', () => {
  it('let a moderator do nothing by themselves but deal with reports and statuses', async ({
    skip,
  }) => {
    if (!onPleroma()) skip();
    const mod = await moderator();
    await world.user({ nickname: 'alice' });
    await world.expectUnchanged(async () => {
      for (const [method, path, body] of [
        ['GET', '/users', undefined],
        ['GET', '/users/alice', undefined],
        ['PATCH', '/users/deactivate', { nicknames: ['alice'] }],
        ['PATCH', '/users/approve', { nicknames: ['alice'] }],
        ['PUT', '/users/tag', { nicknames: ['alice'], tags: ['x'] }],
        ['POST', '/users/invite_token', {}],
        ['GET', '/users/invites', undefined],
        ['GET', '/instances/far.example/statuses', undefined],
        ['GET', '/moderation_log', undefined],
        ['GET', '/stats', undefined],
      ] as const) {
        for (const prefix of [v1, '/api/pleroma/admin']) {
          expect(await mod.rest(method, prefix + path, body)).toMatchObject(refused);
        }
      }
    });
    expect(await mod.rest('GET', `${v1}/reports`)).toMatchObject({ status: 200 });
  });

  it('bind admins, too, and the x-admin-token as one of them', async ({ skip }) => {
    if (!onPleroma()) skip();
    await storeSetting(world, ':pleroma', ':instance', '[admin_privileges: [:users_read]]');
    for (const client of [await world.asAdmin(), { rest: secretly }]) {
      expect(await client.rest('GET', `${v1}/users`)).toMatchObject({ status: 200 });
      expect(await client.rest('GET', `${v1}/stats`)).toMatchObject(refused);
      expect(await client.rest('GET', `${v1}/relay`)).toMatchObject({ status: 200 });
    }
  });

  it('do not bind the shell', async () => {
    await storeSetting(world, ':pleroma', ':instance', '[admin_privileges: []]');
    await world.user({ nickname: 'alice' });
    const context = createContext(world.source, { kind: 'operator' });
    const users = [{ nickname: 'alice' }];
    expect(await usersDeactivate(context, { users })).toMatchObject([{ nickname: 'alice' }]);
  });

  it('add up for somebody with both roles', async ({ skip }) => {
    if (!onPleroma()) skip();
    const lists = '[admin_privileges: [:statistics_read], moderator_privileges: [:users_read]]';
    await storeSetting(world, ':pleroma', ':instance', lists);
    const both = await world.user({ nickname: 'both', isAdmin: true, isModerator: true });
    const client = world.as(await world.token(both));
    expect(await client.rest('GET', `${v1}/users`)).toMatchObject({ status: 200 });
    expect(await client.rest('GET', `${v1}/stats`)).toMatchObject({ status: 200 });
    expect(await client.rest('GET', `${v1}/reports`)).toMatchObject(refused);
  });

  it('come from the rows before the file, and from the file before the defaults', async ({
    skip,
  }) => {
    if (!onPleroma()) skip();
    const file = join(directory, 'prod.secret.exs');
    const list = 'moderator_privileges: [:users_read]';
    writeFileSync(file, `import Config\n\nconfig :pleroma, :instance, ${list}\n`);
    const client = async (instanceConfig?: string): Promise<Client> => {
      const source = sourceOf(world, instanceConfig === undefined ? {} : { instanceConfig });
      const waysIn = { adminSecret, basicAuth: false };
      const app = createApp({ database: source.database, source, waysIn, log: testLogger() });
      const nickname = `mod${Math.random().toString(36).slice(2, 8)}`;
      return createClient(
        app,
        await world.token(await world.user({ nickname, isModerator: true })),
      );
    };
    expect(await isOpen(await client())).toBe(false);
    expect(await isOpen(await client(file))).toBe(true);
    await storeSetting(world, ':pleroma', ':instance', '[name: "Town"]');
    expect(await isOpen(await client(file))).toBe(true);
    await world.database.pool.query(`delete from config`);
    await storeSetting(world, ':pleroma', ':instance', '[moderator_privileges: []]');
    expect(await isOpen(await client(file))).toBe(false);
  });

  it.each([
    ['a text', '[moderator_privileges: "users_read"]'],
    ['an atom', '[moderator_privileges: :users_read]'],
    ['nil', '[moderator_privileges: nil]'],
    ['texts', '[moderator_privileges: ["users_read"]]'],
    ['an improper list', '[moderator_privileges: [:users_read | :x]]'],
    ['a map', '[moderator_privileges: %{users_read: true}]'],
    ['a setting that is no list', '%{moderator_privileges: [:users_read]}'],
  ])('give nobody anything where they cannot be read: %s', async (_what, value) => {
    if (!onPleroma()) return;
    await storeSetting(world, ':pleroma', ':instance', value);
    expect(await isOpen(await moderator())).toBe(false);
    expect(await (await moderatorNamed('second')).rest('GET', `${v1}/reports`)).toMatchObject(
      refused,
    );
  });

  it('give nobody anything while their row holds no term', async ({ skip }) => {
    if (!onPleroma()) skip();
    await storeSetting(world, ':pleroma', ':instance', '[name: "Town"]');
    await world.database.pool.query(`update config set value = '\\x8368'`);
    expect(await (await moderator()).rest('GET', `${v1}/reports`)).toMatchObject(refused);
    expect(await (await world.asAdmin()).rest('GET', `${v1}/users`)).toMatchObject(refused);
  });

  it('mean nothing on Akkoma', async ({ skip }) => {
    if (onPleroma()) skip();
    const lists = '[admin_privileges: [], moderator_privileges: []]';
    await storeSetting(world, ':pleroma', ':instance', lists);
    expect(await isOpen(await moderator())).toBe(true);
    expect(await isOpen(await world.asAdmin())).toBe(true);
  });
});

describe('a refusal over GraphQL', () => {
  const deactivate =
    'mutation { usersDeactivate(input: { users: [{ nickname: "admin" }] }) { errors { code } } }';

  it('names the operation and what it asks for', async () => {
    const user = world.as(await world.token(await world.user({ nickname: 'alice' })));
    const [error] = (await user.graphql(deactivate)).errors ?? [];
    const privilege = onPleroma() ? { requiredPrivilege: 'users_manage_activation_state' } : {};
    expect(error?.extensions).toEqual({
      code: 'FORBIDDEN',
      operation: 'usersDeactivate',
      requiredRole: 'staff',
      requiredScope: 'admin:write:accounts',
      ...privilege,
    });
    expect(error?.message).toBe(
      `User is not a staff member. usersDeactivate needs the role of an admin or a moderator; ${
        onPleroma() ? 'the privilege users_manage_activation_state; ' : ''
      }the scope admin:write:accounts.`,
    );
  });

  it('of a part leaves the rest of the answer', async ({ skip }) => {
    if (!onPleroma()) skip();
    const mod = await moderator();
    const query = `{ users { nodes { nickname } } reports(first: 5) { nodes { account { email } logEntries(first: 2) { id } } } }`;
    const { data, errors } = await mod.graphql(query);
    expect(data).toEqual({ users: null, reports: { nodes: [] } });
    expect(errors).toMatchObject([
      { path: ['users'], extensions: { requiredPrivilege: 'users_read' } },
    ]);
    expect(errors).toHaveLength(1);
  });
});

describe('fields of GraphQL that show more than their path is there for', () => {
  const tag =
    'mutation { usersTag(input: { users: [{ nickname: "alice" }], tags: ["x"] }) { errors { code } users { nickname email registrationReason } } }';

  it('ask for the privilege of what they show', async () => {
    await world.user({
      nickname: 'alice',
      email: 'alice@mail.example',
      registrationReason: 'Hello',
    });
    const list = (names: string): string => `[moderator_privileges: [${names}]]`;
    await storeSetting(world, ':pleroma', ':instance', list(':users_manage_tags'));
    const { data, errors } = await (await moderator()).graphql(tag);
    const hidden = onPleroma();
    const seen = { email: 'alice@mail.example', registrationReason: 'Hello' };
    const parts = hidden ? { email: null, registrationReason: null } : seen;
    expect(data).toEqual({ usersTag: { errors: [], users: [{ nickname: 'alice', ...parts }] } });
    if (!hidden) expect(errors).toBeUndefined();
    else {
      const of = (operation: string) => ({
        extensions: { operation, requiredPrivilege: 'users_read' },
      });
      expect(errors).toMatchObject([of('User.email'), of('User.registrationReason')]);
    }
    await world.database.pool.query('delete from config');
    await storeSetting(world, ':pleroma', ':instance', list(':users_manage_tags, :users_read'));
    const { data: open } = await (await moderatorNamed('second')).graphql(tag);
    expect(open).toEqual({ usersTag: { errors: [], users: [{ nickname: 'alice', ...seen }] } });
  });
});

it('whether somebody may call an operation is told by its name alone', async () => {
  const { id, nickname, apId } = await world.user({ nickname: 'mod', isModerator: true });
  const actor: Actor = {
    kind: 'account',
    id,
    nickname,
    apId,
    isAdmin: false,
    isModerator: true,
    scopes: ['admin:read'],
  };
  const context = createContext(world.source, actor);
  const may = (name: string) => mayCallByName(context, name);
  expect(await may('reportsList')).toBe(true);
  expect(await may('usersList')).toBe(!onPleroma());
  expect(await may('reportSetState')).toBe(false);
  expect(await may('relaysList')).toBe(false);
  expect(await may('noSuchOperation')).toBe(false);
  expect(await mayCallByName(createContext(world.source, undefined), 'reportsList')).toBe(false);
});

async function moderatorNamed(nickname: string): Promise<Client> {
  return world.as(await world.token(await world.user({ nickname, isModerator: true })));
}

async function secretly(method: string, path: string): Promise<{ status: number; body: unknown }> {
  const headers = { 'x-admin-token': adminSecret };
  const response = await world.app.fetch(
    new Request(`http://steward.test${path}`, { method, headers }),
  );
  return { status: response.status, body: await response.json() };
}
