import { objectOf, textOf, textsOf, type Json, type JsonObject } from '../../database/json.js';
import { publicAddress } from '../../database/status-list.js';

export const visibilities = ['public', 'unlisted', 'local', 'private', 'direct', 'list'] as const;
export type Visibility = (typeof visibilities)[number];

/**
 * Who may see a status, read off the addresses of its object, or of an Announce
 * (docs/instance/moderation.md#visibility).
 */
export function visibilityOf(document: JsonObject, baseUrl: string): Visibility {
  const to = textsOf(document['to']);
  const cc = textsOf(document['cc']);
  if (to.includes(publicAddress)) return 'public';
  if (cc.includes(publicAddress)) return 'unlisted';
  if (to.includes(`${baseUrl}/#Public`)) return 'local';
  if (to.some((address) => address.includes('/followers'))) return 'private';
  if (document['directMessage'] === true) return 'direct';
  if (typeof document['listMessage'] === 'string') return 'list';
  return cc.length > 0 ? 'private' : 'direct';
}

/** Does everybody see it, listed or not? */
export function isPublic(document: JsonObject): boolean {
  return [...textsOf(document['to']), ...textsOf(document['cc'])].includes(publicAddress);
}

/**
 * ActivityPub ids of those a status speaks to or mentions; addresses of followers are among them
 * (docs/instance/moderation.md#status-json).
 */
export function mentionedApIds(object: JsonObject): string[] {
  const tags = listOf(object['tag'])
    .map(objectOf)
    .filter(({ type }) => type === 'Mention');
  const addresses = [
    ...textsOf(object['to']),
    ...tags.map(({ href }) => textOf(href)).filter((href) => href !== undefined),
  ];
  return [...new Set(addresses)].filter((address) => address !== publicAddress);
}

/** The hashtags of a status, without `#`. */
export function hashtagsOf(object: JsonObject): string[] {
  return listOf(object['tag']).filter((tag) => typeof tag === 'string');
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
