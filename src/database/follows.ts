import type { Transaction } from './database.js';
import { followState } from './relationships.js';

/**
 * Stores an accepted follow; an existing row, pending ones too, stays as it is
 * (docs/instance/accounts.md#follow-and-unfollow).
 */
export async function storeFollow(
  tx: Transaction,
  followerId: string,
  followingId: string,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    insert into following_relationships (follower_id, following_id, state, inserted_at, updated_at)
    values (${followerId}::uuid, ${followingId}::uuid, ${followState.accept}, ${now}::timestamp, ${now}::timestamp)
    on conflict (follower_id, following_id) do nothing`;
}

/** Takes an accepted or pending follow away; false when there was none. */
export async function removeFollow(
  tx: Transaction,
  followerId: string,
  followingId: string,
): Promise<boolean> {
  const { count } = await tx.followingRelationship.deleteMany({
    where: { followerId, followingId, state: { in: [followState.pending, followState.accept] } },
  });
  return count > 0;
}

const blockType = 1;

/**
 * Whether `blockerId` blocks the account, or its host without following the account
 * (docs/instance/accounts.md#follow-and-unfollow).
 */
export async function isBlocking(
  tx: Transaction,
  blockerId: string,
  account: { readonly id: string; readonly apId: string },
): Promise<boolean> {
  const host = new URL(account.apId).host;
  const [row] = await tx.$queryRaw<{ blocks: boolean }[]>`
    select exists (select from user_relationships where source_id = ${blockerId}::uuid and target_id = ${account.id}::uuid and relationship_type = ${blockType})
      or exists (select from users where id = ${blockerId}::uuid and ${host} = any(domain_blocks)
                 and not exists (select from following_relationships where follower_id = ${blockerId}::uuid and following_id = ${account.id}::uuid and state = ${followState.accept}))
      as blocks`;
  return row?.blocks ?? false;
}
