import { flakeFromUuid } from '../../database/flake.js';
import type { CredentialsRow } from '../../database/user-credentials.js';
import { backgroundUrl, bannerUrl, imageUrl } from '../../instance/images.js';
import type { InstanceSettings } from '../../instance/settings.js';
import { profileFieldsOf } from '../../resolvers/users/model.js';

/**
 * What an account has set for itself, as `GET /users/:nickname/credentials` answers
 * (docs/instance/accounts.md#account-json).
 */
export function credentials(
  row: CredentialsRow,
  instance: InstanceSettings,
): Record<string, unknown> {
  return {
    id: flakeFromUuid(row.id),
    bio: row.bio,
    email: row.email,
    fields: profileFieldsOf(row.fields),
    name: row.name,
    nickname: row.nickname,
    is_locked: row.isLocked,
    no_rich_text: row.noRichText,
    default_scope: row.defaultScope,
    hide_follows: row.hideFollows,
    hide_followers_count: row.hideFollowersCount,
    hide_follows_count: row.hideFollowsCount,
    hide_followers: row.hideFollowers,
    hide_favorites: row.hideFavorites,
    allow_following_move: row.allowFollowingMove,
    show_role: row.showRole,
    skip_thread_containment: row.skipThreadContainment,
    pleroma_settings_store: row.pleromaSettingsStore,
    raw_fields: profileFieldsOf(row.rawFields),
    is_discoverable: row.isDiscoverable,
    actor_type: row.actorType,
    avatar: imageUrl(row.avatar, instance),
    banner: bannerUrl(row.banner, instance),
    background: backgroundUrl(row.background),
  };
}
