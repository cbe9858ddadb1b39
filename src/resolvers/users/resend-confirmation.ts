import type { UserReference, UserRow } from '../../database/users.js';
import { refuse, type Issue } from '../../errors.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { sendConfirmation } from './registration.js';
import { lockLocalTargets } from './targets.js';

/**
 * Leaves the instance another confirmation mail for each of these accounts, all or none
 * (docs/instance/accounts.md#other-account-operations).
 * @throws OperationError CONFLICT for accounts that have confirmed their address or have none.
 */
export const usersResendConfirmationEmail = operation({
  name: 'usersResendConfirmationEmail',
  access: {
    role: 'admin',
    scope: 'admin:write',
    pleroma: { privilege: 'users_manage_credentials' },
  },
  run: (context, input: { readonly users: readonly UserReference[] }): Promise<UserRow[]> =>
    context.database.transaction(async (tx) => {
      const users = await lockLocalTargets(context, tx, input.users, 'change', ['users']);
      refuse(users.flatMap(nothingToConfirm));
      for (const user of users) await sendConfirmation(context, tx, user);
      await writeLog(context, tx, { action: 'resend_confirmation_email', subject: users.map(loggedUser) });
      return users;
    }),
});

function nothingToConfirm({ nickname, email, isConfirmed }: UserRow): Issue[] {
  const reason = isConfirmed ? 'has confirmed its address' : email === null ? 'has no address' : undefined;
  return reason === undefined ? [] : [{ code: 'CONFLICT', message: `@${nickname ?? ''} ${reason}.`, inputPath: ['users'] }];
}
