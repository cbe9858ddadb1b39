import { textOf, type JsonObject } from '../../database/json.js';

/**
 * A preview of a linked page as Mastodon shows it (docs/instance/moderation.md#status-json); null
 * when it names no page.
 */
export function card(fields: JsonObject): Record<string, unknown> | null {
  const url = textOf(fields['url']);
  if (url === undefined || !URL.canParse(url)) return null;
  const { host, origin } = new URL(url);
  return {
    type: 'link',
    provider_name: host,
    provider_url: origin,
    url,
    image: textOf(fields['image']) ?? null,
    title: textOf(fields['title']) ?? '',
    description: textOf(fields['description']) ?? '',
    pleroma: { opengraph: fields },
  };
}
