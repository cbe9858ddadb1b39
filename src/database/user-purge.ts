import type { Transaction } from './database.js';
import type { Family } from './family.js';
import { Prisma } from './generated/prisma/client.js';

/**
 * Empties the row of a deleted account; id, ap_id, nickname, keys and approval stay
 * (docs/instance/accounts.md#deleting-accounts step 3).
 */
export async function purgeUser(
  tx: Transaction,
  family: Family,
  userId: string,
  now: Date,
): Promise<void> {
  await tx.user.update({
    where: { id: userId },
    data: {
      bio: '',
      rawBio: null,
      email: null,
      name: null,
      passwordHash: null,
      lastRefreshedAt: null,
      lastDigestEmailedAt: null,
      registrationReason: null,
      confirmationToken: null,
      mascot: Prisma.DbNull,
      avatar: {},
      banner: {},
      background: {},
      emoji: {},
      pleromaSettingsStore: {},
      tags: [],
      domainBlocks: [],
      fields: [],
      rawFields: [],
      alsoKnownAs: [],
      noteCount: 0,
      followerCount: 0,
      followingCount: 0,
      isLocked: false,
      passwordResetPending: false,
      isActive: false,
      isModerator: false,
      isAdmin: false,
      isDiscoverable: false,
      updatedAt: now,
    },
    select: { id: true },
  });
  if (family === 'akkoma')
    await tx.$executeRaw`update users set mastofe_settings = null where id = ${userId}::uuid and mastofe_settings is not null`;
}
