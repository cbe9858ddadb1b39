import type { Transaction } from '../database/database.js';
import { flakeFromUuid } from '../database/flake.js';

/**
 * Cancels what waits in the instance's queue to activate or deactivate these accounts: a later job could
 * otherwise run beside it and lose.
 * @returns whether such a job is running this moment. It may still write the state it was left for, so the
 * caller must give up its row locks and try again.
 */
export async function cancelActivations(
  tx: Transaction,
  userIds: readonly string[],
  now: Date,
): Promise<boolean> {
  const flakes = userIds.map(flakeFromUuid);
  await tx.$executeRaw`
    update oban_jobs set state = 'cancelled', cancelled_at = ${now}::timestamp
    where state in ('available', 'scheduled', 'retryable') and queue = 'background'
      and args->>'op' = 'user_activation' and args->>'user_id' = any(${flakes}::text[])`;
  // The row of a process that was killed stays `executing` for ever: hence the bound on its age.
  const running = await tx.$queryRaw<unknown[]>`
    select 1 from oban_jobs
    where state = 'executing' and queue = 'background'
      and attempted_at > timezone('utc', clock_timestamp()) - interval '10 seconds'
      and args->>'op' = 'user_activation' and args->>'user_id' = any(${flakes}::text[])
    limit 1`;
  return running.length > 0;
}
