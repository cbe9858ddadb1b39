import type { Transaction } from './database.js';
import type { Family } from './family.js';
import { newFlake } from './flake.js';
import { wholeSeconds } from './time.js';

export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * A local account as it is stored (docs/instance/accounts.md#row-content); what is not named here
 * is the table's default.
 */
export interface LocalUser {
  readonly nickname: string;
  readonly email: string | null;
  readonly name: string;
  readonly bio: string;
  readonly baseUrl: string;
  readonly passwordHash: string;
  readonly keys: KeyPair;
  readonly isApproved: boolean;
  /** null = confirmed. */
  readonly confirmationToken: string | null;
  readonly now: Date;
}

/** Stores a local account with its keys: signing_keys on Akkoma, users.keys on Pleroma (§2.3). Returns its uuid. */
export async function insertLocalUser(
  tx: Transaction,
  family: Family,
  user: LocalUser,
): Promise<string> {
  const apId = `${user.baseUrl}/users/${user.nickname}`;
  const time = wholeSeconds(user.now);
  const id = newFlake(user.now);
  await tx.user.create({
    data: {
      id,
      nickname: user.nickname,
      email: user.email,
      name: user.name,
      bio: user.bio,
      apId,
      passwordHash: user.passwordHash,
      local: true,
      followerAddress: `${apId}/followers`,
      followingAddress: `${apId}/following`,
      featuredAddress: `${apId}/collections/featured`,
      isApproved: user.isApproved,
      isConfirmed: user.confirmationToken === null,
      confirmationToken: user.confirmationToken,
      avatar: {},
      banner: {},
      background: {},
      insertedAt: time,
      updatedAt: time,
    },
    select: { id: true },
  });
  if (family === 'akkoma') {
    await tx.signingKey.create({
      data: {
        userId: id,
        keyId: `${apId}#main-key`,
        publicKey: user.keys.publicKey,
        privateKey: user.keys.privateKey,
        insertedAt: time,
        updatedAt: time,
      },
      select: { keyId: true },
    });
  } else {
    await tx.$executeRaw`update users set keys = ${user.keys.privateKey}, accepts_chat_messages = true where id = ${id}::uuid`;
  }
  return id;
}
