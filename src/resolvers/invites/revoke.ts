import { revokeInvite, type InviteReference, type InviteRow } from '../../database/invites.js';
import { failure } from '../../errors.js';
import { operation } from '../operation.js';

/**
 * Ends an invite: nobody gets in by it any more. Revoking twice is fine
 * (docs/instance/accounts.md#invites). No log row: the log knows no such action.
 * @throws OperationError NOT_FOUND when there is no such invite.
 */
export const inviteRevoke = operation({
  name: 'inviteRevoke',
  access: {
    role: 'staff',
    scope: 'admin:write:invites',
    pleroma: { privilege: 'users_manage_invites' },
  },
  run: async (
    context,
    { invite: reference }: { readonly invite: InviteReference },
  ): Promise<InviteRow> => {
    const invite = await context.database.transaction((tx) =>
      revokeInvite(tx, reference, context.now()),
    );
    if (!invite)
      throw failure('NOT_FOUND', 'There is no such invite.', ['invite', ...Object.keys(reference)]);
    return invite;
  },
});
