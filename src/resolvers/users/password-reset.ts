import { paddedSecret } from '../../auth/secret.js';
import type { OperationContext } from '../../context.js';
import { insertPasswordReset } from '../../database/password-resets.js';
import { wholeSeconds, withinCalendar } from '../../database/time.js';
import type { UserReference, UserRow } from '../../database/users.js';
import { failure } from '../../errors.js';
import type { Job } from '../../federation/jobs.js';
import { passwordResetMail } from '../../mail/outgoing.js';
import { deliver, senderOf } from '../mail.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { leaveJobs, notes } from '../notice.js';
import { operation } from '../operation.js';
import { lockLocalTarget, lockLocalTargets } from './targets.js';

interface One {
  readonly user: UserReference;
  /**
   * Leaves the log as the instance does: without a row, on the v1 path
   * (docs/instance/accounts.md#other-account-operations).
   */
  readonly logsAsInstance?: boolean | undefined;
}

/** A link by which whoever has it sets a new password on the instance. */
export interface PasswordResetLink {
  readonly user: UserRow;
  readonly token: string;
  readonly link: string;
  readonly expiresAt: Date;
}

const access = {
  role: 'privileged',
  scope: 'admin:write:accounts',
  pleroma: { privilege: 'users_manage_credentials' },
} as const;

/**
 * Makes a link for a new password of a local account
 * (docs/instance/accounts.md#password-reset-links). Links made before stay valid; the instance
 * serves the page
 * behind it and ends all sessions once the password is set. The log knows no nearer action than `updated_users`.
 */
export const userCreatePasswordResetLink = operation({
  name: 'userCreatePasswordResetLink',
  access,
  run: createLink,
});

/**
 * Makes such a link and mails it to the account's address. When the mail can't be sent the link stays valid and the failure says so.
 * @throws OperationError CONFLICT when the account has no address, UNAVAILABLE when the mail was not sent.
 */
export const userSendPasswordResetLink = operation({
  name: 'userSendPasswordResetLink',
  access,
  run: async (context, input: One): Promise<UserRow> => {
    const { user, link, expiresAt } = await createLink(context, input, (target) => {
      if (target.email === null)
        throw failure('CONFLICT', 'The account has no e-mail address.', ['user']);
    });
    const to = { name: user.name ?? '', address: user.email ?? '' };
    await deliver(
      context,
      passwordResetMail(await senderOf(context), to, link, expiresAt),
      'The link was not mailed',
    );
    return user;
  },
});

async function createLink(
  context: OperationContext,
  input: One,
  check: (user: UserRow) => void = () => undefined,
): Promise<PasswordResetLink> {
  const { baseUrl, passwordResetValidity } = await context.instance();
  const token = paddedSecret();
  const user = await context.database.transaction(async (tx) => {
    const target = await lockLocalTarget(context, tx, input.user, 'change', ['user']);
    check(target);
    await insertPasswordReset(tx, target.id, token, context.now());
    if (input.logsAsInstance !== true)
      await writeLog(context, tx, {
        action: 'updated_users',
        subject: [loggedUser(target)],
        steward_action: 'password_reset_link',
      });
    return target;
  });
  const expiresAt = withinCalendar(
    wholeSeconds(context.now()).getTime() + passwordResetValidity * 1_000,
  );
  return {
    user,
    token,
    link: `${baseUrl}/api/v1/pleroma/password_reset/${encodeURIComponent(token)}`,
    expiresAt,
  };
}

/**
 * Makes local accounts set a new password before they can go on, all or none: a job each for the instance, within seconds their tokens
 * are refused (docs/instance/accounts.md#other-account-operations).
 */
export const usersForcePasswordReset = operation({
  name: 'usersForcePasswordReset',
  access: {
    role: 'admin',
    scope: 'admin:write:accounts',
    pleroma: { privilege: 'users_manage_credentials' },
  },
  run: (context, input: { readonly users: readonly UserReference[] }): Promise<UserRow[]> =>
    context.database.transaction(async (tx) => {
      const users = await lockLocalTargets(context, tx, input.users, 'change', ['users']);
      const jobs = users.map(({ id }): Job => ({ purpose: 'force-password-reset', userId: id }));
      await leaveJobs(context, tx, jobs, notes.job);
      await writeLog(context, tx, {
        action: 'force_password_reset',
        subject: users.map(loggedUser),
      });
      return users;
    }),
});
