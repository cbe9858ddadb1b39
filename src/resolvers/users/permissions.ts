import type { OperationContext } from '../../context.js';
import { wholeSeconds } from '../../database/time.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import { failure } from '../../errors.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { noticeAccounts } from '../notice.js';
import { operation } from '../operation.js';
import { endAdminSessions } from './end-sessions.js';
import { keepAnAdmin } from './last-admin.js';
import { removeReportNotifications } from './report-notifications.js';
import { demandPermission, lockTargets } from './targets.js';

/** The permission groups of an instance. */
export const permissionGroups = ['admin', 'moderator'] as const;
export type PermissionGroup = (typeof permissionGroups)[number];

interface One {
  readonly user: UserReference;
  readonly permission: PermissionGroup;
}

interface Many {
  readonly users: readonly UserReference[];
  readonly permission: PermissionGroup;
}

const access = { role: 'admin', scope: 'admin:write:accounts' } as const;

/** Makes an account admin or moderator (docs/instance/accounts.md#permission-groups). */
export const userGrantPermission = operation({
  name: 'userGrantPermission',
  access,
  run: async (context, { user, permission }: One) =>
    theOne(await changePermission(context, [user], permission, true)),
});

/** The same for a list, all or none. */
export const usersGrantPermission = operation({
  name: 'usersGrantPermission',
  access,
  run: (context, { users, permission }: Many) => changePermission(context, users, permission, true),
});

/**
 * Takes a role from an account (docs/instance/accounts.md#permission-groups); nobody revokes their
 * own admin role (docs/documented-api.md#accounts-over-rest). On Akkoma whoever is no
 * longer staff loses the notifications about reports.
 */
export const userRevokePermission = operation({
  name: 'userRevokePermission',
  access,
  run: async (context, { user, permission }: One) =>
    theOne(await changePermission(context, [user], permission, false)),
});

/** The same for a list, all or none; the caller may not stand in it. */
export const usersRevokePermission = operation({
  name: 'usersRevokePermission',
  access,
  run: (context, { users, permission }: Many) =>
    changePermission(context, users, permission, false, (targets) => {
      const { actor } = context;
      if (actor?.kind === 'account' && targets.some((target) => target.id === actor.id)) {
        throw failure('FORBIDDEN', "You can't revoke your own admin/moderator status.", ['users']);
      }
    }),
});

function theOne(users: readonly UserRow[]): UserRow {
  const [user] = users;
  if (!user) throw new Error('a changed account is gone within its own transaction');
  return user;
}

async function changePermission(
  context: OperationContext,
  references: readonly UserReference[],
  permission: PermissionGroup,
  value: boolean,
  checkTargets: (users: readonly UserRow[]) => void = () => undefined,
): Promise<UserRow[]> {
  return context.database.transaction(async (tx) => {
    const users = await lockTargets(context, tx, references, value ? 'change' : 'take', ['users']);
    checkTargets(users);
    if (!value && permission === 'admin')
      users.forEach((user, index) => {
        demandPermission(context, 'revoke-admin', user, ['users', String(index)]);
      });
    const flag = permission === 'admin' ? { isAdmin: value } : { isModerator: value };
    const changing = users.filter(
      (user) => (permission === 'admin' ? user.isAdmin : user.isModerator) !== value,
    );
    await tx.user.updateMany({
      where: { id: { in: changing.map((user) => user.id) } },
      data: { ...flag, updatedAt: wholeSeconds(context.now()) },
    });
    for (const user of changing) {
      const stillStaff = permission === 'admin' ? user.isModerator : user.isAdmin;
      if (!value && !stillStaff && user.local && context.database.family === 'akkoma')
        await removeReportNotifications(tx, user.id);
    }
    if (!value && permission === 'admin' && changing.length > 0) await keepAnAdmin(tx, ['users']);
    await writeLog(context, tx, {
      action: value ? 'grant' : 'revoke',
      subject: users.map(loggedUser),
      permission,
    });
    if (!value)
      await endAdminSessions(
        context,
        tx,
        users.map((user) => user.id),
      );
    await noticeAccounts(
      context,
      tx,
      users.map((user) => user.id),
    );
    return usersByIds(
      tx,
      users.map((user) => user.id),
    );
  });
}
