import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { flakeFromUuid } from '../../database/flake.js';
import { isQueueRunning } from '../../database/instance-queue.js';
import { jobStates } from '../../database/job-states.js';
import { textOf } from '../../database/json.js';
import { cancelExpiry } from '../../database/status-delete.js';
import { findStatus, type StatusRow } from '../../database/statuses.js';
import { enqueueAll, type LeftJob } from '../../federation/outbox.js';
import { forget, noticeAccounts } from '../notice.js';
import { buryStatuses, countFewerQuotes } from './bury.js';
import type { LockedStatus } from './lock.js';

/** Milliseconds the instance's own deletions are awaited, and between two looks. */
const awaiting = { patience: 2_000, pause: 25 };

/** How statuses are being deleted. */
export interface Removal {
  readonly signerOf: (status: StatusRow) => string;
  /** Left to the instance, with the job of each. */
  readonly byInstance: readonly LockedStatus[];
  readonly jobs: readonly LeftJob[];
}

const notes = {
  pages:
    'Other servers that ask for a deleted status may still get it from the page cache of the instance. Only ' +
    'the companion module or a restart clears it.',
  queued: 'The instance deletes the statuses when it runs the jobs.',
};

/**
 * Deletes statuses in the caller's transaction. A running instance serves pages of local statuses to other
 * servers from a cache that only its own deletion clears. So, without the companion module, statuses of active
 * local accounts are left to a job of the instance, which deletes the same rows and signs as the author; the
 * others, and all where the instance does not run, are deleted here and now.
 * Call {@link settle} once the transaction is kept.
 * @param signerOf ActivityPub id of the account that signs the Delete of a status deleted here.
 */
export async function removeStatuses(
  context: OperationContext,
  tx: Transaction,
  statuses: readonly LockedStatus[],
  signerOf: (status: StatusRow) => string,
): Promise<Removal> {
  const { companion, database } = context;
  const isRunning = companion.isThere ? undefined : await isQueueRunning(database);
  const byInstance = isRunning === true ? statuses.filter(isForInstance) : [];
  const here = statuses.filter((status) => !byInstance.includes(status));
  if (here.length > 0) {
    await buryStatuses(context, tx, here, signerOf);
    await noticeAccounts(context, tx, localAuthorsOf(here));
    if (companion.isThere) await forgetStatuses(context, tx, here);
    else if (isRunning !== false && here.some(isServed))
      context.effects.add('NEEDS_MODULE', [], notes.pages);
  }
  return { signerOf, byInstance, jobs: await leaveToInstance(context, tx, byInstance) };
}

/**
 * Awaits what a kept {@link Removal} left to the instance, for two seconds at most. What the instance could
 * not delete is deleted here.
 */
export async function settle(context: OperationContext, removal: Removal): Promise<void> {
  const { byInstance, jobs, signerOf } = removal;
  if (jobs.length === 0) return;
  // Within an open transaction the instance cannot see the jobs yet.
  const { done, failed } = context.database.isInTransaction
    ? { done: new Set<bigint>(), failed: new Set<bigint>() }
    : await outcomes(context, jobs);
  const refused = byInstance.filter((_, index) => failed.has(jobs[index]?.id ?? -1n));
  if (refused.length > 0) {
    await context.database.transaction(async (tx) => {
      const left: LockedStatus[] = [];
      for (const { status, author } of refused) {
        const now = await findStatus(tx, flakeFromUuid(status.id), true);
        if (now) left.push({ status: now, author });
      }
      if (left.length === 0) return;
      await buryStatuses(context, tx, left, signerOf);
      await noticeAccounts(context, tx, localAuthorsOf(left));
      context.effects.add('NEEDS_MODULE', [], notes.pages);
    });
  }
  const isOver = jobs.every(({ id }) => done.has(id) || failed.has(id));
  if (isOver) context.effects.add('IMMEDIATE', jobs);
  else context.effects.add('QUEUED', jobs, notes.queued);
}

/** What the instance's own deletion needs: an active author of its own, and the object. */
function isForInstance({ status, author }: LockedStatus): boolean {
  return author?.local === true && author.isActive && status.objectId !== null;
}

/** Their counts and pins change with their statuses. */
function localAuthorsOf(statuses: readonly LockedStatus[]): string[] {
  return [
    ...new Set(statuses.flatMap(({ author }) => (author?.local === true ? [author.id] : []))),
  ];
}

/** Only local statuses have pages other servers ask for. */
function isServed({ status }: LockedStatus): boolean {
  return status.local;
}

async function leaveToInstance(
  context: OperationContext,
  tx: Transaction,
  statuses: readonly LockedStatus[],
): Promise<LeftJob[]> {
  const { family } = context.database;
  const now = context.now();
  if (family === 'pleroma' && statuses.length > 0) {
    // What Pleroma's own deletion leaves behind.
    await cancelExpiry(
      tx,
      statuses.map(({ status }) => flakeFromUuid(status.id)),
      now,
    );
    await countFewerQuotes(
      tx,
      statuses.map(({ status }) => status.object ?? {}),
    );
  }
  const jobs = statuses.map(({ status }) => ({
    purpose: 'delete-status' as const,
    statusId: status.id,
  }));
  return enqueueAll(tx, family, jobs, now);
}

async function forgetStatuses(
  context: OperationContext,
  tx: Transaction,
  statuses: readonly LockedStatus[],
): Promise<void> {
  await forget(context, tx, {
    objects: statuses.flatMap(({ status: { activity, object } }) =>
      [textOf(object?.['id']) ?? textOf(activity['object']), textOf(activity['id'])].filter(
        (id) => id !== undefined,
      ),
    ),
    activities: statuses.map(({ status }) => flakeFromUuid(status.id)),
  });
}

interface Outcomes {
  readonly done: ReadonlySet<bigint>;
  readonly failed: ReadonlySet<bigint>;
}

async function outcomes(
  { database }: OperationContext,
  jobs: readonly LeftJob[],
): Promise<Outcomes> {
  const deadline = performance.now() + awaiting.patience;
  const ids = jobs.map(({ id }) => id);
  for (;;) {
    const states = await jobStates(database.prisma, ids);
    const within = (...wanted: readonly string[]): Set<bigint> =>
      new Set(ids.filter((id) => wanted.includes(states.get(id) ?? 'completed'))); // completed rows are pruned
    const [done, failed] = [within('completed'), within('discarded', 'cancelled')];
    if (done.size + failed.size === ids.length || performance.now() > deadline)
      return { done, failed };
    await sleep(awaiting.pause);
  }
}
