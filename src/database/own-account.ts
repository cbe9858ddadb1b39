import type { Database } from './database.js';
import { birthdaySql } from './accounts.js';
import { Prisma } from './generated/prisma/client.js';

const birthdayText = Prisma.raw(birthdaySql);

const select = {
  id: true,
  nickname: true,
  name: true,
  email: true,
  bio: true,
  rawBio: true,
  apId: true,
  uri: true,
  avatar: true,
  banner: true,
  background: true,
  emoji: true,
  fields: true,
  rawFields: true,
  tags: true,
  actorType: true,
  isLocked: true,
  isAdmin: true,
  isModerator: true,
  isConfirmed: true,
  isSuggested: true,
  isDiscoverable: true,
  noRichText: true,
  showRole: true,
  defaultScope: true,
  hideFollowers: true,
  hideFollowersCount: true,
  hideFollows: true,
  hideFollowsCount: true,
  hideFavorites: true,
  allowFollowingMove: true,
  skipThreadContainment: true,
  alsoKnownAs: true,
  pleromaSettingsStore: true,
  notificationSettings: true,
  followerCount: true,
  followingCount: true,
  noteCount: true,
  insertedAt: true,
  lastStatusAt: true,
} satisfies Prisma.UserSelect;

interface Counts {
  readonly followRequests: number;
  readonly unreadNotifications: number;
  readonly unreadConversations: number;
  /** Akkoma only. */
  readonly statusTtlDays: number | null;
  readonly permitFollowback: boolean;
  readonly acceptsDirectMessagesFrom: string;
  /** Pleroma only. */
  readonly acceptsChatMessages: boolean | null;
  readonly birthday: string | null;
  readonly showBirthday: boolean;
}

/** All an account may read of itself (docs/instance/oauth.md#own-account). */
export type OwnAccountRow = Prisma.UserGetPayload<{ select: typeof select }> & Counts;

export async function readOwnAccount(
  { prisma, family }: Database,
  userId: string,
): Promise<OwnAccountRow> {
  const row = await prisma.user.findUniqueOrThrow({ where: { id: userId }, select });
  const own =
    family === 'akkoma'
      ? Prisma.sql`u.status_ttl_days as "statusTtlDays", u.permit_followback as "permitFollowback", u.accepts_direct_messages_from as "acceptsDirectMessagesFrom",
          null::boolean as "acceptsChatMessages", null::text as birthday, false as "showBirthday"`
      : Prisma.sql`null::integer as "statusTtlDays", false as "permitFollowback", 'everybody' as "acceptsDirectMessagesFrom",
          u.accepts_chat_messages as "acceptsChatMessages", ${birthdayText} as birthday, u.show_birthday as "showBirthday"`;
  const [counts] = await prisma.$queryRaw<Counts[]>`
    select ${own},
      (select count(*)::integer from following_relationships r join users f on f.id = r.follower_id where r.following_id = u.id and r.state = 1 and f.is_active) as "followRequests",
      (select count(*)::integer from notifications n where n.user_id = u.id and not n.seen) as "unreadNotifications",
      (select count(*)::integer from conversation_participations c where c.user_id = u.id and not c.read) as "unreadConversations"
    from users u where u.id = ${userId}::uuid`;
  if (!counts) throw new Error('the account was there a moment ago');
  return { ...row, ...counts };
}
