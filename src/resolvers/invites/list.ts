import {
  countInvites,
  listInvites,
  type InviteCriteria,
  type InviteStretch,
} from '../../database/invite-list.js';
import type { InviteRow } from '../../database/invites.js';
import { operation } from '../operation.js';

const access = {
  role: 'staff',
  scope: 'admin:read:invites',
  pleroma: { privilege: 'users_manage_invites' },
} as const;

/**
 * Invites, newest first unless the stretch turns that round (docs/instance/accounts.md#invites).
 */
export const invitesList = operation({
  name: 'invitesList',
  access,
  run: (
    context,
    {
      criteria = {},
      stretch,
    }: { readonly criteria?: InviteCriteria; readonly stretch: InviteStretch },
  ): Promise<InviteRow[]> => listInvites(context.database, criteria, stretch, context.now()),
});

/** How many invites match. */
export const invitesCount = operation({
  name: 'invitesCount',
  access,
  run: (context, { criteria = {} }: { readonly criteria?: InviteCriteria }): Promise<number> =>
    countInvites(context.database, criteria, context.now()),
});
