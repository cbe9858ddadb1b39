import { beforeEach, describe, expect, it } from 'vitest';
import { createContext } from '../../src/context.js';
import { keepAnAdmin } from '../../src/resolvers/users/last-admin.js';
import { usersConfirmAll } from '../../src/resolvers/users/confirm-all.js';
import { tokenCreate } from '../../src/resolvers/tokens/create.js';
import { schema } from '../../src/schema/index.js';
import type { Client } from '../support/client.js';
import type { TestUser } from '../support/maker.js';
import { mutationDocument, mutationInputs, type Found } from '../support/scene-requests.js';
import { baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const none: Found = {
  announcement: '1',
  app: '1',
  invite: 'x',
  noted: 'x',
  note: '1',
  open: 'x',
  rule: 'x',
  status: 'x',
  user: 'x',
};
const inputs = mutationInputs(none);

/** What may be done to a deleted account: its deletion is finished, nothing is given to it. */
const finishing = [
  'userDeleteActivities',
  'userFixFollowState',
  'userRevokePermission',
  'userUnfollow',
  'usersDeactivate',
  'usersDelete',
  'usersRevokePermission',
  'usersSignOut',
  'usersUnsubscribe',
  'usersUnsuggest',
  'usersUntag',
];
const places = ['user', 'users', 'follower', 'followed'] as const;
/** Every mutation that names accounts, each with where it does. */
const naming = Object.keys(schema.getMutationType()?.getFields() ?? {}).flatMap((name) => {
  const input = inputs[name] ?? {};
  return places
    .filter((place) => place in input && name !== 'usersCreate')
    .map((place) => ({ name, place }));
});
const refused = naming.filter(({ name }) => !finishing.includes(name));

let deleted: TestUser;
let admin: Client;

beforeEach(async () => {
  admin = await world.asAdmin();
  for (const nickname of ['alice', 'bob', 'carol', 'dave', 'frank', 'grace'])
    await world.user({ nickname });
  deleted = await world.user({ nickname: 'gone', bio: 'a text', passwordHash: '$2b$x' });
  const answer = await admin.rest('DELETE', '/api/v1/pleroma/admin/users', { nicknames: ['gone'] });
  expect(answer.status).toBe(200);
  await world.database.pool.query('delete from moderation_log; delete from oban_jobs');
});

/** All ways to name it in GraphQL. */
const names = (): object[] => [
  { nickname: 'gone' },
  { nickname: 'GONE' },
  { nickname: '@gone' },
  { nickname: `gone@${new URL(baseUrl).hostname}` },
  { databaseId: deleted.databaseId },
  { id: Buffer.from(`User:${deleted.id}`).toString('base64') },
];

it('knows the mutations that name accounts', () => {
  expect(refused.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'userGrantPermission',
      'usersActivate',
      'userUpdateCredentials',
      'userFollow',
      'usersTag',
      'usersApprove',
    ]),
  );
  for (const name of finishing) expect(naming.map((one) => one.name)).toContain(name);
});

describe.each(refused)('$name ($place)', ({ name, place }) => {
  it('gives nothing to a deleted account, however it is named', async () => {
    for (const reference of names()) {
      const input = {
        ...inputs[name],
        [place]: place === 'users' ? [{ nickname: 'alice' }, reference] : reference,
      };
      const { data } = await world.expectUnchanged(() =>
        admin.graphql(mutationDocument(name), { input }),
      );
      expect(data?.[name], JSON.stringify(reference)).toMatchObject({
        errors: [{ code: 'CONFLICT', message: 'The account @gone was deleted.' }],
      });
    }
  });
});

describe.each(naming.filter(({ name }) => finishing.includes(name)))(
  '$name ($place)',
  ({ name, place }) => {
    it('may finish what the deletion began', async () => {
      const reference = { nickname: 'gone' };
      const input = { ...inputs[name], [place]: place === 'users' ? [reference] : reference };
      const { data, errors } = await admin.graphql(mutationDocument(name), { input });
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data)).not.toContain('was deleted');
    });
  },
);

describe.each(['/api/pleroma/admin', '/api/v1/pleroma/admin'])('below %s', (prefix) => {
  const routes: [string, string, unknown][] = [
    ['POST', '/users/gone/permission_group/admin', {}],
    ['POST', '/users/permission_group/admin', { nicknames: ['gone'] }],
    ['PATCH', '/users/activate', { nicknames: ['gone'] }],
    ['PATCH', '/users/gone/toggle_activation', {}],
    ['PATCH', '/users/approve', { nicknames: ['gone'] }],
    ['PATCH', '/users/suggest', { nicknames: ['gone'] }],
    ['PATCH', '/users/gone/credentials', { password: 'a-new-password-of-tests' }],
    ['GET', '/users/gone/password_reset', undefined],
    ['PUT', '/users/disable_mfa', { nickname: 'gone' }],
    ['PATCH', '/users/force_password_reset', { nicknames: ['gone'] }],
    ['PATCH', '/users/confirm_email', { nicknames: ['gone'] }],
    ['PUT', '/users/tag', { nicknames: ['gone'], tags: ['x'] }],
    ['POST', '/backups', { nickname: 'gone' }],
  ];

  it.each(routes)('%s %s is refused', async (method, path, body) => {
    const { status } = await world.expectUnchanged(() => admin.rest(method, prefix + path, body));
    expect([404, 409]).toContain(status);
  });
});

it('counts for nobody: neither as the last admin, nor as somebody to confirm, nor for a token', async () => {
  // As the instance itself lets an admin do it.
  await world.database.pool.query(
    `update users set is_admin = true, is_active = true, is_confirmed = false where nickname = 'gone'`,
  );
  await world.database.pool.query(`update users set is_admin = false where nickname = 'admin'`);
  await expect(world.database.transaction((tx) => keepAnAdmin(tx, []))).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const operator = createContext(
    { ...world.source, database: world.database },
    { kind: 'operator' },
  );
  await world.database.pool.query(`update users set is_admin = false where nickname = 'gone'`);
  expect(await usersConfirmAll(operator, {})).toMatchObject({ count: 0 });
  const token = {
    user: { nickname: 'gone' },
    scopes: ['read'],
    expiresAt: new Date(Date.now() + 60_000),
  };
  await expect(tokenCreate(operator, token)).rejects.toMatchObject({ code: 'CONFLICT' });
});

describe('an account that only looks bare is none that was deleted', () => {
  const bare: Record<string, object> = {
    'deactivated, without an address': {
      isActive: false,
      email: null,
      bio: '',
      passwordHash: '$2b$x',
    },
    'without a name of its own': { name: null, bio: '', passwordHash: '$2b$x' },
    'of LDAP': { email: null, bio: '', passwordHash: null },
    'of the instance itself': {
      name: null,
      email: null,
      passwordHash: null,
      bio: '',
      invisible: true,
      actorType: 'Application',
    },
  };

  it.each(Object.entries(bare))('%s', async (_name, attributes) => {
    await world.user({ nickname: 'bare', ...attributes });
    const { data } = await admin.graphql(mutationDocument('usersTag'), {
      input: { users: [{ nickname: 'bare' }], tags: ['x'] },
    });
    expect(data).toMatchObject({ usersTag: { errors: [] } });
  });

  it('of another instance, deleted there or here', async () => {
    const remote = {
      nickname: 'far@elsewhere.example',
      name: null,
      email: null,
      passwordHash: null,
      bio: '',
    };
    await world.user({ ...remote, isActive: false, lastRefreshedAt: null });
    const activate = (nickname: string) =>
      admin.graphql(mutationDocument('usersActivate'), { input: { users: [{ nickname }] } });
    expect((await activate('far@elsewhere.example')).data).toMatchObject({
      usersActivate: { errors: [{ code: 'CONFLICT' }] },
    });
    await world.user({
      ...remote,
      nickname: 'near@elsewhere.example',
      isActive: false,
      lastRefreshedAt: new Date(),
    });
    expect((await activate('near@elsewhere.example')).data).toMatchObject({
      usersActivate: { errors: [] },
    });
  });
});
