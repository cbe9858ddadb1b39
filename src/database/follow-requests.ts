import type { Transaction } from './database.js';
import type { Family } from './family.js';
import { createdObject } from './status-references.js';

/** A Follow activity as far as its state is concerned. */
export interface FollowRequest {
  /** uuid of the row. */
  readonly id: string;
  /** ActivityPub id. */
  readonly apId: string;
  /** null in activities of no state at all. */
  readonly state: string | null;
}

/** Every Follow of `actor` for `followed`, newest first, locked. */
export function lockFollowRequests(
  tx: Transaction,
  family: Family,
  actor: string,
  followed: string,
): Promise<FollowRequest[]> {
  return tx.$queryRaw<FollowRequest[]>`
    select a.id::text as id, a.data->>'id' as "apId", a.data->>'state' as state from activities a
    where ${createdObject[family]} = ${followed} and a.data->>'type' = 'Follow' and a.data->>'actor' = ${actor} order by a.id desc for update`;
}

/** Marks these Follows as rejected, and takes the notifications about them away. */
export async function rejectRequests(
  tx: Transaction,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw`update activities set data = data || '{"state": "reject"}', updated_at = ${now}::timestamp where id = any(${[...ids]}::uuid[])`;
  await tx.$executeRaw`delete from notifications where activity_id = any(${[...ids]}::uuid[])`;
}
