import type { OperationContext } from '../../context.js';
import { objectOf, textOf } from '../../database/json.js';
import {
  countOwnActivities,
  nextOwnActivities,
  type OwnActivity,
} from '../../database/own-activities.js';
import { statusesByIds } from '../../database/statuses.js';
import type { UserReference, UserRow } from '../../database/users.js';
import type { Transaction } from '../../database/database.js';
import { failure } from '../../errors.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { removeStatuses, settle } from '../statuses/remove.js';
import { undoReactions } from '../statuses/undo-reactions.js';
import { lockLocalTarget } from './targets.js';

export interface DeleteActivitiesInput {
  readonly user: UserReference;
  /** At most so many activities; the answer says how many remain. Default: all there are at the beginning. */
  readonly limit?: number | undefined;
  /** Only counts. */
  readonly dryRun?: boolean | undefined;
  /** Called after every batch. A function, so only callers within the process have one. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What was done, or, of a dry run, what would be. */
export interface DeletedActivities {
  readonly user: UserRow;
  readonly statuses: number;
  /** Likes and boosts taken back. */
  readonly reactions: number;
  readonly remaining: number;
}

const batchSize = 50;
const lowest = '00000000-0000-0000-0000-000000000000';

/**
 * Deletes a local account's statuses and takes its likes and boosts back
 * (docs/instance/accounts.md#deleting-what-an-account-wrote), oldest first, in batches with one
 * transaction each: after a crash a batch is there whole or not at all, and calling again goes on with what is left. Signed by the account
 * itself. The log row is written with the first batch; the log knows no nearer action than `updated_users`.
 */
export const userDeleteActivities = operation({
  name: 'userDeleteActivities',
  access: {
    role: 'admin',
    scope: 'admin:write:statuses',
    pleroma: { role: 'admin', privilege: 'messages_delete' },
  },
  run: async (
    context,
    { limit = Infinity, dryRun = false, onProgress, user: reference }: DeleteActivitiesInput,
  ): Promise<DeletedActivities> => {
    if (limit < 1) throw failure('INVALID', 'limit must be at least 1.', ['limit']);
    const { user, found } = await survey(context, reference);
    const all = found.statuses + found.reactions;
    const total = Math.min(all, limit);
    if (dryRun || all === 0)
      return { user, statuses: found.statuses, reactions: found.reactions, remaining: all };
    const done = { seen: 0, statuses: 0, reactions: 0, last: lowest };
    let isOver = false;
    while (!isOver) {
      const isFirst = done.last === lowest;
      const stretch = {
        after: done.last,
        upTo: found.newest ?? lowest,
        limit: Math.min(batchSize, total - done.seen),
      };
      const batch = await context.database.transaction(async (tx) => {
        if (isFirst)
          await writeLog(context, tx, {
            action: 'updated_users',
            subject: [loggedUser(user)],
            steward_action: 'delete_activities',
          });
        return deleteBatch(context, tx, user, stretch);
      });
      await settle(context, batch.removal);
      done.seen += batch.seen;
      done.statuses += batch.statuses;
      done.reactions += batch.reactions;
      isOver = batch.last === undefined || done.seen >= total;
      done.last = batch.last ?? done.last;
      onProgress?.(done.seen, total);
    }
    return { user, statuses: done.statuses, reactions: done.reactions, remaining: all - total };
  },
});

function survey(context: OperationContext, reference: UserReference) {
  return context.database.transaction(async (tx) => {
    const user = await lockLocalTarget(context, tx, reference, 'take', ['user']);
    return { user, found: await countOwnActivities(tx, user.apId) };
  });
}

interface Stretch {
  readonly after: string;
  readonly upTo: string;
  readonly limit: number;
}

async function deleteBatch(
  context: OperationContext,
  tx: Transaction,
  user: UserRow,
  stretch: Stretch,
) {
  const batch = await nextOwnActivities(tx, user.apId, stretch);
  const created = onePerObject(batch.filter(({ type }) => type === 'Create'));
  const statuses = await statusesByIds(
    tx,
    created.map(({ id }) => id),
  );
  const locked = statuses.map((status) => ({ status, author: user }));
  const removal = await removeStatuses(context, tx, locked, () => user.apId);
  const reactions = await undoReactions(
    context,
    tx,
    user.apId,
    batch.filter(({ type }) => type !== 'Create'),
  );
  return {
    seen: batch.length,
    statuses: statuses.length,
    reactions,
    last: batch.at(-1)?.id,
    removal,
  };
}

/** Two activities that created one thing are deleted as one. */
function onePerObject(created: readonly OwnActivity[]): OwnActivity[] {
  return [
    ...new Map(
      created.map((activity) => [
        textOf(activity.data['object']) ??
          textOf(objectOf(activity.data['object'])['id']) ??
          activity.id,
        activity,
      ]),
    ).values(),
  ];
}
