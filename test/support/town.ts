import { wholeSeconds } from '../../src/database/time.js';
import type { TestUser } from './maker.js';
import { makePosts } from './posts.js';
import type { World } from './world.js';

/** An invite that is used up, by its token. */
export const usedInvite = `${'used-invite_'.repeat(3)}1234567=`;

/** The people on whom the command lines of test/fixtures/cli-user.json were recorded, as far as those see them. */
export async function makeTown(world: World): Promise<void> {
  const names = [
    'alice',
    'bob',
    'carol',
    'dave',
    'erin',
    'frank',
    'grace',
    'heidi',
    'ivan',
    'mallory',
    'rob@remote.example',
    'rita@remote.example',
  ] as const;
  const particular: Readonly<Record<string, object>> = {
    alice: { email: 'alice@akkoma.local' },
    dave: { isActive: false },
    erin: { tags: ['mrf_tag:media-strip', 'mrf_tag:force-unlisted'] },
    frank: { isApproved: false },
    grace: { isConfirmed: false, confirmationToken: 'grace-confirmation-token' },
    heidi: { isLocked: true },
    mallory: { bio: 'bio of mallory', avatar: {}, passwordHash: '$argon2id$', noteCount: 2 },
  };
  await world.user({ nickname: 'mod', isModerator: true });
  const people = new Map<string, TestUser>();
  for (const nickname of names)
    people.set(nickname, await world.user({ nickname, ...particular[nickname] }));
  const person = (nickname: (typeof names)[number]): TestUser =>
    people.get(nickname) ?? world.admin;
  for (const [follower, followed] of [
    ['alice', 'bob'],
    ['bob', 'alice'],
    ['carol', 'alice'],
    ['alice', 'mallory'],
    ['mallory', 'alice'],
    ['rob@remote.example', 'alice'],
    ['rob@remote.example', 'mallory'],
    ['alice', 'rob@remote.example'],
  ] as const) {
    await world.follow(person(follower), person(followed));
  }
  await makePosts(world).act(person('alice'), 'Follow', person('rob@remote.example').apId, {
    state: 'pending',
  });
  await makeSessions(world, person('mallory'));
  const time = wholeSeconds(new Date());
  await world.database.prisma.invite.create({
    data: {
      token: usedInvite,
      used: true,
      inviteType: 'one_time',
      insertedAt: time,
      updatedAt: time,
    },
    select: { id: true },
  });
}

async function makeSessions(world: World, user: TestUser): Promise<void> {
  const token = await world.token(user);
  const time = wholeSeconds(new Date());
  const { appId } = await world.database.prisma.oAuthToken.findFirstOrThrow({
    where: { token },
    select: { appId: true },
  });
  await world.database.prisma.oAuthAuthorization.create({
    data: {
      appId,
      userId: user.id,
      token: `code-of-${user.nickname}`,
      scopes: ['read'],
      validUntil: new Date(Date.now() + 3_600_000),
      used: false,
      insertedAt: time,
      updatedAt: time,
    },
    select: { id: true },
  });
}

/** The follow of rob is accepted, and yet not there. */
export async function breakFollow(world: World): Promise<void> {
  await world.database.pool.query(
    `update activities set data = data || '{"state": "accept"}' where data->>'type' = 'Follow'`,
  );
  await world.database.pool.query(
    `delete from following_relationships r using users f, users t where f.id = r.follower_id and t.id = r.following_id and f.nickname = 'alice' and t.nickname = 'rob@remote.example'`,
  );
  await world.database.pool.query(`update users set following_count = 2 where nickname = 'alice'`);
}
