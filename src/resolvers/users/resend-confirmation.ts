import type { UserReference, UserRow } from '../../database/users.js';
import { refuse, type Issue } from '../../errors.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { sendConfirmation } from './registration.js';
import { mentionedAs } from './model.js';
import { lockLocalTargets } from './targets.js';

export interface ResendInput {
  readonly users: readonly UserReference[];
  readonly skipsConfirmed?: boolean;
}

/**
 * Leaves the instance another confirmation mail for each of these accounts, all or none
 * (docs/instance/accounts.md#other-account-operations).
 * @param input.skipsConfirmed passes over accounts that need no mail, as the instance does, which logs them all the same.
 * @throws OperationError CONFLICT for accounts that have confirmed their address or have none.
 */
export const usersResendConfirmationEmail = operation({
  name: 'usersResendConfirmationEmail',
  access: {
    role: 'admin',
    scope: 'admin:write',
    pleroma: { privilege: 'users_manage_credentials' },
  },
  run: (context, { users: references, skipsConfirmed = false }: ResendInput): Promise<UserRow[]> =>
    context.database.transaction(async (tx) => {
      const users = await lockLocalTargets(context, tx, references, 'change', ['users']);
      if (!skipsConfirmed) refuse(users.flatMap(nothingToConfirm));
      for (const user of users.filter((one) => nothingToConfirm(one).length === 0))
        await sendConfirmation(context, tx, user);
      await writeLog(context, tx, {
        action: 'resend_confirmation_email',
        subject: users.map(loggedUser),
      });
      return users;
    }),
});

function nothingToConfirm(user: UserRow): Issue[] {
  const { email, isConfirmed } = user;
  const reason = isConfirmed
    ? 'has confirmed its address'
    : email === null
      ? 'has no address'
      : undefined;
  return reason === undefined
    ? []
    : [{ code: 'CONFLICT', message: `${mentionedAs(user)} ${reason}.`, inputPath: ['users'] }];
}
