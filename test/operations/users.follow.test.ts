import { describe, expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/users';

describe('follow and unfollow', () => {
  it('stores an accepted follow, counts, logs, says ok; nothing federates', async () => {
    const [carol, bob] = [
      await world.user({ nickname: 'carol' }),
      await world.user({ nickname: 'bob' }),
    ];
    const admin = await world.asAdmin();
    expect(
      await admin.rest('POST', '/api/pleroma/admin/users/follow', {
        follower: 'carol',
        followed: 'bob',
      }),
    ).toMatchObject({ status: 200, body: 'ok' });
    expect(await world.rows('following_relationships')).toMatchObject([
      { follower_id: carol.id, following_id: bob.id, state: 2 },
    ]);
    expect(await world.rows('users', `nickname = 'bob'`)).toMatchObject([{ follower_count: 1 }]);
    expect(await world.rows('activities')).toEqual([]);
    await admin.rest('POST', `${v1}/unfollow`, { follower: 'carol', followed: 'bob' });
    expect(await world.rows('following_relationships')).toEqual([]);
    expect(await world.rows('users', `nickname = 'carol'`)).toMatchObject([{ following_count: 0 }]);
    expect(
      (await world.rows('moderation_log')).map(
        (row) => (row['data'] as { message: string }).message,
      ),
    ).toEqual(['@admin made @carol follow @bob', '@admin made @carol unfollow @bob']);
  });

  it('a pending request stays pending, and is withdrawn by unfollow', async () => {
    const [bob, heidi] = [
      await world.user({ nickname: 'bob' }),
      await world.user({ nickname: 'heidi', isLocked: true }),
    ];
    await world.follow(bob, heidi, 1);
    const admin = await world.asAdmin();
    await admin.rest('POST', `${v1}/follow`, { follower: 'bob', followed: 'heidi' });
    expect(await world.rows('following_relationships')).toMatchObject([{ state: 1 }]);
    await admin.rest('POST', `${v1}/unfollow`, { follower: 'bob', followed: 'heidi' });
    expect(await world.rows('following_relationships')).toEqual([]);
  });

  it('REST says ok to unknown names and does nothing', async () => {
    const admin = await world.asAdmin();
    expect(
      await world.expectUnchanged(() =>
        admin.rest('POST', `${v1}/follow`, { follower: 'admin', followed: 'nobody' }),
      ),
    ).toMatchObject({ status: 200, body: 'ok' });
  });

  it('leaves the instance a job of its own for a remote account it has not met, on every door', async () => {
    const carol = await world.user({ nickname: 'carol' });
    const admin = await world.asAdmin();
    const document =
      'mutation ($input: UserFollowInput!) { userFollow(input: $input) { follower { nickname } followed { nickname } isQueued errors { code path } } }';
    const input = {
      follower: { nickname: 'carol' },
      followed: { nickname: '@Tomas@bawü.example' },
    };
    expect(await admin.data(document, { input })).toEqual({
      userFollow: { follower: { nickname: 'carol' }, followed: null, isQueued: true, errors: [] },
    });
    expect(
      (
        await admin.rest('POST', `${v1}/follow`, {
          follower: 'carol',
          followed: 'lena@far.example',
        })
      ).body,
    ).toBe('ok');
    const args = (identifier: string) => ({
      op: 'follow_import',
      user_id: carol.databaseId,
      ...(world.family === 'akkoma'
        ? { identifier }
        : { actor: identifier, identifiers: [identifier] }),
    });
    expect(
      (await world.rows('oban_jobs')).map((job) => [job['worker'], job['queue'], job['args']]),
    ).toEqual(
      ['Tomas@xn--baw-joa.example', 'lena@far.example'].map((who) => [
        'Pleroma.Workers.BackgroundWorker',
        'background',
        args(who),
      ]),
    );
    expect(
      (await world.rows('moderation_log')).map(
        (row) => (row['data'] as { message: string }).message,
      ),
    ).toEqual([
      '@admin made @carol follow @Tomas@xn--baw-joa.example',
      '@admin made @carol follow @lena@far.example',
    ]);
    expect(await world.rows('following_relationships')).toEqual([]);
    expect(
      (
        await admin.data<{ moderationLog: { nodes: unknown[] } }>(
          '{ moderationLog { nodes { action subjects { kind name } } } }',
        )
      ).moderationLog.nodes,
    ).toHaveLength(2);
  });

  it.each([
    ['whose follower is deactivated', { nickname: 'gone' }, 'CONFLICT', ['follower']],
    ['whose follower lives elsewhere', { nickname: 'far@far.example' }, 'CONFLICT', ['follower']],
    ['whose follower is nobody', { nickname: 'nobody' }, 'NOT_FOUND', ['follower', 'nickname']],
  ])('refuses a follow of an unmet account %s', async (_case, follower, code, path) => {
    await world.user({ nickname: 'gone', isActive: false });
    await world.user({ nickname: 'far@far.example' });
    const admin = await world.asAdmin();
    const document =
      'mutation ($input: UserFollowInput!) { userFollow(input: $input) { isQueued errors { code path } } }';
    const answer = await world.expectUnchanged(() =>
      admin.data(document, { input: { follower, followed: { nickname: 'new@new.example' } } }),
    );
    expect(answer).toEqual({ userFollow: { isQueued: null, errors: [{ code, path }] } });
    await world.expectUnchanged(() =>
      admin.rest('POST', `${v1}/follow`, {
        follower: follower.nickname,
        followed: 'new@new.example',
      }),
    );
  });

  it.each(['nobody', 'nobody@home.example', 'a@', `${'a'.repeat(250)}@new.example`])(
    'knows nobody by %s',
    async (nickname) => {
      const admin = await world.asAdmin();
      const document =
        'mutation ($input: UserFollowInput!) { userFollow(input: $input) { errors { code path } } }';
      const answer = await world.expectUnchanged(() =>
        admin.data(document, {
          input: { follower: { nickname: 'admin' }, followed: { nickname } },
        }),
      );
      expect(answer).toEqual({
        userFollow: { errors: [{ code: 'NOT_FOUND', path: ['followed', 'nickname'] }] },
      });
    },
  );

  it.each([
    ['itself', { nickname: 'admin' }, 'An account cannot follow itself.'],
    ['a deactivated account', { nickname: 'dave' }, 'The followed account is deactivated.'],
    ['one that blocks it', { nickname: 'blocker' }, 'The followed account blocks the follower.'],
    [
      'one that blocks its host',
      { nickname: 'domainblocker' },
      'The followed account blocks the follower.',
    ],
  ])('GraphQL says why an account cannot follow %s', async (_case, followed, message) => {
    await world.user({ nickname: 'dave', isActive: false });
    const blocker = await world.user({ nickname: 'blocker' });
    await world.user({ nickname: 'domainblocker', domainBlocks: ['home.example'] });
    await world.database.pool.query(
      `insert into user_relationships (source_id, target_id, relationship_type, inserted_at) values ($1, $2, 1, timezone('UTC', now()))`,
      [blocker.id, world.admin.id],
    );
    const admin = await world.asAdmin();
    const document = `mutation ($input: UserFollowInput!) { userFollow(input: $input) { followed { nickname } errors { code path message } } }`;
    const answer = await world.expectUnchanged(() =>
      admin.data(document, { input: { follower: { nickname: 'admin' }, followed } }),
    );
    expect(answer).toEqual({
      userFollow: { followed: null, errors: [{ code: 'CONFLICT', path: ['followed'], message }] },
    });
  });
});
