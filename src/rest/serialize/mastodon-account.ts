import type { AccountExtras, AccountRow } from '../../database/accounts.js';
import { flakeFromUuid } from '../../database/flake.js';
import type { Json } from '../../database/json.js';
import type { Family } from '../../database/family.js';
import { backgroundUrl, bannerUrl, imageDescription, imageUrl } from '../../instance/images.js';
import { privilegesOf } from '../../instance/privileges.js';
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
  readonly family: Family;
  readonly dialect: Dialect;
}

/** What only one family shows of an account, beside what both do. */
interface OwnParts {
  readonly bot: boolean;
  /** Keys of the account itself. */
  readonly top: Record<string, unknown>;
  /** Keys below `pleroma`. */
  readonly pleroma: Record<string, unknown>;
}

const ownParts: Readonly<
  Record<
    Family,
    (user: AccountRow, extras: AccountExtras | undefined, instance: InstanceSettings) => OwnParts
  >
> = {
  akkoma: (user, extras, instance) => ({
    bot: user.actorType === 'Service',
    top: {
      akkoma: {
        instance: instanceOf(user, extras, instance),
        status_ttl_days: extras?.statusTtlDays ?? null,
        permit_followback: extras?.permitFollowback ?? false,
      },
    },
    pleroma: {
      favicon: user.local ? `${instance.baseUrl}/favicon.png` : (extras?.instance?.favicon ?? null),
    },
  }),
  pleroma: (user, extras, instance) => ({
    bot: user.actorType === 'Service' || user.actorType === 'Group',
    top: {},
    pleroma: {
      favicon: instance.instanceFavicons ? (extras?.instance?.favicon ?? null) : null,
      accepts_chat_messages: extras?.acceptsChatMessages ?? null,
      avatar_description: imageDescription(user.avatar),
      header_description: imageDescription(user.banner),
      ...(user.showRole ? { privileges: user.local ? privilegesOf(user, instance) : [] } : {}),
      ...(extras?.showsBirthday ? { birthday: extras.birthday } : {}),
    },
  }),
};

/**
 * An account as the Mastodon API shows it to nobody in particular
 * (docs/instance/moderation.md#merged-account), in the form of its family. The legacy dialect has the
 * older flag too.
 */
export function mastodonAccount(
  user: AccountRow,
  extras: AccountExtras | undefined,
  { instance, family, dialect }: AccountSetting,
): Record<string, unknown> {
  const own = ownParts[family](user, extras, instance);
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
    bot: own.bot,
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
      ...own.pleroma,
      ...(user.showRole ? { is_admin: user.isAdmin, is_moderator: user.isModerator } : {}),
      ...(dialect === 'legacy' ? { confirmation_pending: !user.isConfirmed } : {}),
    },
    ...own.top,
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
