import type { UserReference, UserRow } from '../../database/users.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { endSessions } from './end-sessions.js';
import { lockLocalTargets } from './targets.js';

/** The accounts, and how many tokens and authorizations are gone. */
export interface SignedOut {
  readonly users: UserRow[];
  readonly tokens: number;
  readonly authorizations: number;
}

/**
 * Signs local accounts out of every application, all or none: their tokens and authorizations are deleted (the task
 * `sign_out`, docs/instance/accounts.md#shell-tasks). The log knows no nearer action than `updated_users`.
 */
export const usersSignOut = operation({
  name: 'usersSignOut',
  access: {
    role: 'admin',
    scope: 'admin:write:accounts',
    pleroma: { role: 'admin', privilege: 'users_manage_credentials' },
  },
  run: (context, input: { readonly users: readonly UserReference[] }): Promise<SignedOut> =>
    context.database.transaction(async (tx) => {
      const users = await lockLocalTargets(context, tx, input.users, 'take', ['users']);
      const { tokenIds, authorizations } = await endSessions(
        context,
        tx,
        users.map((user) => user.id),
      );
      if (tokenIds.length + authorizations > 0)
        await writeLog(context, tx, {
          action: 'updated_users',
          subject: users.map(loggedUser),
          steward_action: 'sign_out',
        });
      return { users, tokens: tokenIds.length, authorizations };
    }),
});
