import { flakeFromUuid } from '../../database/flake.js';
import { textOf, type Json, type JsonObject } from '../../database/json.js';
import type { StatusRow } from '../../database/statuses.js';
import { inOwnTick } from '../../instance/own-tick.js';
import { hashtagsOf, mentionedApIds, visibilityOf } from '../../resolvers/statuses/addressing.js';
import { statusShow } from '../../resolvers/statuses/list.js';
import { attachmentApIds, mediaOf } from '../../resolvers/statuses/media.js';
import * as model from '../../resolvers/statuses/model.js';
import { pollOf } from '../../resolvers/statuses/poll.js';
import { reactionsOf } from '../../resolvers/statuses/reactions.js';
import { builder, type GraphQLContext } from '../builder.js';
import { needs } from '../guarded.js';
import { nodeAccess } from '../node-access.js';
import { userByApId, usersByApId } from '../user/loaded.js';
import { User } from '../user/type.js';
import { EmojiReaction, MediaAttachment, Poll } from './parts.js';

export const StatusVisibilityEnum = builder.enumType('StatusVisibility', {
  description: 'Who may see a status.',
  values: {
    PUBLIC: { value: 'public', description: 'Everybody, on public timelines too.' },
    UNLISTED: { value: 'unlisted', description: 'Everybody, but on no public timeline.' },
    LOCAL: { value: 'local', description: 'Everybody on this instance.' },
    PRIVATE: { value: 'private', description: "The author's followers." },
    DIRECT: { value: 'direct', description: 'Those it is addressed to.' },
    LIST: { value: 'list', description: 'Those on a list of the author.' },
  },
});

nodeAccess('Status', statusShow, 'uuid');

/** A post, or a boost of one. */
export const Status = builder.objectRef<StatusRow>('Status');

builder.node(Status, {
  description:
    'A post, or a boost of one; the fields of a boost are those of the post it repeats, but for account, time, visibility and mentions.',
  id: {
    resolve: ({ id }) => id,
    description: 'Global id, for `node` and caches.',
  },
  loadMany: (ids, { operation }) =>
    Promise.all(ids.map(async (id) => (await operation.loaders.statusById.load(id)) ?? null)),
  fields: (t) => ({
    databaseId: t.id({
      nullable: false,
      description: "The instance's own id (a flake id in base 62), as REST shows it.",
      resolve: ({ id }) => flakeFromUuid(id),
    }),
    apId: t.string({
      description: 'ActivityPub id of the post.',
      resolve: (status) => textOf(model.documentOf(status)['id']),
    }),
    url: t.string({
      description:
        'Page of the post; null when it names no address of the web (`http:` or `https:`).',
      resolve: async (status, _args, { operation }) =>
        model.pageUrlOf(status, (await operation.instance()).baseUrl),
    }),
    isLocal: t.exposeBoolean('local', {
      nullable: false,
      description: 'Whether it was posted on this instance.',
    }),
    account: t.field({
      type: User,
      description: 'Who posted or boosted it.',
      resolve: (status, _args, context) => userByApId(model.authorOf(status), context),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When it was posted or boosted, or else when it arrived.',
      resolve: (status) => model.publishedAt(status) ?? status.insertedAt,
    }),
    editedAt: t.field({
      type: 'DateTime',
      description: 'When it was last edited.',
      resolve: (status) => model.editedAt(model.documentOf(status)),
    }),
    title: t.string({
      description:
        'Title of a page, article, event, video or track: plain text, to be escaped. REST shows it as a link above the content.',
      resolve: (status) => model.titleOf(model.documentOf(status)),
    }),
    content: t.string({
      nullable: false,
      description: 'Sanitised HTML, without the title.',
      resolve: (status) => {
        const document = model.documentOf(status);
        return inOwnTick(model.contentLengthOf(document), () => model.contentOf(document));
      },
    }),
    source: t.string({
      description: 'What the author typed, where that is kept.',
      resolve: (status) => model.sourceOf(model.documentOf(status)),
    }),
    spoilerText: t.string({
      nullable: false,
      description: 'Content warning; empty = none.',
      resolve: (status) => model.spoilerOf(model.documentOf(status)),
    }),
    isSensitive: t.boolean({
      nullable: false,
      description: 'Its media are hidden at first.',
      resolve: (status) => model.isSensitive(model.documentOf(status)),
    }),
    visibility: t.field({
      type: StatusVisibilityEnum,
      nullable: false,
      description: 'Who may see it.',
      resolve: async (status, _args, { operation }) =>
        visibilityOf(model.addressesOf(status), (await operation.instance()).baseUrl),
    }),
    language: t.string({
      description: 'Language code, where the author named one.',
      resolve: (status) => model.languageOf(model.documentOf(status)),
    }),
    tags: t.stringList({
      nullable: false,
      description: 'Hashtags, without `#`.',
      resolve: (status) => hashtagsOf(model.documentOf(status)),
    }),
    mediaAttachments: t.field({
      type: [MediaAttachment],
      nullable: false,
      description: 'Attached files.',
      resolve: (status, _args, context) => attachments(model.documentOf(status), context),
    }),
    poll: t.field({
      type: Poll,
      description: 'Its poll, if it has one.',
      resolve: (status) => pollOf(model.documentOf(status)),
    }),
    emojiReactions: t.field({
      type: [EmojiReaction],
      nullable: false,
      description: 'Emoji reactions as the post counts them.',
      resolve: (status) => reactionsOf(model.documentOf(status)),
    }),
    mentions: t.field({
      type: [User],
      nullable: false,
      description: 'Accounts it speaks to or mentions, as far as they are known here.',
      resolve: (status, _args, context) =>
        usersByApId(mentionedApIds(model.addressesOf(status)), context),
    }),
    favouritesCount: t.int({
      nullable: false,
      description: 'Likes known here.',
      resolve: (status) => model.countsOf(model.documentOf(status)).likes,
    }),
    reblogsCount: t.int({
      nullable: false,
      description: 'Boosts known here.',
      resolve: (status) => model.countsOf(model.documentOf(status)).boosts,
    }),
    repliesCount: t.int({
      nullable: false,
      description: 'Replies known here.',
      resolve: (status) => model.countsOf(model.documentOf(status)).replies,
    }),
    context: t.string({
      description: 'What all statuses of one thread share.',
      resolve: (status) => textOf(model.documentOf(status)['context']),
    }),
    inReplyToApId: t.string({
      description: 'ActivityPub id of what it answers, also when that is not known here.',
      resolve: (status) => textOf(model.documentOf(status)['inReplyTo']),
    }),
    inReplyTo: t.field({
      extensions: needs('messages_read'),
      type: Status,
      description: 'What it answers. On Pleroma it needs the privilege `messages_read`.',
      resolve: (status, _args, context) => statusBy(model.documentOf(status)['inReplyTo'], context),
    }),
    reblogOf: t.field({
      extensions: needs('messages_read'),
      type: Status,
      description:
        'The post a boost repeats; null for a post. On Pleroma it needs the privilege `messages_read`.',
      resolve: (status, _args, context) =>
        status.type === 'Announce' ? statusBy(model.documentOf(status)['id'], context) : null,
    }),
  }),
});

async function statusBy(
  apId: Json | undefined,
  { operation }: GraphQLContext,
): Promise<StatusRow | null> {
  return typeof apId === 'string'
    ? ((await operation.loaders.statusByApId.load(apId)) ?? null)
    : null;
}

async function attachments(
  object: JsonObject,
  { operation }: GraphQLContext,
): Promise<ReturnType<typeof mediaOf>> {
  const ids = new Map(
    await Promise.all(
      attachmentApIds(object).map(
        async (apId) => [apId, await operation.loaders.objectId.load(apId)] as const,
      ),
    ),
  );
  return mediaOf(object, (apId) => ids.get(apId));
}
