import { flakeFromUuid } from '../../flake.js';
import { profileUrl } from './user-rows.js';
import type { People, Person } from './people.js';

export interface FormattedText {
  readonly html: string;
  readonly mentions: readonly Person[];
  /** Lower case, without the #. */
  readonly hashtags: readonly string[];
}

const special = /https?:\/\/[^\s]+|@[\w-]+(?:@[\w-]+(?:\.[\w-]+)+)?|#[\p{L}\p{N}_]+/gu;
const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/**
 * Plain text as the instance renders it (docs/instance/moderation.md#text-as-html): links, mentions
 * of known people, hashtags.
 */
export function formatText(text: string, base: string, people: People): FormattedText {
  const mentions: Person[] = [];
  const hashtags: string[] = [];
  let html = '';
  let done = 0;
  for (const { 0: word, index } of text.matchAll(special)) {
    html += escapeHtml(text.slice(done, index)) + render(word);
    done = index + word.length;
  }
  return { html: html + escapeHtml(text.slice(done)), mentions, hashtags };

  function render(word: string): string {
    if (word.startsWith('#')) {
      const tag = word.slice(1).toLowerCase();
      hashtags.push(tag);
      return `<a class="hashtag" data-tag="${tag}" href="${base}/tag/${encodeURIComponent(tag)}" rel="tag ugc">${word}</a>`;
    }
    const person = word.startsWith('@') ? people.find(word.slice(1)) : undefined;
    if (person) {
      mentions.push(person);
      const link = `class="u-url mention" data-user="${flakeFromUuid(person.id)}" href="${profileUrl(person)}" rel="ugc"`;
      return `<span class="h-card"><a ${link}>@<span>${person.nickname.split('@')[0]}</span></a></span>`;
    }
    const safe = escapeHtml(word);
    return word.startsWith('@') ? safe : `<a href="${safe}" rel="ugc">${safe}</a>`;
  }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities.get(character) ?? character);
}
