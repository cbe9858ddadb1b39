import type { Prisma } from './generated/prisma/client.js';

/** The columns of the credentials view (facts/users.md §4), which both families have. */
export const credentialsSelect = {
  id: true, bio: true, email: true, fields: true, name: true, nickname: true, isLocked: true, noRichText: true, defaultScope: true, hideFollows: true,
  hideFollowersCount: true, hideFollowsCount: true, hideFollowers: true, hideFavorites: true, allowFollowingMove: true, showRole: true,
  skipThreadContainment: true, pleromaSettingsStore: true, rawFields: true, isDiscoverable: true, actorType: true, avatar: true, banner: true, background: true,
} satisfies Prisma.UserSelect;

export type CredentialsRow = Prisma.UserGetPayload<{ select: typeof credentialsSelect }>;
