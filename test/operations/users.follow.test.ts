import { describe, expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/users';

describe('follow and unfollow', () => {
  it('stores an accepted follow, counts, logs, says ok; nothing federates', async () => {
    const [carol, bob] = [await world.user({ nickname: 'carol' }), await world.user({ nickname: 'bob' })];
    const admin = await world.asAdmin();
    expect(await admin.rest('POST', '/api/pleroma/admin/users/follow', { follower: 'carol', followed: 'bob' })).toMatchObject({ status: 200, body: 'ok' });
    expect(await world.rows('following_relationships')).toMatchObject([{ follower_id: carol.id, following_id: bob.id, state: 2 }]);
    expect(await world.rows('users', `nickname = 'bob'`)).toMatchObject([{ follower_count: 1 }]);
    expect(await world.rows('activities')).toEqual([]);
    await admin.rest('POST', `${v1}/unfollow`, { follower: 'carol', followed: 'bob' });
    expect(await world.rows('following_relationships')).toEqual([]);
    expect(await world.rows('users', `nickname = 'carol'`)).toMatchObject([{ following_count: 0 }]);
    expect((await world.rows('moderation_log')).map((row) => (row['data'] as { message: string }).message)).toEqual(['@admin made @carol follow @bob', '@admin made @carol unfollow @bob']);
  });

  it('a pending request stays pending, and is withdrawn by unfollow', async () => {
    const [bob, heidi] = [await world.user({ nickname: 'bob' }), await world.user({ nickname: 'heidi', isLocked: true })];
    await world.follow(bob, heidi, 1);
    const admin = await world.asAdmin();
    await admin.rest('POST', `${v1}/follow`, { follower: 'bob', followed: 'heidi' });
    expect(await world.rows('following_relationships')).toMatchObject([{ state: 1 }]);
    await admin.rest('POST', `${v1}/unfollow`, { follower: 'bob', followed: 'heidi' });
    expect(await world.rows('following_relationships')).toEqual([]);
  });

  it('REST says ok to unknown names and does nothing', async () => {
    const admin = await world.asAdmin();
    expect(await world.expectUnchanged(() => admin.rest('POST', `${v1}/follow`, { follower: 'admin', followed: 'nobody' }))).toMatchObject({ status: 200, body: 'ok' });
  });

  it.each([
    ['itself', { nickname: 'admin' }, 'An account cannot follow itself.'],
    ['a deactivated account', { nickname: 'dave' }, 'The followed account is deactivated.'],
    ['one that blocks it', { nickname: 'blocker' }, 'The followed account blocks the follower.'],
    ['one that blocks its host', { nickname: 'domainblocker' }, 'The followed account blocks the follower.'],
  ])('GraphQL says why an account can not follow %s', async (_case, followed, message) => {
    await world.user({ nickname: 'dave', isActive: false });
    const blocker = await world.user({ nickname: 'blocker' });
    await world.user({ nickname: 'domainblocker', domainBlocks: ['home.example'] });
    await world.database.pool.query('insert into user_relationships (source_id, target_id, relationship_type, inserted_at) values ($1, $2, 1, now())', [blocker.id, world.admin.id]);
    const admin = await world.asAdmin();
    const document = `mutation ($input: UserFollowInput!) { userFollow(input: $input) { followed { nickname } errors { code path message } } }`;
    const answer = await world.expectUnchanged(() => admin.data(document, { input: { follower: { nickname: 'admin' }, followed } }));
    expect(answer).toEqual({ userFollow: { followed: null, errors: [{ code: 'CONFLICT', path: ['followed'], message }] } });
  });
});
