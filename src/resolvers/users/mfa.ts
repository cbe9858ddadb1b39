import { resetMfa } from '../../database/mfa-settings.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import { operation } from '../operation.js';
import { lockTarget } from './targets.js';

/**
 * Turns the second factor of an account off; its recovery codes stay stored (facts/users.md §5.11). No log row: the log knows no such
 * action.
 */
export const userResetMfa = operation({
  name: 'userResetMfa',
  access: { role: 'admin', scope: 'admin:write:accounts' },
  run: (context, input: { readonly user: UserReference }): Promise<UserRow> =>
    context.database.transaction(async (tx) => {
      const user = await lockTarget(context, tx, input.user, 'change', ['user']);
      await resetMfa(tx, user.id, context.now());
      const [now] = await usersByIds(tx, [user.id]);
      return now ?? user;
    }),
});
