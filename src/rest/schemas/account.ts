import { z } from 'zod';
import { privileges } from '../../instance/privileges.js';
import { examples } from './examples.js';
import {
  anyObject,
  component,
  count,
  day,
  flag,
  html,
  id,
  image,
  nickname,
  shown,
  tags,
  time,
  url,
} from './parts.js';

const admin = z.object({
  id: shown(id, examples.accountId),
  email: shown(z.string().nullable(), examples.email),
  avatar: image,
  nickname,
  display_name: shown(z.string(), 'Mira Okafor'),
  is_active: shown(flag, true),
  local: shown(flag, true),
  roles: z.object({ admin: flag, moderator: flag }),
  tags,
  is_confirmed: shown(flag, true),
  is_approved: shown(flag, true),
  is_suggested: flag,
  url,
  registration_reason: shown(z.string().nullable(), null),
  actor_type: shown(z.string(), 'Person'),
  created_at: time,
});

/** What the documents' generation calls some flags, by their opposite. */
const olderFlags = z.object({
  deactivated: flag,
  confirmation_pending: flag,
  approval_pending: flag,
});

/** An account as admin routes show it (docs/instance/accounts.md#account-json). */
export const account = {
  v1: component('Account', 'An account as administrators see it.', admin),
  legacy: component(
    'LegacyAccount',
    'An account as administrators see it, flags under their old names too.',
    admin.extend(olderFlags.shape),
  ),
};

export const customEmoji = component(
  'CustomEmoji',
  'An emoji of one instance.',
  z.object({
    shortcode: shown(z.string(), 'blobcat'),
    url: image,
    static_url: image,
    visible_in_picker: flag,
  }),
);

const field = z.looseObject({
  name: shown(z.unknown(), 'Pronouns'),
  value: shown(z.string(), 'she/her'),
});

/** What only a Pleroma shows below `pleroma`; all is absent on Akkoma. */
export const pleromaFields = {
  privileges: shown(z.array(z.enum(privileges)), ['reports_manage_reports']).optional(),
  accepts_chat_messages: shown(flag.nullable(), true).optional(),
  avatar_description: z.string().optional(),
  header_description: z.string().optional(),
  birthday: shown(z.string().nullable(), null).optional(),
};

const mastodonPleroma = z.object({
  ap_id: url,
  also_known_as: shown(z.array(z.string()).nullable(), []),
  is_confirmed: shown(flag, true),
  is_suggested: flag,
  tags,
  hide_followers_count: flag,
  hide_follows_count: flag,
  hide_followers: flag,
  hide_follows: flag,
  hide_favorites: flag,
  relationship: z.object({}),
  skip_thread_containment: flag,
  background_image: shown(z.string().nullable(), null),
  favicon: shown(z.string().nullable(), `${examples.url}/favicon.png`),
  is_admin: flag.optional(),
  is_moderator: flag.optional(),
  ...pleromaFields,
  confirmation_pending: flag.optional(),
});

/** What every form of an account begins with. */
export const accountFields = {
  id: shown(id, examples.accountId),
  username: nickname,
  acct: nickname,
  display_name: shown(z.string().nullable(), 'Mira Okafor'),
  locked: flag,
  created_at: time,
  followers_count: count,
  following_count: count,
  statuses_count: count,
  note: html,
  url,
  avatar: image,
  avatar_static: image,
  header: image,
  header_static: image,
  emojis: z.array(customEmoji),
  bot: flag,
};

const mastodon = z.object({
  ...accountFields,
  fields: z.array(field),
  source: z.object({
    note: z.string(),
    sensitive: flag,
    fields: z.unknown(),
    pleroma: z.object({ discoverable: flag, actor_type: shown(z.string(), 'Person') }),
  }),
  last_status_at: day.nullable(),
  fqn: shown(z.string().nullable(), 'mira@home.example'),
  pleroma: mastodonPleroma,
  /** Akkoma only. */
  akkoma: z
    .object({
      instance: z
        .object({
          name: shown(z.string().nullable(), 'home.example'),
          favicon: shown(z.string().nullable(), `${examples.url}/favicon.png`),
          nodeinfo: anyObject,
        })
        .nullable(),
      status_ttl_days: shown(z.int().nullable(), null),
      permit_followback: flag,
    })
    .optional(),
});

/**
 * Both views as one object, as reports and statuses show accounts. All fields are optional: `{}` stands where an
 * account is no more, and what is not for administrators lacks their fields.
 */
export const mergedAccount = {
  v1: component(
    'MergedAccount',
    'An account in both views at once; empty where the account is no more.',
    mastodon.extend(admin.shape).partial(),
  ),
  legacy: component(
    'LegacyMergedAccount',
    'An account in both views at once, flags under their old names too; empty where the account is no more.',
    mastodon.extend(admin.shape).extend(olderFlags.shape).partial(),
  ),
};
