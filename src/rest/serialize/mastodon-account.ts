import type { AccountExtras, AccountRow } from '../../database/accounts.js';
import { flakeFromUuid } from '../../database/flake.js';
import type { Json } from '../../database/json.js';
import { backgroundUrl, bannerUrl, imageUrl } from '../../instance/images.js';
import type { InstanceSettings } from '../../instance/settings.js';
import {
  displayNameOf,
  fullNicknameOf,
  profileFieldsOf,
  profileUrlOf,
} from '../../resolvers/users/model.js';
import type { Dialect } from '../dialect.js';
import { adminAccount, isoTime } from './account.js';
import { customEmoji } from './custom-emoji.js';
import { linksOnlyHtml, scrubbedHtml } from '../../instance/html.js';

/** What every account JSON needs beside the account. */
export interface AccountSetting {
  readonly instance: InstanceSettings;
  readonly dialect: Dialect;
}

/**
 * An account as the Mastodon API shows it to nobody in particular
 * (docs/instance/moderation.md#merged-account). The legacy dialect has the older flag too.
 */
export function mastodonAccount(
  user: AccountRow,
  extras: AccountExtras | undefined,
  { instance, dialect }: AccountSetting,
): Record<string, unknown> {
  const avatar = imageUrl(user.avatar, instance);
  const header = bannerUrl(user.banner, instance);
  return {
    id: flakeFromUuid(user.id),
    username: usernameOf(user),
    acct: user.nickname,
    display_name: displayNameOf(user),
    locked: user.isLocked,
    created_at: isoTime(user.insertedAt),
    followers_count: user.hideFollowersCount && user.hideFollowers ? 0 : user.followerCount,
    following_count: user.hideFollowsCount && user.hideFollows ? 0 : user.followingCount,
    statuses_count: user.noteCount,
    note: scrubbedHtml(user.bio),
    url: profileUrlOf(user),
    avatar,
    avatar_static: avatar,
    header,
    header_static: header,
    emojis: customEmoji(user.emoji),
    fields: fieldsOf(user.fields),
    bot: user.actorType === 'Service',
    source: {
      note: user.rawBio ?? '',
      sensitive: false,
      fields: profileFieldsOf(user.rawFields),
      pleroma: { discoverable: user.isDiscoverable, actor_type: user.actorType },
    },
    last_status_at: user.lastStatusAt?.toISOString().slice(0, 10) ?? null,
    fqn: fullNicknameOf(user),
    pleroma: {
      ap_id: user.apId,
      also_known_as: user.alsoKnownAs,
      is_confirmed: user.isConfirmed,
      is_suggested: user.isSuggested,
      tags: user.tags,
      hide_followers_count: user.hideFollowersCount,
      hide_follows_count: user.hideFollowsCount,
      hide_followers: user.hideFollowers,
      hide_follows: user.hideFollows,
      hide_favorites: user.hideFavorites,
      relationship: {},
      skip_thread_containment: user.skipThreadContainment,
      background_image: backgroundUrl(user.background),
      favicon: user.local ? `${instance.baseUrl}/favicon.png` : (extras?.instance?.favicon ?? null),
      ...(user.showRole ? { is_admin: user.isAdmin, is_moderator: user.isModerator } : {}),
      ...(dialect === 'legacy' ? { confirmation_pending: !user.isConfirmed } : {}),
    },
    akkoma: {
      instance: instanceOf(user, extras, instance),
      status_ttl_days: extras?.statusTtlDays ?? null,
      permit_followback: extras?.permitFollowback ?? false,
    },
  };
}

/**
 * Both views as one object; where they differ the admin's value stands
 * (docs/instance/moderation.md#merged-account).
 */
export function mergedAccount(
  user: AccountRow,
  extras: AccountExtras | undefined,
  setting: AccountSetting,
): Record<string, unknown> {
  return Object.assign(
    mastodonAccount(user, extras, setting),
    adminAccount(user, setting.instance, setting.dialect),
  );
}

/** An account as a status mentions it. */
export function mention(user: AccountRow): Record<string, unknown> {
  return {
    id: flakeFromUuid(user.id),
    acct: user.nickname,
    username: usernameOf(user),
    url: profileUrlOf(user),
  };
}

function usernameOf({ nickname }: AccountRow): string | null {
  return nickname?.split('@')[0] ?? null;
}

function fieldsOf(fields: Json): Record<string, unknown>[] {
  return profileFieldsOf(fields).map((field) => ({ ...field, value: linksOnlyHtml(field.value) }));
}

/** This instance's own node information is at `/nodeinfo`; it is not repeated in every account. */
function instanceOf(
  user: AccountRow,
  extras: AccountExtras | undefined,
  { host, baseUrl }: InstanceSettings,
): unknown {
  if (user.local) return { name: host, favicon: `${baseUrl}/favicon.png`, nodeinfo: {} };
  const known = extras?.instance;
  return known
    ? { name: known.host, favicon: known.favicon, nodeinfo: known.nodeinfo ?? {} }
    : null;
}
