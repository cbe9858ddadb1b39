import type { MediaData } from './data/post.js';
import type { Person } from './people.js';
import type { World } from './world.js';

const mediaTypes = new Map([
  ['jpg', 'image/jpeg'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
  ['ogg', 'audio/ogg'],
]);

export interface Attachment {
  readonly type: 'Document';
  readonly mediaType: string;
  readonly name: string;
  readonly url: readonly unknown[];
  /** Uploads of local people are objects of their own. */
  readonly id?: string;
  readonly actor?: string;
}

export function attachmentOf(
  world: World,
  author: Person,
  { file, alt, width, height }: MediaData,
): Attachment {
  const mediaType = mediaTypes.get(file.split('.').at(-1) ?? '') ?? 'application/octet-stream';
  const href = `${author.origin}/media/${world.random.bytes(32).toString('hex')}/${file}`;
  const size = width > 0 ? { width, height } : {};
  const attachment = {
    type: 'Document',
    mediaType,
    name: alt,
    url: [{ type: 'Link', href, mediaType, ...size }],
  } as const;
  return author.local
    ? { ...attachment, id: `${world.base}/objects/${world.random.uuid()}`, actor: author.apId }
    : attachment;
}
