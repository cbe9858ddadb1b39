import { ownNoteHtml } from '../../instance/html.js';
import { objectOf } from '../../database/json.js';
import { flakeFromUuid } from '../../database/flake.js';
import type { OwnAccountRow } from '../../database/own-account.js';
import { backgroundUrl, bannerUrl, imageUrl } from '../../instance/images.js';
import type { InstanceSettings } from '../../instance/settings.js';
import { displayNameOf, profileFieldsOf, profileUrlOf } from '../../resolvers/users/model.js';
import { isoTime } from './account.js';
import { customEmoji } from './custom-emoji.js';

/**
 * The caller's own account, as `GET /api/v1/accounts/verify_credentials` answers it
 * (docs/instance/oauth.md#own-account).
 */
export function ownAccountAnswer(
  row: OwnAccountRow,
  instance: InstanceSettings,
): Record<string, unknown> {
  const avatar = imageUrl(row.avatar, instance);
  const header = bannerUrl(row.banner, instance);
  const favicon = `${instance.baseUrl}/favicon.png`;
  return {
    id: flakeFromUuid(row.id),
    username: row.nickname,
    acct: row.nickname,
    fqn: `${row.nickname ?? ''}@${instance.host}`,
    display_name: displayNameOf(row),
    locked: row.isLocked,
    created_at: isoTime(row.insertedAt),
    followers_count: row.followerCount,
    following_count: row.followingCount,
    statuses_count: row.noteCount,
    note: ownNoteHtml(row.bio),
    url: profileUrlOf(row),
    avatar,
    avatar_static: avatar,
    header,
    header_static: header,
    emojis: customEmoji(row.emoji),
    fields: profileFieldsOf(row.fields),
    bot: row.actorType === 'Service',
    source: {
      note: row.rawBio ?? '',
      sensitive: false,
      fields: profileFieldsOf(row.rawFields),
      privacy: row.defaultScope,
      pleroma: {
        discoverable: row.isDiscoverable,
        actor_type: row.actorType,
        show_role: row.showRole,
        no_rich_text: row.noRichText,
      },
    },
    last_status_at: row.lastStatusAt?.toISOString().slice(0, 10) ?? null,
    follow_requests_count: row.followRequests,
    accepts_direct_messages_from: row.acceptsDirectMessagesFrom,
    akkoma: {
      instance: { name: instance.host, favicon, nodeinfo: {} },
      status_ttl_days: row.statusTtlDays,
      permit_followback: row.permitFollowback,
    },
    pleroma: { ...pleromaPart(row), favicon },
  };
}

function pleromaPart(row: OwnAccountRow): Record<string, unknown> {
  const notifications = objectOf(row.notificationSettings);
  return {
    ap_id: row.apId,
    also_known_as: row.alsoKnownAs,
    is_admin: row.isAdmin,
    is_moderator: row.isModerator,
    is_confirmed: row.isConfirmed,
    is_suggested: row.isSuggested,
    tags: row.tags,
    hide_followers: row.hideFollowers,
    hide_followers_count: row.hideFollowersCount,
    hide_follows: row.hideFollows,
    hide_follows_count: row.hideFollowsCount,
    hide_favorites: row.hideFavorites,
    relationship: {},
    skip_thread_containment: row.skipThreadContainment,
    background_image: backgroundUrl(row.background),
    settings_store: row.pleromaSettingsStore,
    notification_settings: {
      block_from_strangers: notifications['block_from_strangers'] ?? false,
      hide_notification_contents: notifications['hide_notification_contents'] ?? false,
    },
    allow_following_move: row.allowFollowingMove,
    unread_conversation_count: row.unreadConversations,
    unread_notifications_count: row.unreadNotifications,
    email: row.email,
    ...(row.isAdmin ? { deactivated: false } : {}),
  };
}
