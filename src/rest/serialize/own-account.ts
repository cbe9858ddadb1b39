import type { Family } from '../../database/family.js';
import { ownNoteHtml } from '../../instance/html.js';
import { objectOf } from '../../database/json.js';
import { flakeFromUuid } from '../../database/flake.js';
import type { OwnAccountRow } from '../../database/own-account.js';
import { backgroundUrl, bannerUrl, imageDescription, imageUrl } from '../../instance/images.js';
import { privilegesOf } from '../../instance/privileges.js';
import type { InstanceSettings } from '../../instance/settings.js';
import { displayNameOf, profileFieldsOf, profileUrlOf } from '../../resolvers/users/model.js';
import { isoTime } from './account.js';
import { customEmoji } from './custom-emoji.js';

/** What only one family shows of the caller's account, beside what both do. */
interface OwnParts {
  readonly bot: boolean;
  readonly top: Record<string, unknown>;
  /** Keys below `source.pleroma`. */
  readonly source: Record<string, unknown>;
  readonly pleroma: Record<string, unknown>;
}

const deactivated = { deactivated: false };

const ownParts: Readonly<
  Record<Family, (row: OwnAccountRow, instance: InstanceSettings) => OwnParts>
> = {
  akkoma: (row, { host, baseUrl }) => {
    const favicon = `${baseUrl}/favicon.png`;
    return {
      bot: row.actorType === 'Service',
      top: {
        accepts_direct_messages_from: row.acceptsDirectMessagesFrom,
        akkoma: {
          instance: { name: host, favicon, nodeinfo: {} },
          status_ttl_days: row.statusTtlDays,
          permit_followback: row.permitFollowback,
        },
      },
      source: {},
      pleroma: { favicon, ...(row.isAdmin ? deactivated : {}) },
    };
  },
  // Without `chat_token`, which the instance signs with a secret of its own.
  pleroma: (row, instance) => {
    const privileges = privilegesOf(row, instance);
    return {
      bot: row.actorType === 'Service' || row.actorType === 'Group',
      top: {},
      source: { show_birthday: row.showBirthday },
      pleroma: {
        favicon: instance.instanceFavicons ? `${instance.baseUrl}/favicon.png` : null,
        privileges,
        accepts_chat_messages: row.acceptsChatMessages,
        avatar_description: imageDescription(row.avatar),
        header_description: imageDescription(row.banner),
        birthday: row.birthday,
        ...(privileges.includes('users_manage_activation_state') ? deactivated : {}),
      },
    };
  },
};

/**
 * The caller's own account, as `GET /api/v1/accounts/verify_credentials` answers it
 * (docs/instance/oauth.md#own-account), in the form of its family.
 */
export function ownAccountAnswer(
  row: OwnAccountRow,
  instance: InstanceSettings,
  family: Family,
): Record<string, unknown> {
  const own = ownParts[family](row, instance);
  const avatar = imageUrl(row.avatar, instance);
  const header = bannerUrl(row.banner, instance);
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
    bot: own.bot,
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
        ...own.source,
      },
    },
    last_status_at: row.lastStatusAt?.toISOString().slice(0, 10) ?? null,
    follow_requests_count: row.followRequests,
    ...own.top,
    pleroma: { ...pleromaPart(row), ...own.pleroma },
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
  };
}
