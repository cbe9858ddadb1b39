import type { InviteRow } from '../../database/invites.js';

/** An invite as both dialects show it (docs/instance/accounts.md#invites). */
export function inviteAnswer({
  id,
  token,
  used,
  expiresAt,
  uses,
  maxUse,
  inviteType,
}: InviteRow): Record<string, unknown> {
  return {
    id: Number(id),
    token,
    used,
    expires_at: expiresAt?.toISOString().slice(0, 10) ?? null,
    uses,
    max_use: maxUse,
    invite_type: inviteType,
  };
}
