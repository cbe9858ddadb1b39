import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { wholeSeconds } from '../../database/time.js';
import { confirm, unconfirm } from '../../database/user-crowds.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import type { LogEntry } from '../moderation-log/entry.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { noticeAccounts } from '../notice.js';
import { operation } from '../operation.js';
import { confirmationToken } from './confirmation.js';
import { endAdminSessions } from './end-sessions.js';
import { keepAnAdmin } from './last-admin.js';
import { removeReportNotifications } from './report-notifications.js';
import { demandPermission, lockLocalTarget } from './targets.js';

/** What the shell's `set` sets; absent = as it is. */
export interface UserFlags {
  readonly isAdmin?: boolean | undefined;
  readonly isConfirmed?: boolean | undefined;
  readonly isLocked?: boolean | undefined;
  readonly isModerator?: boolean | undefined;
}

/**
 * Sets roles, confirmation and lock of a local account at once (docs/documented-api.md#shell-tasks,
 * docs/instance/accounts.md#shell-tasks). Confirming runs nothing of
 * what follows a registration; making unconfirmed gives a new token, also to who is unconfirmed. On Akkoma whoever is no longer staff loses
 * the notifications about reports.
 */
export const userUpdateFlags = operation({
  name: 'userUpdateFlags',
  access: {
    role: 'admin',
    scope: 'admin:write:accounts',
    pleroma: { role: 'admin', privilege: 'users_manage_credentials' },
  },
  run: (
    context,
    { user: reference, ...flags }: { readonly user: UserReference } & UserFlags,
  ): Promise<UserRow> =>
    context.database.transaction(async (tx) => {
      const user = await lockLocalTarget(context, tx, reference, 'change', ['user']);
      if (flags.isAdmin === false) demandPermission(context, 'revoke-admin', user, ['isAdmin']);
      if (!(await setFlags(context, tx, user, flags))) return user;
      const [changed = user] = await usersByIds(tx, [user.id]);
      const lostRole =
        (user.isAdmin || user.isModerator) && !changed.isAdmin && !changed.isModerator;
      if (lostRole && context.database.family === 'akkoma')
        await removeReportNotifications(tx, user.id);
      if (user.isAdmin && !changed.isAdmin) await keepAnAdmin(tx, ['isAdmin']);
      await writeLog(context, tx, entryOf(user, flags));
      if (flags.isAdmin === false || flags.isModerator === false)
        await endAdminSessions(context, tx, [user.id]);
      await noticeAccounts(context, tx, [user.id]);
      return changed;
    }),
});

/** @returns whether anything became another. */
async function setFlags(
  context: OperationContext,
  tx: Transaction,
  user: UserRow,
  { isConfirmed, ...columns }: UserFlags,
): Promise<boolean> {
  const updatedAt = wholeSeconds(context.now());
  const changes = Object.entries(columns).filter(
    ([column, value]) => value !== undefined && value !== user[column as keyof typeof columns],
  );
  if (changes.length > 0)
    await tx.user.update({
      where: { id: user.id },
      data: { ...Object.fromEntries(changes), updatedAt },
      select: { id: true },
    });
  if (isConfirmed === true && !user.isConfirmed) await confirm(tx, [user.id], updatedAt);
  if (isConfirmed === false) await unconfirm(tx, [user.id], [confirmationToken()], updatedAt);
  return changes.length > 0 || isConfirmed === false || (isConfirmed === true && !user.isConfirmed);
}

/** A role alone is logged as the grant or revocation it is; several flags stand in one row, which names them. */
function entryOf(user: UserRow, flags: UserFlags): LogEntry {
  const subject = [loggedUser(user)];
  const given = Object.entries(flags).filter(
    (entry): entry is [string, boolean] => entry[1] !== undefined,
  );
  const [[name, value] = ['', false]] = given;
  if (given.length === 1 && name === 'isAdmin')
    return { action: value ? 'grant' : 'revoke', subject, permission: 'admin' };
  if (given.length === 1 && name === 'isModerator')
    return { action: value ? 'grant' : 'revoke', subject, permission: 'moderator' };
  return {
    action: 'updated_users',
    subject,
    steward_action: 'set',
    steward_details: Object.fromEntries(given),
  };
}
