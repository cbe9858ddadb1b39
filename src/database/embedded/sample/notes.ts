import type { PollData, PostData } from './data/post.js';
import type { Audience } from './ledger.js';
import { attachmentOf, type Attachment } from './media.js';
import type { Person } from './people.js';
import type { FormattedText } from './text.js';
import { days, later, published, type World } from './world.js';

interface Option {
  readonly name: string;
  readonly type: 'Note';
  readonly replies: { readonly type: 'Collection'; readonly totalItems: number };
}

/** `objects.data` of a post. The counters appear with the first reaction, as the instance does it. */
export interface Note extends Audience {
  readonly id: string;
  readonly type: 'Note' | 'Question';
  readonly actor: string;
  readonly content: string;
  readonly context: string;
  readonly published: string;
  readonly attachment: readonly Attachment[];
  readonly tag: readonly unknown[];
  readonly oneOf?: readonly Option[];
  readonly anyOf?: readonly Option[];
  likes?: readonly string[];
  like_count?: number;
  announcements?: readonly string[];
  announcement_count?: number;
  repliesCount?: number;
  readonly [key: string]: unknown;
}

interface NoteParts {
  readonly post: PostData;
  readonly text: string;
  readonly formatted: FormattedText;
  readonly author: Person;
  readonly audience: Audience;
  readonly context: string;
  readonly time: Date;
  readonly parent: Note | undefined;
}

export function noteOf(
  world: World,
  { post, text, formatted, author, audience, context, time, parent }: NoteParts,
): Note {
  const content = author.local ? formatted.html : `<p>${formatted.html}</p>`;
  return {
    id: `${author.origin}/objects/${world.random.uuid()}`,
    type: post.poll ? 'Question' : 'Note',
    actor: author.apId,
    ...audience,
    content,
    contentMap: { [post.language ?? 'en']: content },
    context,
    summary: post.warning ?? '',
    sensitive: post.warning !== undefined || post.sensitive === true,
    attachment: (post.media ?? []).map((media) => attachmentOf(world, author, media)),
    emoji: {},
    published: published(time),
    ...(parent && { inReplyTo: parent.id }),
    ...(post.poll && poll(world, post.poll, time)),
    ...(author.local ? localPart(text, formatted) : remotePart(author, formatted)),
  };
}

function localPart(text: string, { hashtags }: FormattedText) {
  return { tag: hashtags, source: { content: text, mediaType: 'text/plain' }, generator: null };
}

/** Remote posts keep the tags of their own server next to the names the instance adds. */
function remotePart({ origin, apId }: Person, { hashtags, mentions }: FormattedText) {
  const sent = [
    ...mentions.map((person) => ({
      type: 'Mention',
      href: person.apId,
      name: `@${person.nickname}`,
    })),
    ...hashtags.map((name) => ({
      type: 'Hashtag',
      href: `${origin}/tags/${name}`,
      name: `#${name}`,
    })),
  ];
  return { tag: [...sent, ...hashtags], attributedTo: apId, bto: [], bcc: [] };
}

function poll({ random }: World, { options, multiple, days: open }: PollData, time: Date) {
  const counted = options.map((name): Option => ({
    name,
    type: 'Note',
    replies: { type: 'Collection', totalItems: random.below(14) },
  }));
  return { [multiple ? 'anyOf' : 'oneOf']: counted, closed: published(later(time, open * days)) };
}
