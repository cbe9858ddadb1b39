import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database/database.js';
import { companionWorker } from './jobs.js';
import { enqueueAll } from './outbox.js';

/** What became of a `hello` job, by its row. */
export type Answer =
  /** The module ran it and said who it is. */
  | {
      readonly kind: 'answered';
      readonly version: number;
      readonly instance: string;
      readonly ops: readonly string[];
    }
  /** The instance knows no such module. */
  | { readonly kind: 'discarded' }
  /** Nobody has taken it yet. */
  | { readonly kind: 'waiting'; readonly jobId: bigint }
  /** The row was pruned, or its process was killed: ask again. */
  | { readonly kind: 'gone' };

/** Milliseconds: how long an answer is awaited, and between two looks. */
const patience = 2_000;
const pause = 20;
/** A job that has been running for so many seconds belongs to a process that was killed. */
const maxRunLength = 60;
/** Processes that ask at the same moment share one row. */
const lockKey = 7_313_662_015;

/**
 * Asks the instance whether it has the companion module: leaves a `hello` job, which only the module can run,
 * and reads its row until it was run, for two seconds at most. A `hello` that waits already stands for this
 * one, so there is never a second. Call it outside of transactions.
 */
export async function sayHello(database: Database, now: Date): Promise<Answer> {
  const jobId = await leaveHello(database, now);
  const deadline = performance.now() + patience;
  for (;;) {
    const answer = await answerOf(database, jobId);
    if (answer.kind !== 'waiting' || performance.now() > deadline) return answer;
    await sleep(pause);
  }
}

/** What has become of an earlier `hello` by now. */
export async function answerOf(database: Database, jobId: bigint): Promise<Answer> {
  const [row] = await database.prisma.$queryRaw<
    { state: string; meta: unknown; isStuck: boolean | null }[]
  >`
    select state::text as state, meta, state = 'executing'
      and attempted_at < timezone('utc', clock_timestamp()) - make_interval(secs => ${maxRunLength}::integer)
      as "isStuck"
    from oban_jobs where id = ${jobId}`;
  if (!row || row.isStuck === true) return { kind: 'gone' };
  if (row.state === 'discarded' || row.state === 'cancelled') return { kind: 'discarded' };
  if (row.state !== 'completed') return { kind: 'waiting', jobId };
  const meta: object = typeof row.meta === 'object' && row.meta !== null ? row.meta : {};
  const [version, instance, ops] = ['steward', 'instance', 'ops'].map((key): unknown =>
    Reflect.get(meta, key),
  );
  // Completed without a word: some other module of that name.
  if (typeof version !== 'number') return { kind: 'discarded' };
  return {
    kind: 'answered',
    version,
    instance: typeof instance === 'string' ? instance : 'unknown instance',
    ops: Array.isArray(ops) ? ops.filter((op): op is string => typeof op === 'string') : [],
  };
}

async function leaveHello(database: Database, now: Date): Promise<bigint> {
  return database.transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${lockKey}::bigint)`;
    const [waiting] = await tx.$queryRaw<{ id: bigint }[]>`
      select id from oban_jobs where state in ('available', 'scheduled', 'retryable')
        and queue = 'background' and worker = ${companionWorker} and args->>'op' = 'hello'
      order by id limit 1`;
    if (waiting) return waiting.id;
    const job = { purpose: 'companion', args: { op: 'hello' } } as const;
    const [left] = await enqueueAll(tx, database.family, [job], now);
    if (!left) throw new Error('a job was left and has no row');
    return left.id;
  });
}

/** Whether a job for the module has failed since: the module may be gone. */
export async function hasFailedSince(database: Database, since: Date): Promise<boolean> {
  const rows = await database.prisma.$queryRaw<unknown[]>`
    select 1 from oban_jobs where state in ('retryable', 'discarded') and queue = 'background'
      and worker = ${companionWorker} and attempted_at > ${since}::timestamp limit 1`;
  return rows.length > 0;
}
