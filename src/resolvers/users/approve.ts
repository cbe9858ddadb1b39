import { wholeSeconds } from '../../database/time.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { noticeAccounts } from '../notice.js';
import { operation } from '../operation.js';
import { afterRegistration } from './registration.js';
import { lockTargets } from './targets.js';

/**
 * Approves accounts that wait for it, all or none; each then goes through what follows a registration. Approved ones stay as they are
 * (docs/instance/accounts.md#other-account-operations).
 */
export const usersApprove = operation({
  name: 'usersApprove',
  access: {
    role: 'staff',
    scope: 'admin:write:accounts',
    pleroma: { privilege: 'users_manage_invites' },
  },
  run: (context, input: { readonly users: readonly UserReference[] }): Promise<UserRow[]> =>
    context.database.transaction(async (tx) => {
      const users = await lockTargets(context, tx, input.users, 'change', ['users']);
      const waiting = users.filter((user) => !user.isApproved).map((user) => user.id);
      await tx.user.updateMany({
        where: { id: { in: waiting } },
        data: { isApproved: true, updatedAt: wholeSeconds(context.now()) },
      });
      const others: string[] = [];
      for (const user of await usersByIds(tx, waiting))
        others.push(...(await afterRegistration(context, tx, user)));
      await writeLog(context, tx, { action: 'approve', subject: users.map(loggedUser) });
      await noticeAccounts(context, tx, [...users.map((user) => user.id), ...others]);
      return usersByIds(
        tx,
        users.map((user) => user.id),
      );
    }),
});
