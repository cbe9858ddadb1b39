import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '../database/database.js';
import type { Family } from '../database/family.js';
import { flakeFromUuid } from '../database/flake.js';
import type { CachedAccount } from '../database/fetch-actor.js';
import { enqueueAll, type LeftJob } from './outbox.js';

/** Accounts one job refreshes within the time the instance gives it (5 s on Akkoma). */
const accountsPerJob = 500;
/** Seconds between the starts of the jobs of one transaction. */
const secondsBetweenJobs = 5;
/** Milliseconds a transaction waits at most for a refresh under way, and between two looks. */
const guard = { patience: 1_000, pause: 10 };

/**
 * Makes a running instance read active local accounts anew, in the caller's transaction and after the change
 * itself. Its cache of accounts never expires, and no job of its own refreshes a single account. But
 * deactivating or activating an account refreshes every active local account it follows. So `internal.fetch`,
 * the instance's own actor, which follows nobody, is made to follow the changed accounts, and a job repeats
 * the activation state it has already: the instance removes the follows and takes each account into its cache
 * as the table has it. Nothing federates and nothing is logged.
 *
 * Two refreshes at once could leave the older state in the cache. So jobs that wait are held back until the
 * caller's transaction ends, and one under way is awaited, for a second at most.
 * @param actor `internal.fetch`.
 * @param ids uuids of active local accounts, each once; the follow of any other would stay.
 */
export async function touchAccounts(
  tx: Transaction,
  family: Family,
  actor: CachedAccount,
  ids: readonly string[],
  now: Date,
): Promise<LeftJob[]> {
  await awaitRefreshes(tx, flakeFromUuid(actor.id));
  await tx.$executeRaw`
    insert into following_relationships (follower_id, following_id, state, inserted_at, updated_at)
    select ${actor.id}::uuid, u.id, 2, ${now}::timestamp, ${now}::timestamp
    from unnest(${[...ids]}::uuid[]) with ordinality u(id, place) order by u.place
    on conflict (follower_id, following_id) do nothing`;
  const jobs = Array.from({ length: Math.ceil(ids.length / accountsPerJob) }, (_, index) => ({
    purpose: 'touch' as const,
    actorId: actor.id,
    isActive: actor.isActive,
    delay: index * secondsBetweenJobs,
  }));
  return enqueueAll(tx, family, jobs, now);
}

/** Oban takes jobs with SKIP LOCKED: those locked here cannot start before the caller's transaction ends. */
async function awaitRefreshes(tx: Transaction, actorFlake: string): Promise<void> {
  await tx.$queryRaw`
    select id from oban_jobs
    where state in ('available', 'scheduled', 'retryable') and queue = 'background'
      and args @> jsonb_build_object('op', 'user_activation', 'user_id', ${actorFlake}::text)
    order by id for update`;
  const deadline = performance.now() + guard.patience;
  // The row of a process that was killed stays `executing` for ever: hence the bound on its age.
  while (await isRefreshing(tx, actorFlake)) {
    if (performance.now() > deadline) return;
    await sleep(guard.pause);
  }
}

async function isRefreshing(tx: Transaction, actorFlake: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from oban_jobs
    where state = 'executing' and queue = 'background'
      and attempted_at > timezone('utc', clock_timestamp()) - interval '10 seconds'
      and args @> jsonb_build_object('op', 'user_activation', 'user_id', ${actorFlake}::text)
    limit 1`;
  return rows.length > 0;
}
