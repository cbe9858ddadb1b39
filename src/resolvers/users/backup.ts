import { randomBytes } from 'node:crypto';
import { unpaddedSecret } from '../../auth/secret.js';
import type { OperationContext } from '../../context.js';
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
      const fileName = `archive-${user.nickname ?? ''}-${time}-${unpaddedSecret()}.zip`;
      const tempdir = await directoryFor(context);
      const backupId = await insertBackup(
        tx,
        { userId: user.id, fileName, tempdir },
        context.now(),
      );
      const adminId = context.actor?.kind === 'account' ? context.actor.id : null;
      const job = {
        purpose: 'backup',
        backupId,
        adminId,
        hasTempdir: tempdir !== undefined,
      } as const;
      await leaveJobs(context, tx, [job], notes.job);
      await writeLog(context, tx, { action: 'create_backup', subject: loggedUser(user) });
      return user;
    }),
});

/**
 * Where Pleroma 2.7 and later build an archive: a directory of its own below `:tempdir` of
 * `Pleroma.User.Backup`, else below the system's. The row names it; without it the job fails, and
 * the owner cannot ask for another archive for a week.
 * @returns undefined for an instance whose table has no such column.
 */
async function directoryFor(context: OperationContext): Promise<string | undefined> {
  if (!context.database.schema.optional.backupTempdir) return undefined;
  const { backupDirectory } = await context.instance();
  return `${backupDirectory}/backup-${randomBytes(8).toString('base64url')}`;
}
