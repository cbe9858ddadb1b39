import { describe, expect, it } from 'vitest';
import { bearer, scopes, useLogIn, wrong, type Client, type Token } from '../support/log-in.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const { ask, logIn, password, passwordHash, register } = useLogIn(world);

it('a dashboard logs in and shows its first page', async () => {
  const registered = await ask('POST', '/api/v1/apps', {
    client_name: 'AdminFE_1',
    redirect_uris: 'https://fe.example/oauth-callback',
    scopes,
  });
  const client = registered.body as Client;
  const [app] = await world.rows('apps');
  expect(registered).toMatchObject({
    status: 200,
    body: {
      id: String(app?.['id']),
      name: 'AdminFE_1',
      client_id: app?.['client_id'],
      client_secret: app?.['client_secret'],
      redirect_uri: 'https://fe.example/oauth-callback',
      website: null,
    },
  });
  expect(app).toMatchObject({ scopes: scopes.split(' '), trusted: false, user_id: null });
  expect([client.client_id.length, client.client_secret.length]).toEqual([43, 43]);

  const { status, body, headers } = await logIn(client);
  const [row] = await world.rows('oauth_tokens');
  expect(body).toEqual({
    id: row?.['id'],
    token_type: 'Bearer',
    access_token: row?.['token'],
    refresh_token: row?.['refresh_token'],
    expires_in: 3_153_600_000,
    scope: scopes,
    created_at: Date.parse(`${String(row?.['inserted_at'])}Z`) / 1_000,
    me: 'https://home.example/users/admin',
  });
  expect({ status, cache: headers.get('cache-control') }).toEqual({
    status: 200,
    cache: 'no-store',
  });
  expect(row).toMatchObject({
    user_id: world.admin.id,
    app_id: app?.['id'],
    scopes: scopes.split(' '),
  });
  expect(await world.rows('oauth_authorizations')).toMatchObject([
    { used: true, user_id: world.admin.id, scopes: scopes.split(' ') },
  ]);

  const { access_token: token } = body as Token;
  const account = await ask('GET', '/api/v1/accounts/verify_credentials', undefined, bearer(token));
  expect(account).toMatchObject({
    status: 200,
    body: {
      id: world.admin.databaseId,
      username: 'admin',
      acct: 'admin',
      fqn: 'admin@home.example',
      avatar: 'https://home.example/images/avi.png',
      source: { privacy: 'public', pleroma: { show_role: true } },
      follow_requests_count: 0,
      pleroma: {
        is_admin: true,
        is_moderator: false,
        email: 'admin@mail.example',
        deactivated: false,
        unread_notifications_count: 0,
      },
    },
  });
  expect(await ask('GET', '/nodeinfo/2.0.json')).toMatchObject({
    status: 200,
    body: {
      version: '2.0',
      software: {
        name: world.family,
        version: { akkoma: '3.16.0', pleroma: '2.7.0' }[world.family],
      },
      openRegistrations: true,
      usage: { users: { total: 1 } },
      metadata: { invitesEnabled: false, mailerEnabled: false },
    },
  });
  expect(await ask('GET', '/.well-known/nodeinfo')).toMatchObject({
    status: 200,
    body: {
      links: [
        { href: 'https://home.example/nodeinfo/2.0.json' },
        { href: 'https://home.example/nodeinfo/2.1.json' },
      ],
    },
  });
  expect(await ask('GET', '/api/v1/instance')).toMatchObject({
    status: 200,
    body: {
      uri: 'https://home.example',
      registrations: true,
      max_toot_chars: 5_000,
      stats: { user_count: 1 },
    },
  });
  expect(
    await ask(
      'GET',
      '/api/v1/pleroma/admin/users?page=1&filters=local,active',
      undefined,
      bearer(token),
    ),
  ).toMatchObject({ status: 200, body: { count: 1, page_size: 50 } });
});

it('an app is told the key of web push where the instance has one', async () => {
  expect(await register()).not.toHaveProperty('vapid_key');
  await world.setting(':web_push_encryption', ':vapid_details', { public_key: 'BAq6m2w8G5Yw' });
  expect(await register()).toMatchObject({ name: 'AdminFE_1', vapid_key: 'BAq6m2w8G5Yw' });
});

describe('a token ends on the next request', () => {
  it.each([
    [
      'expired',
      `update oauth_tokens set valid_until = timezone('UTC', now()) - interval '1 second'`,
      'Invalid credentials.',
    ],
    ['revoked', 'delete from oauth_tokens', 'Invalid credentials.'],
    ['of a deactivated account', 'update users set is_active = false', 'Invalid credentials.'],
    ['of a demoted admin', 'update users set is_admin = false', 'User is not a staff member.'],
  ])('%s', async (_case, statement, error) => {
    const { access_token: token } = (await logIn(await register())).body as Token;
    expect((await ask('GET', '/api/v1/pleroma/admin/users', undefined, bearer(token))).status).toBe(
      200,
    );
    await world.database.pool.query(statement);
    expect(await ask('GET', '/api/v1/pleroma/admin/users', undefined, bearer(token))).toMatchObject(
      { status: 403, body: { error } },
    );
  });

  it('revoked by its owner, and an unknown one is as good as revoked', async () => {
    const { access_token: token } = (await logIn(await register())).body as Token;
    expect(await ask('POST', '/oauth/revoke', new URLSearchParams({ token }))).toMatchObject({
      status: 200,
      body: {},
    });
    expect(await world.rows('oauth_tokens')).toEqual([]);
    expect(await ask('POST', '/oauth/revoke', { token })).toMatchObject({ status: 200, body: {} });
    expect(await ask('POST', '/oauth/revoke', {})).toMatchObject({
      status: 400,
      body: { error: 'Bad request' },
    });
  });
});

describe('name and password', () => {
  it.each([
    ['nickname in capitals', 'ADMIN'],
    ['e-mail', 'Admin@mail.example'],
    ['nickname with the own host', 'admin@home.example'],
  ])('takes the %s', async (_case, username) => {
    expect((await logIn(await register(), { username })).status).toBe(200);
  });

  it('takes forms, JSON and parts alike, and the client by HTTP Basic', async () => {
    const client = await register();
    const values = { grant_type: 'password', username: 'admin', password };
    const both = { client_id: client.client_id, client_secret: client.client_secret };
    expect(
      (await ask('POST', '/oauth/token', new URLSearchParams({ ...values, ...both }))).status,
    ).toBe(200);
    const parts = new FormData();
    for (const [name, value] of Object.entries({ ...values, ...both })) parts.set(name, value);
    expect((await ask('POST', '/oauth/token', parts)).status).toBe(200);
    const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64');
    expect(
      (await ask('POST', '/oauth/token', values, { authorization: `Basic ${basic}` })).status,
    ).toBe(200);
  });

  it.each([
    ['wrong password', { password: 'wrong' }],
    ['unknown name', { username: 'nobody' }],
    ['no name', { username: undefined }],
    ['wrong client', { client_id: 'nope' }],
    ['wrong secret', { client_secret: 'nope' }],
    ["a scope that is not the app's", { scope: 'read write other' }],
    ['no scope left', { scope: 'other' }],
  ])('answers one thing to %s', async (_case, more) => {
    const client = await register();
    expect(await world.expectUnchanged(() => logIn(client, more))).toMatchObject(wrong);
  });

  it.each([
    [
      'deactivated',
      'is_active = false',
      { error: 'Your account is currently disabled', identifier: 'account_is_disabled' },
    ],
    [
      'password reset pending',
      'password_reset_pending = true',
      { error: 'Password reset is required', identifier: 'password_reset_required' },
    ],
    [
      'unconfirmed',
      'is_confirmed = false',
      {
        error: 'Your login is missing a confirmed e-mail address',
        identifier: 'missing_confirmed_email',
      },
    ],
    [
      'unapproved',
      'is_approved = false',
      { error: 'Your account is awaiting approval.', identifier: 'awaiting_approval' },
    ],
    [
      'all of them: the first that holds',
      'is_active = false, is_confirmed = false, is_approved = false',
      { error: 'Your account is currently disabled', identifier: 'account_is_disabled' },
    ],
  ])('%s is told once the password is right', async (_case, change, body) => {
    await world.database.pool.query(`update users set ${change}`);
    const client = await register();
    expect(await world.expectUnchanged(() => logIn(client))).toMatchObject({ status: 403, body });
    expect(await logIn(client, { password: 'wrong' })).toMatchObject(wrong);
  });

  it('gives the scopes asked for, as a text or a list, and admin scopes to staff only', async () => {
    const client = await register();
    expect((await logIn(client, { scope: 'read:accounts admin:read' })).body).toMatchObject({
      scope: 'read:accounts admin:read',
    });
    expect((await logIn(client, { scopes: ['write', 'admin'] })).body).toMatchObject({
      scope: 'write admin',
    });
    await world.user({ nickname: 'alice', passwordHash: await passwordHash() });
    expect((await logIn(client, { username: 'alice' })).body).toMatchObject({
      scope: 'read write follow push',
    });
    expect(await logIn(client, { username: 'alice', scope: 'admin:read' })).toMatchObject(wrong);
  });

  it.each([
    ['bcrypt', '', 'secret'],
    ['pbkdf2', '$pbkdf2-sha512$1000$c2FsdHNhbHRzYWx0c2FsdA$', 'secret'],
  ])(
    'verifies a %s hash and leaves it as it is: the instance upgrades it at its own log-in',
    async (kind, prefix, secret) => {
      const { hash } = await import('@node-rs/bcrypt');
      const { pbkdf2Sync } = await import('node:crypto');
      const adapted = (bytes: Buffer) =>
        bytes.toString('base64').replaceAll('=', '').replaceAll('+', '.');
      const stored =
        kind === 'bcrypt'
          ? await hash(secret, 4)
          : prefix + adapted(pbkdf2Sync(secret, 'saltsaltsaltsalt', 1_000, 64, 'sha512'));
      await world.database.pool.query('update users set password_hash = $1', [stored]);
      expect((await logIn(await register(), { password: secret })).status).toBe(200);
      expect(await world.rows('users')).toMatchObject([{ password_hash: stored }]);
    },
  );

  it.each([
    ['null', null],
    ['broken argon2', '$argon2id$v=19$m=65536,t=8,p=2$x$y'],
    ['broken bcrypt', '$2b$x'],
    ['crypt', '$6$salt$hash'],
    ['broken pbkdf2', '$pbkdf2-sha512$1$x'],
  ])('a %s hash lets nobody in', async (_case, hash) => {
    await world.database.pool.query('update users set password_hash = $1', [hash]);
    expect(await logIn(await register(), { password: '' })).toMatchObject(wrong);
  });
});

it('verify_credentials asks for read:accounts', async () => {
  const token = await world.token(world.admin, ['admin', 'write']);
  expect(
    await ask('GET', '/api/v1/accounts/verify_credentials', undefined, bearer(token)),
  ).toMatchObject({ status: 403, body: { error: 'Insufficient permissions: read:accounts.' } });
  expect(await ask('GET', '/api/v1/accounts/verify_credentials')).toMatchObject({
    status: 403,
    body: { error: 'Invalid credentials.' },
  });
});
