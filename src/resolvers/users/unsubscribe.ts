import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import {
  recountFollowers,
  recountFollowing,
  removeFollowsAround,
} from '../../database/relationships.js';
import { wholeSeconds } from '../../database/time.js';
import { deactivate, type LockedAccount } from '../../database/user-crowds.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { activationChange, noticeDeactivation } from './activation.js';
import { keepAnAdmin } from './last-admin.js';
import { lockTargets } from './targets.js';

/** An account after {@link usersUnsubscribe}, and what was taken away. */
export interface Unsubscribed {
  readonly nickname: string;
  /** False = it was deactivated before, and stays as it was. */
  readonly wasActive: boolean;
  /** Nicknames of those whose relationship with it is gone: local followers, and whom it followed. */
  readonly from: readonly string[];
}

export interface UnsubscribeInput {
  readonly users: readonly UserReference[];
  /** Takes what the accounts follow elsewhere away too, as `unsubscribe` did in 2019. */
  readonly remoteFollows?: boolean | undefined;
}

/**
 * Deactivates accounts and unsubscribes local users from them, all or none: what the documents promise of `deactivate` and
 * `unsubscribe` (docs/documented-api.md#where-the-documents-and-the-programs-differ). Relationships
 * and counters, no federation. Inactive accounts stay as they are, unless with
 * `remoteFollows`: the task of 2019 made no difference.
 */
export const usersUnsubscribe = operation({
  name: 'usersUnsubscribe',
  access: {
    role: 'admin',
    scope: 'admin:write:accounts',
    pleroma: { role: 'admin', privilege: 'users_manage_activation_state' },
  },
  run: (
    context,
    { users: references, remoteFollows = false }: UnsubscribeInput,
  ): Promise<{ users: UserRow[]; unsubscribed: Unsubscribed[] }> =>
    activationChange(context, async (tx, prepare) => {
      const users = await lockTargets(context, tx, references, 'deactivate', ['users']);
      await prepare(users.map(({ id }) => id));
      const unsubscribed = await unsubscribe(context, tx, users, remoteFollows);
      if (users.some((user) => user.isAdmin)) await keepAnAdmin(tx, ['users']);
      if (unsubscribed.some(isChanged))
        await writeLog(context, tx, {
          action: 'deactivate',
          subject: users.map(loggedUser),
          steward_action: 'unsubscribe',
        });
      return {
        users: await usersByIds(
          tx,
          users.map((user) => user.id),
        ),
        unsubscribed,
      };
    }),
});

/** Whether anything was taken away from an account. */
export function isChanged({ wasActive, from }: Unsubscribed): boolean {
  return wasActive || from.length > 0;
}

/** What {@link usersUnsubscribe} does with locked accounts: a fixed number of statements, however many there are. */
export async function unsubscribe(
  context: OperationContext,
  tx: Transaction,
  accounts: readonly LockedAccount[],
  remoteFollows: boolean,
): Promise<Unsubscribed[]> {
  const now = wholeSeconds(context.now());
  const ids = accounts
    .filter((account) => account.isActive || remoteFollows)
    .map((account) => account.id);
  const removed = await removeFollowsAround(tx, ids, remoteFollows);
  await deactivate(tx, ids, now);
  const changed = [
    ...(await recountFollowing(tx, [...ids, ...removed.map(({ followerId }) => followerId)], now)),
    ...(await recountFollowers(tx, [...ids, ...removed.map(({ followedId }) => followedId)], now)),
  ];
  await noticeDeactivation(context, tx, ids, changed);
  const others = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
  for (const { followerId, follower, followedId, followed } of removed) {
    others.get(followedId)?.add(follower);
    others.get(followerId)?.add(followed);
  }
  return accounts.map(({ id, nickname, isActive }) => ({
    nickname: nickname ?? '',
    wasActive: isActive,
    from: [...(others.get(id) ?? [])],
  }));
}
