import { describe, expect, it } from 'vitest';
import { hashPassword } from '../../src/auth/password.js';
import { adminSecret, useWorld } from '../support/world.js';

const world = useWorld();
const users = '/api/v1/pleroma/admin/users';
const query = '{ users(first: 1) { nodes { nickname } } }';

describe('GraphQL', () => {
  it.each([
    ['no credential', undefined],
    ['an unknown token', 'nope'],
  ])('answers 401 without data to %s', async (_case, token) => {
    const { status, data, errors } = await world.as(token).graphql(query);
    expect({ status, data }).toEqual({ status: 401, data: undefined });
    expect(errors).toMatchObject([
      { message: 'Invalid credentials.', extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });

  it('answers FORBIDDEN to a missing role or scope', async () => {
    const user = world.as(await world.token(await world.user({ nickname: 'alice' })));
    expect((await user.graphql(query)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN', requiredRole: 'staff' } },
    ]);
    const narrow = world.as(await world.token(world.admin, ['admin:write']));
    expect((await narrow.graphql(query)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN', requiredScope: 'admin:read:accounts' } },
    ]);
    const nodeId = Buffer.from(`User:${world.admin.id}`).toString('base64');
    expect((await narrow.graphql(`{ node(id: "${nodeId}") { id } }`)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });
});

describe('a token stops working on the next request', () => {
  it.each([
    [
      'expired',
      `update oauth_tokens set valid_until = timezone('UTC', now()) - interval '1 second'`,
    ],
    ['revoked', 'delete from oauth_tokens'],
    ['of a deactivated account', `update users set is_active = false`],
    ['of an unconfirmed account', `update users set is_confirmed = false`],
    ['of an unapproved account', `update users set is_approved = false`],
    [
      'of an account that must set a new password',
      `update users set password_reset_pending = true`,
    ],
  ])('%s', async (_case, statement) => {
    const admin = await world.asAdmin();
    expect((await admin.rest('GET', users)).status).toBe(200);
    await world.database.pool.query(statement);
    expect(await admin.rest('GET', users)).toMatchObject({
      status: 403,
      body: { error: 'Invalid credentials.' },
    });
    expect((await admin.graphql(query)).status).toBe(401);
  });

  it('of a demoted admin, who is told so', async () => {
    const admin = await world.asAdmin();
    await world.database.pool.query('update users set is_admin = false');
    expect(await admin.rest('GET', users)).toMatchObject({
      status: 403,
      body: { error: 'User is not a staff member.' },
    });
  });
});

describe('x-admin-token', () => {
  it('is an admin without an account in the log', async () => {
    await world.user({ nickname: 'alice' });
    const { status } = await world
      .as(undefined)
      .rest(
        'PUT',
        `${users}/tag`,
        { nicknames: ['alice'], tags: ['x'] },
        { 'x-admin-token': adminSecret },
      );
    expect(status).toBe(204);
    expect((await world.rows('moderation_log')).map((row) => row['data'])).toMatchObject([
      {
        actor: { id: null, nickname: null, type: 'user' },
        message: '@ added tags: x to users: @alice',
      },
    ]);
  });

  it('is refused when wrong, of the same length or another, and as a parameter', async () => {
    for (const secret of [adminSecret.replace('the', 'not'), 'x', '']) {
      expect(
        await world.as(undefined).rest('GET', users, undefined, { 'x-admin-token': secret }),
      ).toMatchObject({ status: 403, body: { error: 'Invalid credentials.' } });
    }
    expect(
      (await world.as(undefined).rest('GET', `${users}?admin_token=${adminSecret}`)).status,
    ).toBe(403);
  });
});

describe('HTTP Basic', () => {
  const basic = (name: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
  });

  it('takes nickname or e-mail with the right password, skips scopes, and refuses two-factor accounts', async () => {
    const passwordHash = await hashPassword('pa:ss', world.family);
    await world.user({ nickname: 'chef', isAdmin: true, passwordHash });
    await world.user({
      nickname: 'mfa',
      isAdmin: true,
      passwordHash,
      multiFactorAuthenticationSettings: { enabled: true },
    });
    const get = (name: string, password: string) =>
      world.as(undefined).rest('GET', users, undefined, basic(name, password));
    expect((await get('chef', 'pa:ss')).status).toBe(200);
    expect((await get('chef@mail.example', 'pa:ss')).status).toBe(200);
    expect(await get('chef', 'wrong')).toMatchObject({
      status: 403,
      body: { error: 'Invalid credentials.' },
    });
    expect(await get('mfa', 'pa:ss')).toMatchObject({
      status: 403,
      body: { error: 'Two-factor authentication enabled, you must use a access token.' },
    });
  });
});

it('an account in use is noted once a day', async () => {
  const admin = await world.asAdmin();
  await world.database.pool.query(
    `update users set last_active_at = timezone('UTC', now()) - interval '2 days'`,
  );
  await admin.rest('GET', users);
  const [first] = await world.rows('users');
  expect(Date.now() - Date.parse(`${String(first?.['last_active_at'])}Z`)).toBeLessThan(10_000);
});

describe("the documents' path", () => {
  it("takes an admin's write scope for everything, as it did then; v1 does not", async () => {
    const admin = world.as(await world.token(world.admin, ['read', 'write']));
    expect((await admin.rest('GET', '/api/pleroma/admin/users')).status).toBe(200);
    expect(await admin.rest('GET', users)).toMatchObject({
      status: 403,
      body: { error: 'Insufficient permissions: admin:read:accounts.' },
    });
    const moderator = world.as(
      await world.token(await world.user({ nickname: 'mod', isModerator: true }), [
        'read',
        'write',
      ]),
    );
    expect((await moderator.rest('GET', '/api/pleroma/admin/users')).status).toBe(403);
  });
});

it("every answer carries the request's id, and a body over 1 MiB is refused", async () => {
  const admin = await world.asAdmin();
  expect(
    (await admin.rest('GET', users, undefined, { 'x-request-id': 'trace-12345' })).headers.get(
      'x-request-id',
    ),
  ).toBe('trace-12345');
  expect(
    (await admin.rest('GET', users, undefined, { 'x-request-id': 'bad id' })).headers.get(
      'x-request-id',
    ),
  ).toMatch(/^[0-9a-f-]{36}$/);
  expect((await admin.rest('POST', users, { users: 'x'.repeat(1_100_000) })).status).toBe(413);
});
