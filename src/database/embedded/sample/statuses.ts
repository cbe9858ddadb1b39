import { addActivity, everyone } from './activities.js';
import { makingPosts } from './data/posts-making.js';
import { moderationPosts } from './data/posts-moderation.js';
import { townPosts } from './data/posts-town.js';
import { wordsPosts } from './data/posts-words.js';
import type { PostData, Scope } from './data/post.js';
import type { ActivityRow, Audience, Ledger } from './ledger.js';
import { noteOf, type Note } from './notes.js';
import type { People, Person } from './people.js';
import { formatText, type FormattedText } from './text.js';
import { collections } from './user-rows.js';
import { later, minutes, published } from './world.js';

/** A post: a Create activity and the note it made. */
export interface Status {
  readonly key: string | undefined;
  readonly author: Person;
  readonly scope: Scope;
  readonly time: Date;
  readonly note: Note;
  readonly activity: ActivityRow;
}

/** All posts of the sample; adds their activities and notices, and raises the authors' counters. */
export function createStatuses(ledger: Ledger, people: People): Status[] {
  const statuses: Status[] = [];
  for (const { post, time } of scheduled(ledger)) {
    const first = createStatus(ledger, people, post, time);
    statuses.push(first);
    let last = time;
    for (const reply of post.replies ?? []) {
      last = later(last, (3 + ledger.random.below(110)) * minutes);
      statuses.push(
        createStatus(ledger, people, { scope: post.scope ?? 'public', ...reply }, last, first),
      );
    }
  }
  return statuses;
}

/** Threads that name no day are shuffled and spread evenly over the last two months. */
function scheduled(ledger: Ledger): { post: PostData; time: Date }[] {
  const threads = [...townPosts, ...makingPosts, ...wordsPosts, ...moderationPosts];
  const free = threads.filter((post) => post.daysAgo === undefined);
  const spread = ledger.random
    .some(free, free.length)
    .map((post, index) => ({ post, age: 59 - (index * 58.4) / free.length }));
  const fixed = threads.flatMap((post) =>
    post.daysAgo === undefined ? [] : [{ post, age: post.daysAgo }],
  );
  return [...fixed, ...spread].map(({ post, age }) => ({
    post,
    time: later(ledger.daysAgo(age), ledger.random.below(200 * minutes)),
  }));
}

function createStatus(
  ledger: Ledger,
  people: People,
  post: PostData,
  time: Date,
  parent?: Status,
): Status {
  const author = people.named(post.by);
  const scope = post.scope ?? 'public';
  const text =
    parent && parent.author !== author ? `@${parent.author.nickname} ${post.text}` : post.text;
  const formatted = formatText(text, ledger.base, people);
  const audience = audienceOf(ledger, author, scope, formatted);
  const context = parent?.note.context ?? `${author.origin}/contexts/${ledger.random.uuid()}`;
  const note = noteOf(ledger, {
    post,
    text,
    formatted,
    author,
    audience,
    context,
    time,
    parent: parent?.note,
  });
  const activity = addActivity(ledger, author, time, {
    type: 'Create',
    object: note.id,
    ...audience,
    context,
    published: published(time),
    directMessage: scope === 'direct',
  });
  for (const user of formatted.mentions)
    ledger.notices.push({ user, activityId: activity.id, type: 'mention', time });
  if (isListed(scope)) {
    author.noteCount += 1;
    if (!author.lastPost || author.lastPost < time) author.lastPost = time;
    if (parent) parent.note.repliesCount = (parent.note.repliesCount ?? 0) + 1;
  }
  if (post.pinned) author.pinned[note.id] = published(time);
  return { key: post.key, author, scope, time, note, activity };
}

/** Counted in note_count (docs/instance/moderation.md#deleting-a-status). */
export function isListed(scope: Scope): boolean {
  return scope === 'public' || scope === 'unlisted' || scope === 'local';
}

function audienceOf(
  ledger: Ledger,
  author: Person,
  scope: Scope,
  { mentions }: FormattedText,
): Audience {
  const mentioned = mentions.map((person) => person.apId);
  const followers = collections(author).followers ?? author.apId;
  switch (scope) {
    case 'public':
      return { to: [...mentioned, everyone], cc: [followers] };
    case 'unlisted':
      return { to: [...mentioned, followers], cc: [everyone] };
    case 'local':
      return { to: [...mentioned, `${ledger.base}/#Public`], cc: [followers] };
    case 'private':
      return { to: [...mentioned, followers], cc: [] };
    case 'direct':
      return { to: mentioned, cc: [] };
  }
}
