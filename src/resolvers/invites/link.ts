import type { InviteRow } from '../../database/invites.js';
import type { InstanceSettings } from '../../instance/settings.js';

/** The page of the instance where an invite's guest registers. */
export function inviteLink(
  { token }: Pick<InviteRow, 'token'>,
  { baseUrl }: Pick<InstanceSettings, 'baseUrl'>,
): string {
  return `${baseUrl}/registration/${encodeURIComponent(token ?? '')}`;
}
