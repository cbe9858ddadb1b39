import { z } from 'zod';
import type { Dialect } from '../dialect.js';
import { customEmoji, mergedAccount } from './account.js';
import { examples } from './examples.js';
import {
  anyObject,
  component,
  count,
  flag,
  html,
  id,
  image,
  nickname,
  shown,
  time,
  url,
} from './parts.js';

const poll = component(
  'Poll',
  'A question with its answers and their votes.',
  z.object({
    id: shown(z.string(), '4711'),
    expires_at: time.nullable(),
    expired: flag,
    multiple: flag,
    votes_count: count,
    voters_count: count.nullable(),
    pleroma: z.object({ non_anonymous: flag }).optional(),
    options: z.array(z.object({ title: shown(z.string(), 'Tea'), votes_count: count })),
    emojis: z.array(customEmoji),
  }),
);

const media = component(
  'MediaAttachment',
  'An attached file.',
  z.object({
    id: shown(z.string(), '42'),
    url: image,
    remote_url: image,
    preview_url: image,
    text_url: image,
    type: z.enum(['image', 'video', 'audio', 'unknown']),
    description: shown(z.string().nullable(), 'A cat on a keyboard'),
    pleroma: z.object({ mime_type: shown(z.string(), 'image/png') }),
    blurhash: shown(z.string().nullable(), null),
    meta: z
      .object({ original: z.object({ width: z.int(), height: z.int(), aspect: z.number() }) })
      .optional(),
  }),
);

const card = component(
  'Card',
  'A preview of a linked page.',
  z.object({
    type: shown(z.string(), 'link'),
    provider_name: shown(z.string(), 'example.org'),
    provider_url: url,
    url,
    image: shown(z.string().nullable(), null),
    title: html,
    description: html,
    pleroma: z.object({ opengraph: anyObject }),
  }),
);

const mention = z.object({
  id: shown(id, examples.accountId),
  acct: nickname,
  username: nickname,
  url,
});
const reaction = z.object({
  name: shown(z.string(), '🍵'),
  count,
  url: shown(z.string().nullable(), null),
  me: flag,
  account_ids: z.array(shown(id, examples.accountId)),
});
const plain = z.object({ 'text/plain': html });
/** `_` = the parent is not known here. */
const parentId = shown(z.string().nullable(), null);
const visibility = shown(
  z.enum(['public', 'unlisted', 'private', 'direct', 'local', 'list']),
  'public',
);
const hashtag = z.object({ name: shown(z.string(), 'tea'), url });

const common = {
  id: shown(id, examples.statusId),
  uri: shown(z.unknown(), `${examples.url}/objects/1`),
  url: shown(z.unknown(), `${examples.url}/notice/${examples.statusId}`),
  in_reply_to_id: parentId,
  in_reply_to_account_id: parentId,
  content: html,
  created_at: time,
  reblogs_count: count,
  replies_count: count,
  favourites_count: count,
  reblogged: flag,
  favourited: flag,
  bookmarked: flag,
  muted: flag,
  pinned: flag,
  sensitive: flag,
  spoiler_text: z.string(),
  visibility,
  media_attachments: z.array(media),
  mentions: z.array(mention),
  tags: z.array(hashtag),
  application: shown(z.object({ name: z.unknown(), website: z.unknown() }).nullable(), null),
  language: shown(z.string().nullable(), null),
  emojis: z.array(customEmoji),
};

/** What both families show below `pleroma`. */
const pleroma = {
  local: shown(flag, true),
  conversation_id: z.int().nullable(),
  context: shown(z.unknown(), `${examples.url}/contexts/1`),
  in_reply_to_account_acct: shown(z.string().nullable(), null),
  content: plain,
  spoiler_text: plain,
  expires_at: z.null(),
  direct_conversation_id: z.null(),
  thread_muted: flag,
  emoji_reactions: z.array(reaction),
  parent_visible: flag,
  pinned_at: time.nullable(),
};

function statusOf(name: string, dialect: Dialect): z.ZodType {
  const account = mergedAccount[dialect];
  const quoted = (): z.ZodType => shown(z.union([status, z.null()]), null);
  const status = component(
    name,
    'A status as the Mastodon API shows it; its author also as administrators see accounts, where the route says so. Akkoma shows quotes and reactions at the top level and `akkoma`, Pleroma shows quotes below `pleroma`.',
    z.object({
      ...common,
      account,
      reblog: z.null(),
      card: card.nullable(),
      text: z.null(),
      edited_at: time.nullable(),
      poll: poll.nullable(),
      quote_id: parentId.optional(),
      get quote(): z.ZodType {
        return quoted().optional();
      },
      emoji_reactions: z.array(reaction).optional(),
      pleroma: z.object({
        ...pleroma,
        get quote(): z.ZodType {
          return quoted().optional();
        },
        quote_id: parentId.optional(),
        quote_url: shown(z.string().nullable(), null).optional(),
        quote_visible: flag.optional(),
        quotes_count: count.optional(),
        bookmark_folder: z.null().optional(),
        list_id: z.null().optional(),
      }),
      akkoma: z
        .object({
          source: shown(z.unknown(), null),
          in_reply_to_apid: parentId,
          quote_apid: parentId,
        })
        .optional(),
    }),
  );
  const reblog = component(
    `${name}Reblog`,
    'A boost around the status it repeats.',
    z.object({
      ...common,
      account,
      reblog: status,
      pleroma: z.object({
        local: flag,
        pinned_at: z.null(),
        bookmark_folder: z.null().optional(),
      }),
    }),
  );
  return z.union([status, reblog]);
}

/** A status, or a boost of one (docs/instance/moderation.md#status-json). */
export const status = { v1: statusOf('Status', 'v1'), legacy: statusOf('LegacyStatus', 'legacy') };
