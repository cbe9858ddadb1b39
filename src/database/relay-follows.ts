import type { Transaction } from './database.js';
import type { Family } from './family.js';
import { newFlake } from './flake.js';
import type { JsonObject } from './json.js';
import { followState } from './relationships.js';
import { createdObject } from './status-references.js';
import type { KeyPair } from './user-insert.js';

/**
 * Stores the instance's own relay actor (docs/instance/moderation.md#relays). Another process may
 * have been first: then nothing is stored.
 */
export async function insertRelayActor(
  tx: Transaction,
  family: Family,
  apId: string,
  keys: KeyPair,
  now: Date,
): Promise<void> {
  const shared = {
    nickname: 'relay',
    bio: '',
    apId,
    local: true,
    invisible: true,
    followerAddress: `${apId}/followers`,
    avatar: {},
    banner: {},
    background: {},
    insertedAt: now,
    updatedAt: now,
  };
  const own =
    family === 'akkoma' ? { actorType: 'Application', followingAddress: `${apId}/following` } : {};
  const id = newFlake(now);
  const { count } = await tx.user.createMany({
    data: [{ ...shared, ...own, id }],
    skipDuplicates: true,
  });
  if (count === 0) return;
  if (family === 'akkoma') {
    await tx.signingKey.create({
      data: { userId: id, keyId: `${apId}#main-key`, ...keys, insertedAt: now, updatedAt: now },
      select: { keyId: true },
    });
  } else {
    await tx.$executeRaw`update users set keys = ${keys.privateKey} where id = ${id}::uuid`;
  }
}

/** Stores a follow in a state; whatever relationship there is stays. */
export async function storeRelayFollow(
  tx: Transaction,
  followerId: string,
  followingId: string,
  state: number,
  now: Date,
): Promise<void> {
  await tx.followingRelationship.createMany({
    data: [{ followerId, followingId, state, insertedAt: now, updatedAt: now }],
    skipDuplicates: true,
  });
}

/** Whether the relationship is accepted. */
export async function isFollowing(
  tx: Transaction,
  followerId: string,
  followingId: string,
): Promise<boolean> {
  return (
    (await tx.followingRelationship.count({
      where: { followerId, followingId, state: followState.accept },
    })) > 0
  );
}

/** The newest Follow of `actor` for `followed` that was not taken back, locked: uuid and data. */
export async function latestFollow(
  tx: Transaction,
  family: Family,
  actor: string,
  followed: string,
): Promise<{ id: string; data: JsonObject } | undefined> {
  const [row] = await tx.$queryRaw<{ id: string; data: JsonObject }[]>`
    select a.id::text as id, a.data from activities a
    where ${createdObject[family]} = ${followed} and a.data->>'type' = 'Follow' and a.data->>'actor' = ${actor}
      and coalesce(a.data->>'state', '') <> 'cancelled' order by a.id desc limit 1 for update`;
  return row;
}
