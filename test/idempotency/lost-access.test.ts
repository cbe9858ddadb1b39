import { beforeEach, describe, expect, it } from 'vitest';
import { askWith, refusalIn, useKeepingApps, type Ask } from '../support/keyed.js';
import type { TestUser } from '../support/maker.js';
import { dashboardScopes } from '../support/maker.js';
import { storeSetting } from '../support/config.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const keeping = useKeepingApps(world);
const key = '5b1f2b0e-8a8a-4a53-9a0b-5a4a0a5f7d11';

const mutation = (name: string, payload: string): string =>
  `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) {
    ${name}(input: $input) { ${payload} errors { code } } }`;
const keyed = { 'idempotency-key': key };
const graphql =
  (name: string, payload: string, input: unknown, accept = '*/*') =>
  (ask: Ask) =>
    ask(
      'POST',
      '/graphql',
      { query: mutation(name, payload), variables: { input } },
      { accept, ...keyed },
    );
const rest = (method: string, path: string, body: unknown) => (ask: Ask) =>
  ask(method, path, body, keyed);

const target = { nickname: 'target' };
const app = { name: 'x', redirectUris: ['https://x.example'], scopes: ['read'] };
const appMade = 'app { clientSecret }';
const fragment = `mutation { ...F ...F } fragment F on Mutation {
  oauthAppCreate(input: { name: "x", redirectUris: ["https://x.example"] }) { ${appMade} } }`;
const password = { user: target, password: 'a-new-password-of-tests' };
/** What admins alone may do, on every door; the answers hold secrets. */
const adminOnly: Record<string, (ask: Ask) => ReturnType<Ask>> = {
  'GraphQL by the short path': graphql('oauthAppCreate', appMade, app),
  "GraphQL by Yoga's own way": graphql(
    'oauthAppCreate',
    appMade,
    app,
    'application/json, multipart/mixed;q=0.1',
  ),
  'GraphQL with a fragment': (ask) => ask('POST', '/graphql', { query: fragment }, keyed),
  'GraphQL, a new password': graphql('userUpdateCredentials', 'user { nickname }', password),
  'the legacy path': rest('POST', '/api/pleroma/admin/oauth_app', {
    name: 'x',
    redirect_uris: 'https://x.example',
    scopes: ['read'],
  }),
  'the v1 path': rest('POST', '/api/v1/pleroma/admin/oauth_app', {
    name: 'x',
    redirect_uris: 'https://x.example',
    scopes: ['read'],
  }),
  'the legacy path, a role': rest(
    'POST',
    '/api/pleroma/admin/users/target/permission_group/moderator',
    {},
  ),
  'the v1 path, a role': rest(
    'POST',
    '/api/v1/pleroma/admin/users/target/permission_group/moderator',
    {},
  ),
};

/** Ways to lose what an admin has, each with what may not be done any more. */
const losses: Record<string, (caller: TestUser, token: string) => Promise<string>> = {
  'the admin role': async (caller, token) => {
    await world.database.pool.query(`update users set is_admin = false where id = $1`, [caller.id]);
    return token;
  },
  'the admin role for that of a moderator': async (caller, token) => {
    await world.database.pool.query(
      `update users set is_admin = false, is_moderator = true where id = $1`,
      [caller.id],
    );
    return token;
  },
  'the scope, asking with another token': (caller) => world.token(caller, ['admin:read']),
  'the scope of this very token': async (_caller, token) => {
    await world.database.pool.query(
      `update oauth_tokens set scopes = '{admin:read}' where token = $1`,
      [token],
    );
    return token;
  },
  'an active account': async (caller, token) => {
    await world.database.pool.query(`update users set is_active = false where id = $1`, [
      caller.id,
    ]);
    return token;
  },
  'the token': async (_caller, token) => {
    await world.database.pool.query(`delete from oauth_tokens where token = $1`, [token]);
    return token;
  },
};

let caller: TestUser;
beforeEach(async () => {
  caller = await world.user({ nickname: 'caller', isAdmin: true });
  await world.user({ nickname: 'target' });
});

describe.each(Object.entries(losses))(
  'a kept answer is not given to who has lost %s',
  (_loss, lose) => {
    it.each(Object.entries(adminOnly))('%s', async (_door, send) => {
      const token = await world.token(caller, dashboardScopes);
      const keeper = keeping();
      const first = await send(askWith(keeper, { authorization: `Bearer ${token}` }));
      expect(first.headers.get('idempotency-key')).toBe(key);
      const after = await lose(caller, token);
      const again = await world.expectUnchanged(() =>
        send(askWith(keeper, { authorization: `Bearer ${after}` })),
      );
      expect([401, 403]).toContain(again.status);
      expect(again.headers.get('idempotent-replayed')).toBeNull();
      expect(JSON.stringify(again.body)).not.toMatch(/clientSecret|client_secret|is_moderator/);
      // Nor that the key was used, whatever is asked with it now.
      const other = await askWith(keeper, { authorization: `Bearer ${after}` })(
        'POST',
        '/graphql',
        { query: mutation('oauthAppCreate', appMade), variables: { input: { ...app, name: 'y' } } },
        keyed,
      );
      expect(JSON.stringify(other.body)).not.toContain('KEY_REUSED');
    });
  },
);

it('a kept answer is given again once the role is back', async () => {
  const ask = askWith(keeping(), { authorization: `Bearer ${await world.token(caller)}` });
  for (const send of [adminOnly['GraphQL by the short path'], adminOnly['the v1 path']]) {
    const first = await send?.(ask);
    await world.database.pool.query(`update users set is_admin = false where nickname = 'caller'`);
    expect((await send?.(ask))?.status).toBe(403);
    await world.database.pool.query(`update users set is_admin = true where nickname = 'caller'`);
    const again = await send?.(ask);
    expect([again?.status, again?.body, again?.headers.get('idempotent-replayed')]).toEqual([
      200,
      first?.body,
      'true',
    ]);
  }
});

/** By each family's own rule. */
const allowModerators = (): Promise<void> =>
  storeSetting(
    world,
    ':pleroma',
    ':instance',
    `[
    privileged_staff: true,
    moderator_privileges: [
      :users_read, :users_manage_tags, :users_manage_activation_state, :users_manage_credentials]]`,
  );

describe('what an admin did to an admin is not answered again to the moderator that admin is now', () => {
  const ways: Record<string, (ask: Ask) => ReturnType<Ask>> = {
    GraphQL: graphql('usersTag', 'users { nickname email }', { users: [target], tags: ['x'] }),
    'the legacy path': rest('PUT', '/api/pleroma/admin/users/tag', {
      nicknames: ['target'],
      tags: ['x'],
    }),
    'the v1 path': rest('PATCH', '/api/v1/pleroma/admin/users/deactivate', {
      nicknames: ['target'],
    }),
  };

  beforeEach(allowModerators);

  it.each(Object.entries(ways))('%s', async (_door, send) => {
    await world.database.pool.query(`update users set is_admin = true where nickname = 'target'`);
    const ask = askWith(keeping(), { authorization: `Bearer ${await world.token(caller)}` });
    expect((await send(ask)).status).toBeLessThan(300);
    await world.database.pool.query(
      `update users set is_admin = false, is_moderator = true where nickname = 'caller'`,
    );
    const again = await world.expectUnchanged(() => send(ask));
    expect(again.status).toBe(403);
    expect(refusalIn(again.body).message).toBe('A moderator may not act on the admin @target.');
  });

  it('but what was done to others is', async () => {
    const ask = askWith(keeping(), { authorization: `Bearer ${await world.token(caller)}` });
    const send = ways['GraphQL'];
    await send?.(ask);
    await world.database.pool.query(
      `update users set is_admin = false, is_moderator = true where nickname = 'caller'`,
    );
    const again = await send?.(ask);
    expect([again?.status, again?.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
  });
});

it('what a privilege of the instance allowed is not answered again once the privilege is gone', async () => {
  const moderator = await world.user({ nickname: 'mod', isModerator: true });
  const ask = askWith(keeping(), { authorization: `Bearer ${await world.token(moderator)}` });
  const send = graphql('userCreatePasswordResetLink', 'link', { user: target });
  await allowModerators();
  const first = await send(ask);
  expect(first.headers.get('idempotency-key')).toBe(key);
  await world.database.pool.query('delete from config');
  const again = await world.expectUnchanged(() => send(ask));
  expect(again.status).toBe(403);
  expect(JSON.stringify(again.body)).not.toContain('password_reset');
});
