import type { Transaction } from './database.js';
import { isNotFetchActor } from './fetch-actor.js';

/** `state` of following_relationships (docs/instance/accounts.md#relationship-counters). */
export const followState = { pending: 1, accept: 2, reject: 3 } as const;

/**
 * Sets `follower_count` of these accounts to what the relationships say
 * (docs/instance/accounts.md#relationship-counters): accepted rows of active, non-internal
 * accounts other than oneself. Remote accounts are left alone: their counters are their own instance's.
 * @returns the ids of those whose counter is another now.
 */
export async function recountFollowers(
  tx: Transaction,
  userIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update users u set follower_count = c.total, updated_at = ${now}::timestamp
    from (select x.id, (select count(*) from following_relationships r join users f on f.id = r.follower_id
            where r.following_id = x.id and r.state = 2 and f.id <> x.id and f.is_active and f.nickname not like 'internal.%') as total
          from users x where x.id = any(${[...userIds]}::uuid[]) and x.local) c
    where u.id = c.id and u.follower_count <> c.total
    returning u.id::text as id`;
  return rows.map(({ id }) => id);
}

/** The same for `following_count`, over the accounts followed. */
export async function recountFollowing(
  tx: Transaction,
  userIds: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update users u set following_count = c.total, updated_at = ${now}::timestamp
    from (select x.id, (select count(*) from following_relationships r join users f on f.id = r.following_id
            where r.follower_id = x.id and r.state = 2 and f.id <> x.id and f.is_active and f.nickname not like 'internal.%') as total
          from users x where x.id = any(${[...userIds]}::uuid[]) and x.local) c
    where u.id = c.id and u.following_count <> c.total
    returning u.id::text as id`;
  return rows.map(({ id }) => id);
}

/** Ids of the local accounts that follow this one. */
export async function localFollowersOf(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select f.id::text from following_relationships r join users f on f.id = r.follower_id
    where r.following_id = ${userId}::uuid and r.state = 2 and f.local and ${isNotFetchActor('f')}`;
  return rows.map((row) => row.id);
}

/** A relationship that was taken away. */
export interface RemovedFollow {
  readonly followerId: string;
  readonly follower: string;
  readonly followedId: string;
  readonly followed: string;
}

/**
 * Takes the follows between these accounts and others away, as the tasks `deactivate` and
 * `unsubscribe` promise (docs/instance/accounts.md#shell-tasks): local followers,
 * requests among them, and what the accounts follow: local, active ones, or with `remote` all. Oldest first.
 */
export function removeFollowsAround(
  tx: Transaction,
  userIds: readonly string[],
  remote: boolean,
): Promise<RemovedFollow[]> {
  const ids = [...userIds];
  return tx.$queryRaw<RemovedFollow[]>`
    with removed as (
      delete from following_relationships r using users f, users t
      where f.id = r.follower_id and t.id = r.following_id and ${isNotFetchActor('f')} and ${isNotFetchActor('t')}
        and ((t.id = any(${ids}::uuid[]) and f.local and r.state in (1, 2)) or (f.id = any(${ids}::uuid[]) and r.state = 2 and (${remote}::boolean or (t.local and t.is_active))))
      returning r.id, f.id::text as "followerId", f.nickname::text as follower, t.id::text as "followedId", t.nickname::text as followed)
    select "followerId", follower, "followedId", followed from removed order by id`;
}

/** Takes away what an account follows among local, active accounts; returns the ids it followed. */
export async function removeLocalFollows(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    delete from following_relationships r using users f
    where f.id = r.following_id and r.follower_id = ${userId}::uuid and r.state = 2 and f.local and f.is_active
    returning f.id::text`;
  return rows.map((row) => row.id);
}
