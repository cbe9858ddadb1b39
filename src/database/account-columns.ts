import type { Prisma } from './generated/prisma/client.js';

/** The columns operations hand to the doors: all a door shows of an account, no secret, no key. */
export const userSelect = {
  id: true,
  nickname: true,
  name: true,
  email: true,
  bio: true,
  apId: true,
  uri: true,
  local: true,
  avatar: true,
  banner: true,
  tags: true,
  actorType: true,
  isActive: true,
  isAdmin: true,
  isModerator: true,
  isConfirmed: true,
  isApproved: true,
  isSuggested: true,
  isLocked: true,
  isDiscoverable: true,
  invisible: true,
  passwordResetPending: true,
  registrationReason: true,
  followerCount: true,
  followingCount: true,
  noteCount: true,
  followerAddress: true,
  insertedAt: true,
  updatedAt: true,
  lastActiveAt: true,
  lastStatusAt: true,
} satisfies Prisma.UserSelect;

/**
 * {@link userSelect} and what Mastodon's account JSON shows on top of it
 * (docs/instance/moderation.md#merged-account).
 */
export const accountSelect = {
  ...userSelect,
  rawBio: true,
  fields: true,
  rawFields: true,
  emoji: true,
  background: true,
  alsoKnownAs: true,
  showRole: true,
  hideFollowersCount: true,
  hideFollowsCount: true,
  hideFollowers: true,
  hideFollows: true,
  hideFavorites: true,
  skipThreadContainment: true,
  pinnedObjects: true,
} satisfies Prisma.UserSelect;

/** An account with all that any answer shows of it. */
export type AccountRow = Prisma.UserGetPayload<{ select: typeof accountSelect }>;
