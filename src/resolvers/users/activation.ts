import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import {
  localFollowersOf,
  recountFollowers,
  recountFollowing,
  removeLocalFollows,
} from '../../database/relationships.js';
import { wholeSeconds } from '../../database/time.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import type { InputPath } from '../../errors.js';
import { cancelActivations } from '../../federation/activation.js';
import type { Job } from '../../federation/jobs.js';
import { leaveJobs, noticeAccounts, notes } from '../notice.js';
import { operation } from '../operation.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { endSessions } from './end-sessions.js';
import { keepAnAdmin } from './last-admin.js';
import { demandPermission, lockTarget, lockTargets } from './targets.js';

const access = {
  role: 'staff',
  scope: 'admin:write:accounts',
  pleroma: { privilege: 'users_manage_activation_state' },
} as const;

/** A job of the instance is changing the activation of one of the accounts this very moment. */
class ActivationUnderWay extends Error {
  override readonly name = 'ActivationUnderWay';
}

/** Milliseconds to wait for such a job at most, and between two tries. */
const underWay = { patience: 1_000, pause: 20 };

/**
 * Runs `work` in a transaction, again as long as the instance is changing the activation of one of the
 * accounts: its job waits for the row locks of the transaction, which must let go of them first.
 */
export async function activationChange<Result>(
  context: OperationContext,
  work: (tx: Transaction, prepare: (ids: readonly string[]) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const deadline = performance.now() + underWay.patience;
  for (;;) {
    try {
      return await context.database.transaction((tx) =>
        work(tx, async (ids) => {
          const isRunning = await cancelActivations(tx, ids, context.now());
          if (isRunning && performance.now() < deadline) throw new ActivationUnderWay();
        }),
      );
    } catch (error) {
      if (!(error instanceof ActivationUnderWay)) throw error;
      await sleep(underWay.pause);
    }
  }
}

/**
 * Sets the activation of one account: the flag, the counters of its local followers, and what it follows
 * among local active accounts is taken away with both counters. Activating an active account changes nothing.
 * In a list each account comes after the one before: what an account follows goes before the followed one is
 * deactivated.
 * @returns ids of the other accounts whose counters changed.
 */
async function setActivation(
  context: OperationContext,
  tx: Transaction,
  user: UserRow,
  isActive: boolean,
): Promise<string[]> {
  if (isActive && user.isActive) return [];
  const now = wholeSeconds(context.now());
  await tx.user.updateMany({
    where: { id: user.id, isActive: !isActive },
    data: { isActive, updatedAt: now },
  });
  const followers = await recountFollowing(tx, await localFollowersOf(tx, user.id), now);
  const followed = await recountFollowers(tx, await removeLocalFollows(tx, user.id), now);
  await recountFollowing(tx, [user.id], now);
  return [...followers, ...followed];
}

/**
 * Leaves what tells the running instance that accounts are deactivated, and ends what they are signed in with,
 * authorization codes included: that must not wait for a job.
 * @param others ids of accounts that changed with them.
 */
export async function noticeDeactivation(
  context: OperationContext,
  tx: Transaction,
  ids: readonly string[],
  others: readonly string[],
): Promise<void> {
  await endSessions(context, tx, ids);
  const job = (userId: string): Job => ({ purpose: 'set-activation', userId, isActive: false });
  await leaveJobs(context, tx, ids.map(job), notes.activation);
  await noticeAccounts(context, tx, without(others, ids));
}

/** The same for activated ones. By such a job a local account would lose its follows again: it is refreshed as any other. */
async function noticeActivation(
  context: OperationContext,
  tx: Transaction,
  users: readonly UserRow[],
  others: readonly string[],
): Promise<void> {
  const remote = users.filter(({ local }) => !local).map(({ id }) => id);
  const job = (userId: string): Job => ({ purpose: 'set-activation', userId, isActive: true });
  await leaveJobs(context, tx, remote.map(job), notes.activation);
  const local = users.filter((user) => user.local).map(({ id }) => id);
  await noticeAccounts(context, tx, [...local, ...without(others, local)]);
}

function without(ids: readonly string[], taken: readonly string[]): string[] {
  const set = new Set(taken);
  return [...new Set(ids)].filter((id) => !set.has(id));
}

async function changeActivation(
  context: OperationContext,
  references: readonly UserReference[],
  isActive: boolean,
): Promise<UserRow[]> {
  return activationChange(context, async (tx, prepare) => {
    const users = await lockTargets(context, tx, references, isActive ? 'change' : 'deactivate', [
      'users',
    ]);
    await prepare(users.map(({ id }) => id));
    return applyActivation(context, tx, users, isActive, ['users']);
  });
}

async function applyActivation(
  context: OperationContext,
  tx: Transaction,
  users: readonly UserRow[],
  isActive: boolean,
  path: InputPath,
): Promise<UserRow[]> {
  const others: string[] = [];
  for (const user of users) others.push(...(await setActivation(context, tx, user, isActive)));
  if (!isActive && users.some((user) => user.isAdmin)) await keepAnAdmin(tx, path);
  await writeLog(context, tx, {
    action: isActive ? 'activate' : 'deactivate',
    subject: users.map(loggedUser),
  });
  if (isActive) await noticeActivation(context, tx, users, others);
  else
    await noticeDeactivation(
      context,
      tx,
      users.map(({ id }) => id),
      others,
    );
  return usersByIds(
    tx,
    users.map((user) => user.id),
  );
}

/**
 * Activates accounts, all or none; answers them as they are now
 * (docs/instance/accounts.md#activation).
 */
export const usersActivate = operation({
  name: 'usersActivate',
  access,
  run: (context, input: { readonly users: readonly UserReference[] }) =>
    changeActivation(context, input.users, true),
});

/**
 * Deactivates accounts, all or none. Local or remote; their followers stay, their tokens stop
 * working (docs/instance/accounts.md#activation).
 */
export const usersDeactivate = operation({
  name: 'usersDeactivate',
  access,
  run: (context, input: { readonly users: readonly UserReference[] }) =>
    changeActivation(context, input.users, false),
});

/**
 * Activates an inactive account, deactivates an active one
 * (docs/documented-api.md#accounts-over-rest).
 */
export const userToggleActivation = operation({
  name: 'userToggleActivation',
  access,
  run: async (context, input: { readonly user: UserReference }): Promise<UserRow> =>
    activationChange(context, async (tx, prepare) => {
      const user = await lockTarget(context, tx, input.user, 'change', ['user']);
      await prepare([user.id]);
      if (user.isActive) demandPermission(context, 'deactivate', user, ['user']);
      return applyActivation(context, tx, [user], !user.isActive, ['user']).then(
        ([now]) => now ?? user,
      );
    }),
});
