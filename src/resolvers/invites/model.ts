import { inviteTypes, type InviteType } from '../../database/invite-status.js';
import type { InviteRow } from '../../database/invites.js';

/** What limits an invite; undefined for a type that no version of the instance writes. */
export function typeOf({ inviteType }: Pick<InviteRow, 'inviteType'>): InviteType | undefined {
  return inviteTypes.find((type) => type === inviteType);
}
