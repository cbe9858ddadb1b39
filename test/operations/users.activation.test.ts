import { describe, expect, it } from 'vitest';
import { giveModerators } from '../support/privileges.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const change = (name: string): string =>
  `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { users { nickname isActive } errors { __typename code path message } } }`;
const named = (...nicknames: string[]) => ({
  input: { users: nicknames.map((nickname) => ({ nickname })) },
});

describe('deactivation', () => {
  it('takes what the account follows among local active accounts, and recounts', async () => {
    const [alice, bob, carol, rita] = [
      await world.user({ nickname: 'alice' }),
      await world.user({ nickname: 'bob' }),
      await world.user({ nickname: 'carol' }),
      await world.user({ nickname: 'rita@far.example', followerCount: 9 }),
    ];
    await world.follow(alice, bob);
    await world.follow(alice, rita);
    await world.follow(carol, alice);
    const admin = await world.asAdmin();
    expect(await admin.data(change('usersDeactivate'), named('alice'))).toEqual({
      usersDeactivate: { users: [{ nickname: 'alice', isActive: false }], errors: [] },
    });
    expect(await world.rows('following_relationships')).toMatchObject([
      { follower_id: alice.id, following_id: rita.id },
      { follower_id: carol.id, following_id: alice.id },
    ]);
    expect(
      await world.rows('users', `nickname in ('alice', 'bob', 'carol', 'rita@far.example')`),
    ).toMatchObject([
      { nickname: 'alice', follower_count: 1, following_count: 1 },
      { nickname: 'bob', follower_count: 0 },
      { nickname: 'carol', following_count: 0 },
      { nickname: 'rita@far.example', follower_count: 10 },
    ]);
    expect((await world.rows('moderation_log')).map((row) => row['data'])).toMatchObject([
      {
        action: 'deactivate',
        message: '@admin deactivated users: @alice',
        subject: [{ nickname: 'alice', id: alice.databaseId }],
      },
    ]);
  });

  it('activating an active account changes nothing but the log (§8 row 16)', async () => {
    const [alice, bob] = [
      await world.user({ nickname: 'alice' }),
      await world.user({ nickname: 'bob' }),
    ];
    await world.follow(alice, bob);
    const admin = await world.asAdmin();
    await admin.data(change('usersActivate'), named('alice'));
    expect(await world.rows('following_relationships')).toHaveLength(1);
    expect(await world.rows('moderation_log')).toHaveLength(1);
  });

  it('is refused for oneself, for the last admin, and to moderators for admins', async () => {
    await giveModerators(world, 'users_manage_activation_state');
    const moderator = await world.user({ nickname: 'mod', isModerator: true });
    const admin = await world.asAdmin();
    await world.expectUnchanged(async () => {
      expect(await admin.data(change('usersDeactivate'), named('admin'))).toMatchObject({
        usersDeactivate: {
          users: null,
          errors: [
            {
              __typename: 'ForbiddenError',
              code: 'FORBIDDEN',
              path: ['users', '0'],
              message: "You can't deactivate your own account.",
            },
          ],
        },
      });
    });
    const asModerator = world.as(await world.token(moderator));
    await world.expectUnchanged(async () => {
      expect(await asModerator.data(change('usersDeactivate'), named('admin'))).toMatchObject({
        usersDeactivate: { errors: [{ message: 'A moderator may not act on the admin @admin.' }] },
      });
      expect(
        await asModerator.rest('PATCH', '/api/v1/pleroma/admin/users/admin/toggle_activation'),
      ).toMatchObject({ status: 403 });
    });
    const asSecret = world.as(undefined);
    await world.expectUnchanged(async () => {
      const { status, body } = await asSecret.rest(
        'PATCH',
        '/api/v1/pleroma/admin/users/deactivate',
        { nicknames: ['admin'] },
        { 'x-admin-token': 'the-admin-secret-of-tests' },
      );
      expect({ status, body }).toEqual({
        status: 409,
        body: { error: 'This would leave the instance without an active admin.' },
      });
    });
  });

  it('changes nobody when one is unknown', async () => {
    await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    const { status, body } = await world.expectUnchanged(() =>
      admin.rest('PATCH', '/api/v1/pleroma/admin/users/deactivate', {
        nicknames: ['alice', 'nobody'],
      }),
    );
    expect({ status, body }).toEqual({
      status: 404,
      body: { error: 'There is no user "nobody".' },
    });
  });
});

describe('the routes of the documents', () => {
  it("toggle_activation answers the account, with the documents' keys on their path", async () => {
    const alice = await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    expect(
      (await admin.rest('PATCH', '/api/pleroma/admin/users/alice/toggle_activation')).body,
    ).toMatchObject({
      deactivated: true,
      id: alice.databaseId,
      nickname: 'alice',
      is_active: false,
    });
    expect(
      (await admin.rest('PATCH', '/api/v1/pleroma/admin/users/alice/toggle_activation')).body,
    ).not.toHaveProperty('deactivated');
    expect(
      (await world.rows('moderation_log')).map((row) => (row['data'] as { action: string }).action),
    ).toEqual(['deactivate', 'activate']);
  });

  it('PUT activation_status takes true, false and their texts, answers 204 and logs what it did; only on their path', async () => {
    await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    const put = (status: unknown) =>
      admin.rest('PUT', '/api/pleroma/admin/users/alice/activation_status', { status });
    expect(await put(false)).toMatchObject({ status: 204, body: undefined });
    expect(await put('true')).toMatchObject({ status: 204 });
    expect(
      (await world.rows('moderation_log')).map((row) => (row['data'] as { action: string }).action),
    ).toEqual(['deactivate', 'activate']);
    expect(await world.expectUnchanged(() => put('maybe'))).toMatchObject({
      status: 400,
      body: 'Invalid parameters: status - Invalid boolean. Got: string.',
    });
    expect(
      await admin.rest('PUT', '/api/v1/pleroma/admin/users/alice/activation_status', {
        status: true,
      }),
    ).toMatchObject({ status: 404, body: { errors: { detail: 'Page not found' } } });
  });
});
