import { z } from 'zod';
import { accountFields, pleromaFields } from './account.js';
import { examples } from './examples.js';
import { anyObject, component, count, day, flag, image, shown, tags, url } from './parts.js';

const nullable = shown(z.string().nullable(), null);

const pleroma = z.object({
  ap_id: url,
  also_known_as: shown(z.array(z.string()).nullable(), []),
  is_admin: shown(flag, true),
  is_moderator: flag,
  is_confirmed: shown(flag, true),
  is_suggested: flag,
  tags,
  hide_followers: flag,
  hide_followers_count: flag,
  hide_follows: flag,
  hide_follows_count: flag,
  hide_favorites: flag,
  relationship: z.object({}),
  skip_thread_containment: flag,
  background_image: nullable,
  settings_store: anyObject.nullable(),
  notification_settings: z.object({
    block_from_strangers: z.unknown(),
    hide_notification_contents: z.unknown(),
  }),
  allow_following_move: flag,
  unread_conversation_count: count,
  unread_notifications_count: count,
  email: shown(z.string().nullable(), examples.email),
  deactivated: flag.optional(),
  favicon: shown(z.string().nullable(), `${examples.url}/favicon.png`),
  ...pleromaFields,
});

/** The caller's own account (docs/instance/oauth.md#own-account). */
export const ownAccount = component(
  'OwnAccount',
  "The caller's own account.",
  z.object({
    ...accountFields,
    fqn: shown(z.string(), 'mira@home.example'),
    fields: z.unknown(),
    source: z.object({
      note: z.string(),
      sensitive: flag,
      fields: z.unknown(),
      privacy: shown(z.string().nullable(), 'public'),
      pleroma: z.object({
        discoverable: flag,
        actor_type: shown(z.string(), 'Person'),
        show_role: flag,
        no_rich_text: flag,
        show_birthday: flag.optional(),
      }),
    }),
    last_status_at: day.nullable(),
    follow_requests_count: count,
    /** Akkoma only, as is `akkoma`. */
    accepts_direct_messages_from: z.unknown().optional(),
    akkoma: z
      .object({
        instance: z.object({
          name: shown(z.string(), 'home.example'),
          favicon: image,
          nodeinfo: anyObject,
        }),
        status_ttl_days: z.int().nullable(),
        permit_followback: flag,
      })
      .optional(),
    pleroma,
  }),
);
