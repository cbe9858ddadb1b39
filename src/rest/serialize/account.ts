import { flakeFromUuid } from '../../database/flake.js';
import type { UserRow } from '../../database/users.js';
import { imageUrl } from '../../instance/images.js';
import type { InstanceSettings } from '../../instance/settings.js';
import { displayNameOf, profileUrlOf } from '../../resolvers/users/model.js';
import type { Dialect } from '../dialect.js';
import { strippedHtml } from '../../instance/html.js';

/**
 * An account as admin routes show it (docs/instance/accounts.md#account-json). The documents'
 * generation called some flags by their opposite; the legacy
 * dialect has both, and so has today's below the old prefix: its callers there read them.
 */
export function adminAccount(
  user: UserRow,
  instance: InstanceSettings,
  dialect: Dialect,
  isOldPrefix = false,
): Record<string, unknown> {
  return {
    id: flakeFromUuid(user.id),
    email: user.email,
    avatar: imageUrl(user.avatar, instance),
    nickname: user.nickname,
    display_name: strippedHtml(displayNameOf(user) ?? ''),
    is_active: user.isActive,
    local: user.local,
    roles: { admin: user.isAdmin, moderator: user.isModerator },
    tags: user.tags,
    is_confirmed: user.isConfirmed,
    is_approved: user.isApproved,
    is_suggested: user.isSuggested,
    url: profileUrlOf(user),
    registration_reason: user.registrationReason,
    actor_type: user.actorType,
    created_at: isoTime(user.insertedAt),
    ...(dialect === 'legacy' || isOldPrefix
      ? {
          deactivated: !user.isActive,
          confirmation_pending: !user.isConfirmed,
          approval_pending: !user.isApproved,
        }
      : {}),
  };
}

/** What the instance shows for a time that is none. */
export const noTime = '1970-01-01T00:00:00Z';

/**
 * `2026-11-21T00:09:27.000Z`: the fraction is always zeros (docs/instance/schema.md#timestamps).
 */
export function isoTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}.000Z`;
}
