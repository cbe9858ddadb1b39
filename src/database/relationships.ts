import type { Transaction } from './database.js';

/** `state` of following_relationships (facts/users.md §1.8). */
export const followState = { pending: 1, accept: 2, reject: 3 } as const;

/**
 * Sets `follower_count` of these accounts to what the relationships say (facts/users.md §1.8): accepted rows of active, non-internal
 * accounts other than oneself. Remote accounts are left alone: their counters are their own instance's.
 */
export async function recountFollowers(tx: Transaction, userIds: readonly string[], now: Date): Promise<void> {
  await tx.$executeRaw`
    update users u set follower_count = c.total, updated_at = ${now}::timestamp
    from (select x.id, (select count(*) from following_relationships r join users f on f.id = r.follower_id
            where r.following_id = x.id and r.state = 2 and f.id <> x.id and f.is_active and f.nickname not like 'internal.%') as total
          from users x where x.id = any(${[...userIds]}::uuid[]) and x.local) c
    where u.id = c.id and u.follower_count <> c.total`;
}

/** The same for `following_count`, over the accounts followed. */
export async function recountFollowing(tx: Transaction, userIds: readonly string[], now: Date): Promise<void> {
  await tx.$executeRaw`
    update users u set following_count = c.total, updated_at = ${now}::timestamp
    from (select x.id, (select count(*) from following_relationships r join users f on f.id = r.following_id
            where r.follower_id = x.id and r.state = 2 and f.id <> x.id and f.is_active and f.nickname not like 'internal.%') as total
          from users x where x.id = any(${[...userIds]}::uuid[]) and x.local) c
    where u.id = c.id and u.following_count <> c.total`;
}

/** Ids of the local accounts that follow this one. */
export async function localFollowersOf(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select f.id::text from following_relationships r join users f on f.id = r.follower_id
    where r.following_id = ${userId}::uuid and r.state = 2 and f.local`;
  return rows.map((row) => row.id);
}

/** Takes away what an account follows among local, active accounts; returns the ids it followed. */
export async function removeLocalFollows(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    delete from following_relationships r using users f
    where f.id = r.following_id and r.follower_id = ${userId}::uuid and r.state = 2 and f.local and f.is_active
    returning f.id::text`;
  return rows.map((row) => row.id);
}
