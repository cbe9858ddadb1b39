import { resetMfa } from '../../database/mfa-settings.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { noticeAccounts } from '../notice.js';
import { operation } from '../operation.js';
import { lockTarget } from './targets.js';

/**
 * One account, and whether to leave the log as the instance does: without a row, on the v1 path
 * (docs/instance/accounts.md#other-account-operations).
 */
export interface ResetMfaInput {
  readonly user: UserReference;
  readonly logsAsInstance?: boolean | undefined;
}

/**
 * Turns the second factor of an account off; its recovery codes stay stored
 * (docs/instance/accounts.md#other-account-operations). The log knows no nearer action
 * than `updated_users`.
 */
export const userResetMfa = operation({
  name: 'userResetMfa',
  access: {
    role: 'admin',
    scope: 'admin:write:accounts',
    pleroma: { privilege: 'users_manage_credentials' },
  },
  run: (context, { user: reference, logsAsInstance = false }: ResetMfaInput): Promise<UserRow> =>
    context.database.transaction(async (tx) => {
      const user = await lockTarget(context, tx, reference, 'change', ['user']);
      await resetMfa(tx, user.id, context.now());
      if (!logsAsInstance)
        await writeLog(context, tx, {
          action: 'updated_users',
          subject: [loggedUser(user)],
          steward_action: 'reset_mfa',
        });
      await noticeAccounts(context, tx, [user.id]);
      const [now] = await usersByIds(tx, [user.id]);
      return now ?? user;
    }),
});
