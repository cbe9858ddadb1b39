import type { Media } from '../../resolvers/statuses/media.js';
import { isClosed, votesOf, type Poll as PollDocument } from '../../resolvers/statuses/poll.js';
import type { Reaction } from '../../resolvers/statuses/reactions.js';
import { builder } from '../builder.js';

const MediaKind = builder.enumType('MediaKind', {
  description: 'What kind of file is attached.',
  values: {
    IMAGE: { value: 'image', description: 'A picture.' },
    VIDEO: { value: 'video', description: 'A video.' },
    AUDIO: { value: 'audio', description: 'A sound.' },
    UNKNOWN: { value: 'unknown', description: 'Anything else.' },
  },
});

/** A file attached to a status. */
export const MediaAttachment = builder.objectRef<Media>('MediaAttachment').implement({
  description: 'A file attached to a status.',
  fields: (t) => ({
    databaseId: t.id({
      nullable: false,
      description: 'Id of the upload as Mastodon clients see it.',
      resolve: ({ id }) => id,
    }),
    kind: t.field({
      type: MediaKind,
      nullable: false,
      description: 'What kind of file.',
      resolve: ({ kind }) => kind,
    }),
    url: t.exposeString('url', {
      nullable: false,
      description: 'Where the file lies; of a remote status on the other server.',
    }),
    mediaType: t.exposeString('mediaType', {
      nullable: false,
      description: 'MIME type as stated.',
    }),
    description: t.exposeString('description', {
      description: 'Text for those who cannot see it.',
    }),
    blurhash: t.exposeString('blurhash', { description: 'Blurred miniature.' }),
    width: t.int({ description: 'Pixels.', resolve: ({ width }) => width }),
    height: t.int({ description: 'Pixels.', resolve: ({ height }) => height }),
  }),
});

const PollOption = builder.objectRef<PollDocument['options'][number]>('PollOption').implement({
  description: 'One answer of a poll.',
  fields: (t) => ({
    title: t.exposeString('title', { nullable: false, description: 'The answer.' }),
    votesCount: t.exposeInt('votes', { nullable: false, description: 'How many chose it.' }),
  }),
});

/** The poll of a status. */
export const Poll = builder.objectRef<PollDocument>('Poll').implement({
  description: 'The poll of a status.',
  fields: (t) => ({
    options: t.field({
      type: [PollOption],
      nullable: false,
      description: 'The answers.',
      resolve: ({ options }) => [...options],
    }),
    isMultiple: t.exposeBoolean('multiple', {
      nullable: false,
      description: 'Several answers may be chosen.',
    }),
    closesAt: t.field({
      type: 'DateTime',
      description: 'When voting ends or ended.',
      resolve: ({ closesAt }) => closesAt,
    }),
    isClosed: t.boolean({
      nullable: false,
      description: 'Voting has ended.',
      resolve: (poll, _args, { operation }) => isClosed(poll, operation.now()),
    }),
    votesCount: t.int({ nullable: false, description: 'All votes together.', resolve: votesOf }),
    votersCount: t.int({
      description: 'Who voted; known only where several answers may be chosen.',
      resolve: ({ voters }) => voters,
    }),
  }),
});

/** How many accounts reacted with one emoji. */
export const EmojiReaction = builder.objectRef<Reaction>('EmojiReaction').implement({
  description: 'How many accounts reacted with one emoji.',
  fields: (t) => ({
    name: t.exposeString('name', {
      nullable: false,
      description: 'The emoji, or the shortcode of a custom one.',
    }),
    url: t.exposeString('url', { description: 'Picture of a custom emoji.' }),
    count: t.int({
      nullable: false,
      description: 'How many reacted so.',
      resolve: ({ actors }) => actors.length,
    }),
  }),
});
