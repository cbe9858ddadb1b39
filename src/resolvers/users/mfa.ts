import { resetMfa } from '../../database/mfa-settings.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { lockTarget } from './targets.js';

/**
 * Turns the second factor of an account off; its recovery codes stay stored (facts/users.md §5.11). The log knows no
 * nearer action than `updated_users`.
 */
export const userResetMfa = operation({
  name: 'userResetMfa',
  access: { role: 'admin', scope: 'admin:write:accounts' },
  run: (context, input: { readonly user: UserReference }): Promise<UserRow> =>
    context.database.transaction(async (tx) => {
      const user = await lockTarget(context, tx, input.user, 'change', ['user']);
      await resetMfa(tx, user.id, context.now());
      await writeLog(context, tx, { action: 'updated_users', subject: [loggedUser(user)], steward_action: 'reset_mfa' });
      const [now] = await usersByIds(tx, [user.id]);
      return now ?? user;
    }),
});
