import { unpaddedSecret } from '../../auth/secret.js';
import { insertBackup } from '../../database/backups.js';
import type { UserReference, UserRow } from '../../database/users.js';
import { enqueue } from '../../federation/outbox.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
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
      await enqueue(tx, context.database.family, { purpose: 'backup', backupId, adminId }, context.now());
      await writeLog(context, tx, { action: 'create_backup', subject: loggedUser(user) });
      return user;
    }),
});
