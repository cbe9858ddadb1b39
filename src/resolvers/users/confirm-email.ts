import { wholeSeconds } from '../../database/time.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { noticeAccounts } from '../notice.js';
import { operation } from '../operation.js';
import { afterRegistration } from './registration.js';
import { lockTargets } from './targets.js';

/**
 * Confirms the addresses of accounts, all or none; each then goes through what follows a registration. Confirmed ones stay as they are
 * (docs/instance/accounts.md#other-account-operations).
 */
export const usersConfirmEmail = operation({
  name: 'usersConfirmEmail',
  access: {
    role: 'admin',
    scope: 'admin:write',
    pleroma: { privilege: 'users_manage_credentials' },
  },
  run: (context, input: { readonly users: readonly UserReference[] }): Promise<UserRow[]> =>
    context.database.transaction(async (tx) => {
      const users = await lockTargets(context, tx, input.users, 'change', ['users']);
      const waiting = users.filter((user) => !user.isConfirmed).map((user) => user.id);
      const data = {
        isConfirmed: true,
        confirmationToken: null,
        updatedAt: wholeSeconds(context.now()),
      };
      await tx.user.updateMany({ where: { id: { in: waiting } }, data });
      const others: string[] = [];
      for (const user of await usersByIds(tx, waiting))
        others.push(...(await afterRegistration(context, tx, user)));
      await writeLog(context, tx, { action: 'confirm_email', subject: users.map(loggedUser) });
      await noticeAccounts(context, tx, [...users.map((user) => user.id), ...others]);
      return usersByIds(
        tx,
        users.map((user) => user.id),
      );
    }),
});
