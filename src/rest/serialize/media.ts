import type { Media } from '../../resolvers/statuses/media.js';

/** Mastodon's JSON of an attached file. */
export function mediaAttachment({
  id,
  kind,
  url,
  mediaType,
  description,
  blurhash,
  width,
  height,
}: Media): Record<string, unknown> {
  return {
    id,
    url,
    remote_url: url,
    preview_url: url,
    text_url: url,
    type: kind,
    description,
    pleroma: { mime_type: mediaType },
    blurhash,
    ...(width !== undefined && height !== undefined
      ? { meta: { original: { width, height, aspect: width / height } } }
      : {}),
  };
}
