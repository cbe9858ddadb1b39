import { wholeSeconds } from '../../database/time.js';
import { confirm, unconfirm } from '../../database/user-crowds.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { noticeAccounts } from '../notice.js';
import { operation } from '../operation.js';
import { confirmationToken } from './confirmation.js';
import { lockTarget } from './targets.js';

/**
 * Confirms an unconfirmed account, makes a confirmed one unconfirmed with a new token; no mails
 * (docs/documented-api.md#shell-tasks).
 */
export const userToggleConfirmed = operation({
  name: 'userToggleConfirmed',
  access: {
    role: 'admin',
    scope: 'admin:write',
    pleroma: { role: 'admin', privilege: 'users_manage_credentials' },
  },
  run: (context, input: { readonly user: UserReference }): Promise<UserRow> =>
    context.database.transaction(async (tx) => {
      const user = await lockTarget(context, tx, input.user, 'change', ['user']);
      const now = wholeSeconds(context.now());
      if (user.isConfirmed) await unconfirm(tx, [user.id], [confirmationToken()], now);
      else await confirm(tx, [user.id], now);
      await writeLog(context, tx, {
        action: user.isConfirmed ? 'updated_users' : 'confirm_email',
        subject: [loggedUser(user)],
        steward_action: 'toggle_confirmed',
      });
      await noticeAccounts(context, tx, [user.id]);
      const [changed = user] = await usersByIds(tx, [user.id]);
      return changed;
    }),
});
