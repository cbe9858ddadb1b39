import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../src/auth/password.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const path = (nickname: string) => `/api/v1/pleroma/admin/users/${nickname}/credentials`;
const update =
  'mutation ($input: UserUpdateCredentialsInput!) { userUpdateCredentials(input: $input) { user { nickname email displayName bio isLocked } errors { code path message } } }';
const actions = async () =>
  (await world.rows('moderation_log')).map(({ data }) => (data as { action: string }).action);
const row = async (nickname: string) =>
  (await world.rows('users', `nickname = '${nickname}'`))[0] ?? {};

describe('changing what an account has set for itself', () => {
  it('with a password: a new hash, no session left, a job, two log rows', async () => {
    const alice = await world.user({
      nickname: 'alice',
      passwordHash: await hashPassword('old', world.family),
    });
    const aliceToken = await world.token(alice);
    const admin = await world.asAdmin();
    const { status, body } = await admin.rest('PATCH', path('alice'), {
      password: 'new-password-1',
      email: 'new@example.org',
      name: 'New Name',
      is_locked: 'true',
      bio: 'a <b>\nbio',
    });
    expect({ status, body }).toEqual({ status: 200, body: { status: 'success' } });
    const { password_hash: hash, ...now } = await row('alice');
    expect(now).toMatchObject({
      email: 'new@example.org',
      name: 'New Name',
      is_locked: true,
      bio: 'a &lt;b&gt;<br>bio',
      password_reset_pending: false,
    });
    expect(String(hash)).toMatch(
      world.family === 'akkoma'
        ? /^\$argon2id\$v=19\$m=65536,t=8,p=2\$/
        : /^\$pbkdf2-sha512\$160000\$/,
    );
    expect(await verifyPassword('new-password-1', String(hash))).toBe(true);
    expect(await world.rows('oauth_tokens', `token = '${aliceToken}'`)).toEqual([]);
    expect(await world.rows('oauth_tokens')).toHaveLength(1);
    expect((await world.rows('oban_jobs')).map(({ args }) => args)).toEqual([
      { op: 'force_password_reset', user_id: alice.databaseId },
    ]);
    expect(await actions()).toEqual(['updated_users', 'force_password_reset']);
  });

  it("without one v1 writes the instance's two rows all the same; GraphQL and the documents' path only the true one", async () => {
    await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    await admin.rest('PATCH', path('alice'), { actor_type: 'Service' });
    expect(await actions()).toEqual(['updated_users', 'force_password_reset']);
    await admin.rest('PATCH', path('alice').replace('/v1', ''), { actor_type: 'Person' });
    expect(
      await admin.data(update, {
        input: { user: { nickname: 'alice' }, name: 'Alice', isLocked: true },
      }),
    ).toEqual({
      userUpdateCredentials: {
        user: {
          nickname: 'alice',
          email: 'alice@mail.example',
          displayName: 'Alice',
          bio: '',
          isLocked: true,
        },
        errors: [],
      },
    });
    expect(await actions()).toEqual([
      'updated_users',
      'force_password_reset',
      'updated_users',
      'updated_users',
    ]);
    expect(await world.rows('oban_jobs')).toEqual([]);
  });

  it('leaves out what is not given, clears what is null, merges the settings of front ends', async () => {
    await world.user({
      nickname: 'alice',
      bio: 'old',
      pleromaSettingsStore: { fe: { a: 1 }, other: 2 },
    });
    const admin = await world.asAdmin();
    await admin.rest('PATCH', path('alice'), {
      email: null,
      pleroma_settings_store: { fe: { b: 2 } },
    });
    expect(await row('alice')).toMatchObject({
      email: null,
      bio: 'old',
      name: 'alice',
      pleroma_settings_store: { fe: { b: 2 }, other: 2 },
    });
  });

  it('does not touch a row that is so already', async () => {
    await world.user({ nickname: 'alice' });
    await world.database.pool.query(`update users set updated_at = '2020-01-01'`);
    const admin = await world.asAdmin();
    await admin.rest('PATCH', path('alice'), { name: 'alice', is_locked: false });
    expect((await row('alice'))['updated_at']).toBe('2020-01-01T00:00:00');
  });

  it.each([
    [{ email: 'ADMIN@mail.example' }, { email: 'has already been taken' }],
    [{ email: 'nonsense' }, { email: 'has invalid format' }],
    [{ email: 'a@b.example\r\nBcc: x@y.example' }, { email: 'has invalid format' }],
    [{ password: '' }, { password: "can't be blank" }],
    [{ actor_type: 'Application' }, { actor_type: 'is invalid' }],
    [{ default_scope: 'everybody' }, { default_scope: 'is invalid' }],
    [
      { is_locked: 'maybe', name: 5 },
      { is_locked: 'is invalid', name: 'is invalid' },
    ],
    [{ name: 'x'.repeat(101) }, { name: 'should be at most 100 character(s)' }],
    [{ avatar: 'x.png' }, { avatar: 'can only be changed on the instance' }],
  ])('refuses %j', async (body, errors) => {
    await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    expect(
      await world.expectUnchanged(() => admin.rest('PATCH', path('alice'), body)),
    ).toMatchObject({ status: 400, body: { errors } });
  });

  it('refuses an unknown account, and a password or address for a remote one', async () => {
    await world.user({ nickname: 'rob@remote.example' });
    const admin = await world.asAdmin();
    expect(await admin.rest('PATCH', path('nobody'), { name: 'x' })).toMatchObject({
      status: 404,
      body: { error: 'Not found' },
    });
    expect(
      await world.expectUnchanged(() =>
        admin.rest('PATCH', path('rob@remote.example'), { password: 'secret' }),
      ),
    ).toMatchObject({ status: 400 });
    expect(
      await world.expectUnchanged(() =>
        admin.data(update, {
          input: { user: { nickname: 'rob@remote.example' }, email: 'a@b.example' },
        }),
      ),
    ).toMatchObject({ userUpdateCredentials: { errors: [{ code: 'INVALID', path: ['email'] }] } });
  });

  it('GraphQL names the fields at fault', async () => {
    await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    const answer = await world.expectUnchanged(() =>
      admin.data(update, {
        input: { user: { nickname: 'alice' }, password: '', email: 'x', actorType: 'Robot' },
      }),
    );
    expect(answer).toMatchObject({
      userUpdateCredentials: {
        user: null,
        errors: [{ path: ['email'] }, { path: ['password'] }, { path: ['actorType'] }],
      },
    });
  });
});
