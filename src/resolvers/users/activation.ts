import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { localFollowersOf, recountFollowers, recountFollowing, removeLocalFollows } from '../../database/relationships.js';
import { wholeSeconds } from '../../database/time.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import type { InputPath } from '../../errors.js';
import { operation } from '../operation.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { keepAnAdmin } from './last-admin.js';
import { demandPermission, lockTarget, lockTargets } from './targets.js';

const access = { role: 'staff', scope: 'admin:write:accounts' } as const;

/**
 * Sets the activation of one account (facts/users.md §5.6): the flag, the counters of its local followers, and what it follows among
 * local active accounts is taken away with both counters. Activating an active account changes nothing (§8 row 16). In a list each
 * account comes after the one before: what an account follows goes before the followed one is deactivated.
 */
export async function setActivation(context: OperationContext, tx: Transaction, user: UserRow, isActive: boolean): Promise<void> {
  if (isActive && user.isActive) return;
  const now = wholeSeconds(context.now());
  await tx.user.updateMany({ where: { id: user.id, isActive: !isActive }, data: { isActive, updatedAt: now } });
  await recountFollowing(tx, await localFollowersOf(tx, user.id), now);
  await recountFollowers(tx, await removeLocalFollows(tx, user.id), now);
  await recountFollowing(tx, [user.id], now);
}

async function changeActivation(context: OperationContext, references: readonly UserReference[], isActive: boolean): Promise<UserRow[]> {
  return context.database.transaction(async (tx) => {
    const users = await lockTargets(context, tx, references, isActive ? 'change' : 'deactivate', ['users']);
    return applyActivation(context, tx, users, isActive, ['users']);
  });
}

async function applyActivation(context: OperationContext, tx: Transaction, users: readonly UserRow[], isActive: boolean, path: InputPath): Promise<UserRow[]> {
  for (const user of users) await setActivation(context, tx, user, isActive);
  if (!isActive && users.some((user) => user.isAdmin)) await keepAnAdmin(tx, path);
  await writeLog(context, tx, { action: isActive ? 'activate' : 'deactivate', subject: users.map(loggedUser) });
  return usersByIds(tx, users.map((user) => user.id));
}

/** Activates accounts, all or none; answers them as they are now (facts/users.md §5.6). */
export const usersActivate = operation({
  name: 'usersActivate',
  access,
  run: (context, input: { readonly users: readonly UserReference[] }) => changeActivation(context, input.users, true),
});

/** Deactivates accounts, all or none. Local or remote; their followers stay, their tokens stop working (facts/users.md §5.6). */
export const usersDeactivate = operation({
  name: 'usersDeactivate',
  access,
  run: (context, input: { readonly users: readonly UserReference[] }) => changeActivation(context, input.users, false),
});

/** Activates an inactive account, deactivates an active one (documents 003/004 `toggle_activation`). */
export const userToggleActivation = operation({
  name: 'userToggleActivation',
  access,
  run: async (context, input: { readonly user: UserReference }): Promise<UserRow> =>
    context.database.transaction(async (tx) => {
      const user = await lockTarget(context, tx, input.user, 'change', ['user']);
      if (user.isActive) demandPermission(context, 'deactivate', user, ['user']);
      return applyActivation(context, tx, [user], !user.isActive, ['user']).then(([now]) => now ?? user);
    }),
});
