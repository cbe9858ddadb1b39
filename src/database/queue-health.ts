import type { Database } from './database.js';
import { isQueueRunning } from './instance-queue.js';

/** What is to be seen of the instance's Oban in its tables. */
export interface QueueHealth {
  /** Whether a leader renews its lease; undefined = Steward cannot see it. */
  readonly isRunning: boolean | undefined;
  /** Jobs that were started in the last five minutes and whose rows are still there. */
  readonly startedLately: number;
  /** Queues with jobs that are due, in alphabetical order. */
  readonly queues: readonly WaitingQueue[];
  /** Jobs of the kinds Steward leaves that failed, by worker and state. */
  readonly failed: readonly FailedJobs[];
}

export interface WaitingQueue {
  readonly queue: string;
  readonly waiting: number;
  /** How long the oldest has been due. */
  readonly oldestSeconds: number;
}

export interface FailedJobs {
  readonly worker: string;
  readonly state: 'retryable' | 'discarded';
  readonly count: number;
  /** First line of the newest error. */
  readonly error: string;
}

/** Workers and operations by which jobs of Steward's kinds are known; the rows do not say who left them. */
export interface JobKinds {
  readonly workers: readonly string[];
  /** Of workers that have several, e.g. `publish` and not the `publish_one` the instance makes of it. */
  readonly ops: readonly string[];
}

/** Looks at the queue; finished rows stay for a minute on Akkoma and a quarter of an hour on Pleroma. */
export async function queueHealth(database: Database, kinds: JobKinds): Promise<QueueHealth> {
  const { prisma } = database;
  const [isRunning, [lately], queues, failed] = await Promise.all([
    isQueueRunning(database),
    prisma.$queryRaw<{ started: number }[]>`
      select count(*)::integer as started from oban_jobs
      where state in ('completed', 'executing', 'retryable', 'discarded')
        and attempted_at > timezone('utc', clock_timestamp()) - interval '5 minutes'`,
    prisma.$queryRaw<WaitingQueue[]>`
      select queue, count(*)::integer as waiting,
        coalesce(extract(epoch from timezone('utc', clock_timestamp())
          - min(scheduled_at) filter (where isfinite(scheduled_at))), 0)::float8 as "oldestSeconds"
      from oban_jobs
      where state = 'available' and scheduled_at <= timezone('utc', clock_timestamp())
      group by queue order by queue`,
    prisma.$queryRaw<FailedJobs[]>`
      select worker, state::text as state, count(*)::integer as count,
        left(split_part(coalesce((array_agg(errors[array_upper(errors, 1)]->>'error'
          order by attempted_at desc nulls last))[1], ''), E'\n', 1), 200) as error
      from oban_jobs
      where state in ('retryable', 'discarded') and worker = any(${[...kinds.workers]}::text[])
        and coalesce(args->>'op', '') = any(${['', ...kinds.ops]}::text[])
      group by worker, state order by worker, state`,
  ]);
  return { isRunning, startedLately: lately?.started ?? 0, queues, failed };
}
