import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from './world.js';

/** What an instance makes of a `hello` job. */
export type Hello =
  | { readonly version: number; readonly instance: string; readonly ops: readonly string[] }
  | 'has no module';

/** The rows of the companion's jobs, oldest first. */
export async function companionJobs(world: World): Promise<Record<string, unknown>[]> {
  const rows = await world.rows('oban_jobs', `worker = 'Steward.InstanceWorker'`);
  return rows.sort((one, other) => Number(one['id']) - Number(other['id']));
}

/** Takes the oldest waiting `hello` as an instance would, once there is one. */
export async function takeHello(world: World, hello: Hello): Promise<void> {
  const { pool } = world.database;
  const waiting = `select id from oban_jobs where state = 'available' and args->>'op' = 'hello' order by id limit 1`;
  for (;;) {
    const {
      rows: [job],
    } = await pool.query<{ id: string }>(waiting);
    if (job) {
      if (hello === 'has no module') await discard(world, job.id);
      else {
        const meta = { steward: hello.version, instance: hello.instance, ops: hello.ops };
        await pool.query(
          `update oban_jobs set state = 'completed', meta = $2, completed_at = timezone('UTC', now()) where id = $1`,
          [job.id, JSON.stringify(meta)],
        );
      }
      return;
    }
    await sleep(5);
  }
}

/** Ends a job as Oban does with a worker it does not know. */
export async function discard(world: World, id: string): Promise<void> {
  await world.database.pool.query(
    `update oban_jobs set state = 'discarded', attempt = 1, attempted_at = timezone('utc', clock_timestamp()),
       discarded_at = timezone('utc', clock_timestamp()), errors = array[$2::jsonb] where id = $1`,
    [
      id,
      JSON.stringify({
        attempt: 1,
        error: '** (RuntimeError) unknown worker: Steward.InstanceWorker',
      }),
    ],
  );
}

/** Whether a leader of the instance's queue renews its lease. */
export async function setQueueRunning(world: World, isRunning: boolean): Promise<void> {
  const { pool } = world.database;
  await pool.query('delete from oban_peers');
  if (!isRunning) return;
  await pool.query(
    `insert into oban_peers (name, node, started_at, expires_at)
     values ('Oban', 'akkoma@home', timezone('UTC', now()), timezone('UTC', now()) + interval '30 seconds')`,
  );
}
