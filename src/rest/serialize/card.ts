import { textOf, webAddressOf, type JsonObject } from '../../database/json.js';

/**
 * A preview of a linked page as Mastodon shows it (docs/instance/moderation.md#status-json); null
 * when it names no page.
 */
export function card(fields: JsonObject): Record<string, unknown> | null {
  const url = webAddressOf(fields['url']);
  if (url === undefined) return null;
  const { host, origin } = new URL(url);
  return {
    type: 'link',
    provider_name: host,
    provider_url: origin,
    url,
    image: webAddressOf(fields['image']) ?? null,
    title: textOf(fields['title']) ?? '',
    description: textOf(fields['description']) ?? '',
    pleroma: { opengraph: fields },
  };
}
