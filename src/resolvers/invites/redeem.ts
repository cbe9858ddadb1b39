import type { UserRow } from '../../database/users.js';
import { OperationError, refuse, type Issue } from '../../errors.js';
import { longTexts } from '../input-rules.js';
import { operation } from '../operation.js';
import { createUsers } from '../users/create.js';
import type { NewUser } from '../users/new-user.js';

export interface Redemption {
  readonly token: string;
  readonly user: Omit<NewUser, 'inviteToken'>;
}

/**
 * Registers one account by an invite, as its guest would: spends one use and creates the account, both or neither
 * (docs/instance/accounts.md#invites). Unlike the instance, which asks for invites only when
 * registration is closed, this always spends one.
 * @throws OperationError CONFLICT for an invite that is used up, revoked, expired or unknown; else as `usersCreate`.
 */
export const inviteRedeem = operation({
  name: 'inviteRedeem',
  access: { role: 'admin', scope: 'admin:write:accounts' },
  limits: longTexts,
  run: async (context, { token, user }: Redemption): Promise<UserRow> => {
    try {
      const [created] = await createUsers(context, [{ ...user, inviteToken: token }]);
      if (created) return created;
    } catch (error) {
      if (error instanceof OperationError) refuse(error.issues.map(ofRedemption));
      throw error;
    }
    throw new Error('a created account is gone within its own transaction');
  },
});

/** `["users", "0", "nickname"]` is just `["nickname"]` here. */
function ofRedemption(issue: Issue): Issue {
  const [, , ...inputPath] = issue.inputPath;
  return { ...issue, inputPath: inputPath[0] === 'inviteToken' ? ['token'] : inputPath };
}
