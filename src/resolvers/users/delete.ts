import { randomUUID } from 'node:crypto';
import type { OperationContext } from '../../context.js';
import { insertActivity } from '../../database/activities.js';
import type { Transaction } from '../../database/database.js';
import { wholeSeconds } from '../../database/time.js';
import { purgeUser } from '../../database/user-purge.js';
import type { UserReference, UserRow } from '../../database/users.js';
import { activityId, deleteUserActivity, sameHost } from '../../federation/activities.js';
import type { Job } from '../../federation/jobs.js';
import { noDeletionByToken } from '../account-actor.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { leaveJobs, notes } from '../notice.js';
import { operation } from '../operation.js';
import { endSessions } from './end-sessions.js';
import { keepAnAdmin } from './last-admin.js';
import { removeReportNotifications } from './report-notifications.js';
import { lockTargets } from './targets.js';

/**
 * Deletes accounts, all or none (docs/instance/accounts.md#deleting-accounts): the Delete activity,
 * the purge of the row, and the jobs by which the instance
 * removes what is left and tells the followers. Deactivated accounts are deleted too (§8 row 22).
 * @returns the accounts as they were.
 */
export const usersDelete = operation({
  name: 'usersDelete',
  access: {
    role: 'privileged',
    scope: 'admin:write:accounts',
    pleroma: { privilege: 'users_delete' },
  },
  bar: noDeletionByToken('an admin'),
  run: (context, input: { readonly users: readonly UserReference[] }): Promise<UserRow[]> =>
    context.database.transaction(async (tx) => {
      const users = await lockTargets(context, tx, input.users, 'delete', ['users']);
      for (const user of users)
        await deleteUser(
          context,
          tx,
          user,
          context.actor?.kind === 'account' ? context.actor.apId : user.apId,
        );
      if (users.some((user) => user.isAdmin)) await keepAnAdmin(tx, ['users']);
      await writeLog(context, tx, { action: 'delete', subject: users.map(loggedUser) });
      return users;
    }),
});

/** @param signer ap_id of the account that signs the Delete: the admin, or at the shell the account itself. */
async function deleteUser(
  context: OperationContext,
  tx: Transaction,
  user: UserRow,
  signer: string,
): Promise<void> {
  const { family } = context.database;
  const { baseUrl, federating } = await context.instance();
  const now = context.now();
  const activity = deleteUserActivity(activityId(baseUrl, randomUUID()), signer, user);
  const id = await insertActivity(tx, activity, { local: true, now });
  await purgeUser(tx, family, user.id, wholeSeconds(now));
  if (family === 'akkoma' && user.local && (user.isAdmin || user.isModerator))
    await removeReportNotifications(tx, user.id);
  await endSessions(context, tx, [user.id]);
  await leaveJobs(context, tx, [{ purpose: 'delete-user', userId: user.id }], notes.job);
  const publishing: Job = { purpose: 'publish', activityId: id, isDelete: true, objectData: null };
  if (federating && sameHost(signer, user.apId)) await leaveJobs(context, tx, [publishing]);
}
