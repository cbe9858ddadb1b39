import { crc32 } from 'node:zlib';
import type { AccountRow } from '../../database/accounts.js';
import { flakeFromUuid } from '../../database/flake.js';
import { objectOf, textOf, webAddressOf, type JsonObject } from '../../database/json.js';
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
  readonly quote: { readonly id: string; readonly json: unknown } | undefined;
  /** What is known of the page it links to. */
  readonly preview: JsonObject | undefined;
  readonly mediaId: (apId: string) => bigint | undefined;
  readonly accountId: (apId: string) => string | undefined;
}

export interface StatusSetting extends AccountSetting {
  readonly now: Date;
}

/**
 * A status as the Mastodon API shows it to nobody in particular
 * (docs/instance/moderation.md#status-json). Its object must be there.
 */
export function mastodonStatus(
  row: StatusRow,
  object: JsonObject,
  around: StatusSurroundings,
  setting: StatusSetting,
): Record<string, unknown> {
  const { instance, dialect, now } = setting;
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
  const lostParent = object['inReplyTo'] != null && dialect === 'v1' ? '_' : null; // the instance has a mark for a parent that is not here, the documents null
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
    poll: poll ? pollJson(poll, row.objectId, customEmoji(object['emoji']), now) : null,
    mentions: around.mentioned.map(mention),
    tags: tags.map((name) => ({
      name,
      url: `${instance.baseUrl}/tag/${encodeURIComponent(name)}`,
    })),
    application: application(object, dialect === 'legacy'),
    language: model.languageOf(object) ?? null,
    emojis: customEmoji(object['emoji']),
    quote_id: around.quote?.id ?? null,
    quote: around.quote?.json ?? null,
    emoji_reactions: reactions,
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
    },
    akkoma: {
      source: object['source'] ?? null,
      in_reply_to_apid: textOf(object['inReplyTo']) ?? null,
      quote_apid: textOf(object['quoteUri']) ?? null,
    },
  };
}

/** A boost around the status it repeats (docs/instance/moderation.md#status-json). */
export function mastodonReblog(
  row: StatusRow,
  inner: Record<string, unknown>,
  account: unknown,
  mentioned: readonly AccountRow[],
  { instance }: StatusSetting,
): Record<string, unknown> {
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
    content: '',
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
    pleroma: { local: row.local, pinned_at: null },
  };
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
