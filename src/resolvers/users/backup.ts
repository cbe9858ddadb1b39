import { unpaddedSecret } from '../../auth/secret.js';
import { insertBackup } from '../../database/backups.js';
import type { UserReference, UserRow } from '../../database/users.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { leaveJobs, notes } from '../notice.js';
import { operation } from '../operation.js';
import { lockLocalTarget } from './targets.js';

/**
 * Asks the instance for an archive of a local account's statuses, which it makes and mails itself
 * (docs/instance/accounts.md#other-account-operations).
 */
export const userRequestBackup = operation({
  name: 'userRequestBackup',
  access: { role: 'admin', scope: 'admin:write:accounts' },
  run: (context, input: { readonly user: UserReference }): Promise<UserRow> =>
    context.database.transaction(async (tx) => {
      const user = await lockLocalTarget(context, tx, input.user, 'change', ['user']);
      const time = context.now().toISOString().slice(0, 19).replace(/[-:]/g, '');
      const backupId = await insertBackup(tx, user.id, `archive-${user.nickname ?? ''}-${time}-${unpaddedSecret()}.zip`, context.now());
      const adminId = context.actor?.kind === 'account' ? context.actor.id : null;
      await leaveJobs(context, tx, [{ purpose: 'backup', backupId, adminId }], notes.job);
      await writeLog(context, tx, { action: 'create_backup', subject: loggedUser(user) });
      return user;
    }),
});
