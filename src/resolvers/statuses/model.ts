import { flakeFromUuid } from '../../database/flake.js';
import {
  countOf,
  linkedAddressOf,
  objectOf,
  textOf,
  webAddressOf,
  type JsonObject,
} from '../../database/json.js';
import type { StatusRow } from '../../database/statuses.js';
import { timeFrom } from '../../database/time.js';
import { plainText, scrubbedHtml } from '../../instance/html.js';
import { hashtagsOf } from './addressing.js';

/**
 * What a status says, read once for every door. Any server may have written the row: nothing here throws, and what a part of the
 * document does not say properly is absent, empty or 0 as each function documents.
 */

/** What the post says; empty when its object is gone. A boost says what the boosted post says. */
export function documentOf({ object }: StatusRow): JsonObject {
  return object ?? {};
}

/** The document that holds the addresses: a boost has its own. */
export function addressesOf(status: StatusRow): JsonObject {
  return status.type === 'Announce' ? objectOf(status.activity) : documentOf(status);
}

/** ActivityPub id of the author, or of who boosted; undefined when the row names nobody. */
export function authorOf({
  actor,
  activity,
}: Pick<StatusRow, 'actor' | 'activity'>): string | undefined {
  return actor ?? textOf(objectOf(activity)['actor']);
}

/** When it was posted, or boosted; undefined when the document does not say. */
export function publishedAt(status: StatusRow): Date | undefined {
  return timeFrom(textOf(addressesOf(status)['published']) ?? '');
}

/** When it was last edited; undefined when it never was, and for what is no time. */
export function editedAt(object: JsonObject): Date | undefined {
  return timeFrom(textOf(object['updated']) ?? '');
}

/** The title of a page, an article, an event, a video or a track: plain text as its author wrote it. */
export function titleOf(object: JsonObject): string | undefined {
  const name = textOf(object['name']);
  return name === undefined || name.trim() === '' ? undefined : name;
}

/** Characters of the body as it is stored. */
export function contentLengthOf(object: JsonObject): number {
  return textOf(object['content'])?.length ?? 0;
}

/** The body as sanitised HTML, without the title; empty when there is none. */
export function contentOf(object: JsonObject): string {
  return scrubbedHtml(textOf(object['content']) ?? '');
}

/** The body with the title as a link above it, as the Mastodon API shows it: sanitised HTML. */
export function titledContentOf(object: JsonObject): string {
  return scrubbedHtml(titledHtmlOf(object));
}

/** The same as plain text. */
export function titledTextOf(object: JsonObject): string {
  return plainText(titledHtmlOf(object));
}

function titledHtmlOf(object: JsonObject): string {
  const content = textOf(object['content']) ?? '';
  const title = titleOf(object);
  const page = linkedAddressOf(object['url']) ?? webAddressOf(object['id']) ?? '';
  return title === undefined
    ? content
    : `<p><a href="${page.replaceAll('"', '%22')}">${title}</a></p>${content}`;
}

/** What the author typed, where that is kept. */
export function sourceOf(object: JsonObject): string | undefined {
  return textOf(object['source']) ?? textOf(objectOf(object['source'])['content']);
}

/** The content warning; empty = none. */
export function spoilerOf(object: JsonObject): string {
  return textOf(object['summary']) ?? '';
}

/** Whether its media are hidden at first. */
export function isSensitive(object: JsonObject): boolean {
  return object['sensitive'] === true || hashtagsOf(object).includes('nsfw');
}

/** The language its author named; of several the first in the alphabet. */
export function languageOf(object: JsonObject): string | undefined {
  return Object.keys(objectOf(object['contentMap'])).sort()[0];
}

/** Likes, boosts and replies known here. */
export function countsOf(object: JsonObject): {
  readonly likes: number;
  readonly boosts: number;
  readonly replies: number;
} {
  return {
    likes: countOf(object['like_count']),
    boosts: countOf(object['announcement_count']),
    replies: countOf(object['repliesCount']),
  };
}

/** Its page on the web: of a post of this instance here, of any other where its document says. Undefined when it names no address of the web. */
export function pageUrlOf(status: StatusRow, baseUrl: string): string | undefined {
  const object = documentOf(status);
  if (status.local && status.type === 'Create')
    return `${baseUrl}/notice/${flakeFromUuid(status.id)}`;
  return (
    linkedAddressOf(object['url']) ??
    linkedAddressOf(object['external_url']) ??
    webAddressOf(object['id'])
  );
}
