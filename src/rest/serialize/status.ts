import { crc32 } from 'node:zlib';
import type { AccountRow } from '../../database/accounts.js';
import { flakeFromUuid } from '../../database/flake.js';
import type { Family } from '../../database/family.js';
import { countOf, objectOf, textOf, webAddressOf, type JsonObject } from '../../database/json.js';
import type { StatusRow } from '../../database/statuses.js';
import { plainText } from '../../instance/html.js';
import { hashtagsOf, isPublic, visibilityOf } from '../../resolvers/statuses/addressing.js';
import { mediaOf } from '../../resolvers/statuses/media.js';
import * as model from '../../resolvers/statuses/model.js';
import { pollOf, timeOf } from '../../resolvers/statuses/poll.js';
import { reactionsOf } from '../../resolvers/statuses/reactions.js';
import { isoTime, noTime } from './account.js';
import { card } from './card.js';
import { customEmoji } from './custom-emoji.js';
import { mention, type AccountSetting } from './mastodon-account.js';
import { mediaAttachment } from './media.js';
import { pollJson } from './poll.js';

/** Everything around a status that its JSON names. */
export interface StatusSurroundings {
  readonly author: AccountRow | undefined;
  /** The author as JSON, in the form the answer wants. */
  readonly account: unknown;
  readonly mentioned: readonly AccountRow[];
  readonly parent: { readonly row: StatusRow; readonly author: AccountRow | undefined } | undefined;
  readonly quote: Quote | undefined;
  /** What is known of the page it links to. */
  readonly preview: JsonObject | undefined;
  readonly mediaId: (apId: string) => bigint | undefined;
  readonly accountId: (apId: string) => string | undefined;
}

/** A status that another quotes. */
export interface Quote {
  readonly id: string;
  readonly isPublic: boolean;
  /** Null for what not everybody may see, and for a quote within a quote. */
  readonly json: unknown;
}

export interface StatusSetting extends AccountSetting {
  readonly now: Date;
}

/** What only one family shows of a status, beside what both do. */
interface OwnParts {
  readonly language: string | null;
  /** Keys of the status itself. */
  readonly top: Record<string, unknown>;
  /** Keys below `pleroma`. */
  readonly pleroma: Record<string, unknown>;
}

const ownParts: Readonly<
  Record<
    Family,
    (object: JsonObject, quote: Quote | undefined, reactions: readonly unknown[]) => OwnParts
  >
> = {
  akkoma: (object, quote, reactions) => {
    const shown = quote?.isPublic ? quote : undefined;
    return {
      language: model.languageOf(object) ?? null,
      top: {
        quote_id: shown?.id ?? null,
        quote: shown?.json ?? null,
        emoji_reactions: reactions,
        akkoma: {
          source: object['source'] ?? null,
          in_reply_to_apid: textOf(object['inReplyTo']) ?? null,
          quote_apid: textOf(object['quoteUri']) ?? null,
        },
      },
      pleroma: {},
    };
  },
  // The viewer is nobody in particular, who has no bookmarks and no lists.
  pleroma: (object, quote) => ({
    language: pleromaLanguage(object),
    top: {},
    pleroma: {
      quote: quote?.json ?? null,
      quote_id: quote?.id ?? null,
      quote_url: textOf(object['quoteUrl']) ?? null,
      quote_visible: quote?.isPublic ?? false,
      quotes_count: countOf(object['quotesCount']),
      bookmark_folder: null,
      list_id: null,
    },
  }),
};

/** The ActivityPub id of the status that this one quotes, where the family keeps it. */
export function quotedApId(object: JsonObject, family: Family): string | undefined {
  return textOf(object[family === 'akkoma' ? 'quoteUri' : 'quoteUrl']);
}

/**
 * A status as the Mastodon API shows it to nobody in particular
 * (docs/instance/moderation.md#status-json), in the form of its family. Its object must be there.
 */
export function mastodonStatus(
  row: StatusRow,
  object: JsonObject,
  around: StatusSurroundings,
  setting: StatusSetting,
): Record<string, unknown> {
  const { instance, family, dialect } = setting;
  const id = flakeFromUuid(row.id);
  const spoiler = model.spoilerOf(object);
  const counts = model.countsOf(object);
  const editedAt = model.editedAt(object);
  const tags = hashtagsOf(object);
  const pinnedAt = timeOf(
    objectOf(around.author?.pinnedObjects ?? null)[textOf(object['id']) ?? ''],
  );
  const reactions = reactionsOf(object).map(({ name, url, actors }) => {
    const accountIds = actors.map(around.accountId).filter((accountId) => accountId !== undefined);
    return { name, count: accountIds.length, url, me: false, account_ids: accountIds };
  });
  const poll = pollOf(object);
  const context = textOf(row.activity['context']);
  // Akkoma has a mark for a parent that is not here; Pleroma and the documents null.
  const hasMark = family === 'akkoma' && dialect === 'v1';
  const lostParent = object['inReplyTo'] != null && hasMark ? '_' : null;
  const own = ownParts[family](object, around.quote, reactions);
  return {
    id,
    uri: object['id'],
    url: model.pageUrlOf(row, instance.baseUrl) ?? null,
    account: around.account,
    in_reply_to_id: around.parent ? flakeFromUuid(around.parent.row.id) : lostParent,
    in_reply_to_account_id: around.parent?.author
      ? flakeFromUuid(around.parent.author.id)
      : lostParent,
    reblog: null,
    card: around.preview ? card(around.preview) : null,
    content: model.titledContentOf(object),
    text: null,
    created_at: publishedTime(row),
    edited_at: editedAt ? isoTime(editedAt) : null,
    reblogs_count: counts.boosts,
    replies_count: counts.replies,
    favourites_count: counts.likes,
    reblogged: false,
    favourited: false,
    bookmarked: false,
    muted: false,
    pinned: pinnedAt !== undefined,
    sensitive: model.isSensitive(object),
    spoiler_text: spoiler,
    visibility: visibilityOf(object, instance.baseUrl),
    media_attachments: mediaOf(object, around.mediaId).map(mediaAttachment),
    poll: poll ? pollJson(poll, row.objectId, object, setting) : null,
    mentions: around.mentioned.map(mention),
    tags: tags.map((name) => ({
      name,
      url: `${instance.baseUrl}/tag/${encodeURIComponent(name)}`,
    })),
    application: application(object, dialect === 'legacy'),
    language: own.language,
    emojis: customEmoji(object['emoji']),
    ...own.top,
    pleroma: {
      local: row.local,
      conversation_id: context === undefined ? null : crc32(context) & 0x7fffffff,
      context: object['context'] ?? null,
      in_reply_to_account_acct: around.parent?.author?.nickname ?? null,
      content: { 'text/plain': model.titledTextOf(object) },
      spoiler_text: { 'text/plain': plainText(spoiler) },
      expires_at: null,
      direct_conversation_id: null,
      thread_muted: false,
      emoji_reactions: reactions,
      parent_visible: around.parent !== undefined && isPublic(around.parent.row.activity),
      pinned_at: pinnedAt === undefined ? null : isoTime(pinnedAt),
      ...own.pleroma,
    },
  };
}

/** A boost around the status it repeats (docs/instance/moderation.md#status-json). */
export function mastodonReblog(
  row: StatusRow,
  inner: Record<string, unknown>,
  account: unknown,
  mentioned: readonly AccountRow[],
  { instance, family }: StatusSetting,
): Record<string, unknown> {
  const isPleroma = family === 'pleroma';
  return {
    ...Object.fromEntries(
      ['application', 'language', 'media_attachments', 'tags', 'uri'].map((key) => [
        key,
        inner[key],
      ]),
    ),
    id: flakeFromUuid(row.id),
    url: inner['uri'],
    account,
    in_reply_to_id: null,
    in_reply_to_account_id: null,
    reblog: inner,
    content: isPleroma ? inner['content'] : '',
    created_at: publishedTime(row),
    reblogs_count: 0,
    replies_count: 0,
    favourites_count: 0,
    reblogged: false,
    favourited: false,
    bookmarked: false,
    muted: false,
    pinned: false,
    sensitive: false,
    spoiler_text: '',
    visibility: visibilityOf(row.activity, instance.baseUrl),
    mentions: mentioned.map(mention),
    emojis: [],
    pleroma: {
      local: row.local,
      pinned_at: null,
      ...(isPleroma ? { bookmark_folder: null } : {}),
    },
  };
}

/** `und` = nobody knows. */
function pleromaLanguage({ language }: JsonObject): string | null {
  return language === 'und' ? null : (textOf(language) ?? null);
}

/** What the status was written with; the first generation always said "Web". */
function application(object: JsonObject, always: boolean): unknown {
  const generator = objectOf(object['generator']);
  if (textOf(generator['name']) === undefined)
    return always ? { name: 'Web', website: null } : null;
  return { name: generator['name'], website: webAddressOf(generator['url']) ?? null };
}

/** The instance drops the fraction; what is no time becomes the epoch. */
function publishedTime(status: StatusRow): string {
  const time = model.publishedAt(status);
  return time ? isoTime(time) : noTime;
}
