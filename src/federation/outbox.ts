import type { Transaction } from '../database/database.js';
import type { Family } from '../database/family.js';
import { withinCalendar } from '../database/time.js';
import { jobRow, type Job } from './jobs.js';

/** A job that was left, as `oban_jobs` has it. */
export interface LeftJob {
  readonly id: bigint;
  /** Full name of the Elixir module. */
  readonly worker: string;
  readonly queue: string;
}

/**
 * Leaves jobs for the instance in the caller's transaction, in one statement: they run if, and only if, the
 * transaction is kept. The same statement wakes the queues concerned (`NOTIFY public.oban_insert`, one object
 * a queue, delivered at commit): a running Oban starts the jobs within some 20 ms instead of at its next
 * poll, a second later at most.
 * @returns the rows, in the order of `jobs`.
 */
export async function enqueueAll(
  tx: Transaction,
  family: Family,
  jobs: readonly Job[],
  now: Date,
): Promise<LeftJob[]> {
  if (jobs.length === 0) return [];
  const rows = jobs.map((job) => {
    const { queue, args, maxAttempts = 1, priority = 0, delay = 0, ...row } = jobRow(family, job);
    const worker = job.purpose === 'companion' ? row.worker : `Pleroma.Workers.${row.worker}`;
    const state = delay > 0 ? 'scheduled' : 'available';
    const scheduled_at = withinCalendar(now.getTime() + delay * 1_000);
    return { state, queue, worker, args, max_attempts: maxAttempts, priority, scheduled_at };
  });
  const left = await tx.$queryRaw<(LeftJob & { readonly isWoken: boolean })[]>`
    with added as (
      insert into oban_jobs
        (state, queue, worker, args, max_attempts, priority, inserted_at, scheduled_at)
      select r.state::oban_job_state, r.queue, r.worker, r.args, r.max_attempts, r.priority,
        ${now}::timestamp, r.scheduled_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r(state text, queue text, worker text,
        args jsonb, max_attempts integer, priority integer, scheduled_at timestamp)
      returning id, worker, queue, state
    ), woken as materialized (
      select q.queue, pg_notify('public.oban_insert', '{"queue":' || to_json(q.queue)::text || '}')
      from (select distinct queue from added where state = 'available') q
    )
    select a.id, a.worker, a.queue, w.queue is not null as "isWoken"
    from added a left join woken w on w.queue = a.queue order by a.id`;
  return left.map(({ id, worker, queue }) => ({ id, worker, queue }));
}
