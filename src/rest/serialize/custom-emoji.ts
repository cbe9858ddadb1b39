import { objectOf, webAddressOf, type Json } from '../../database/json.js';

/** `{shortcode: url}` as Mastodon lists custom emoji; those without an address of the web are left out. */
export function customEmoji(emoji: Json | undefined): Record<string, unknown>[] {
  return Object.entries(objectOf(emoji)).flatMap(([shortcode, value]) => {
    const url = webAddressOf(value);
    return url === undefined ? [] : [{ shortcode, url, static_url: url, visible_in_picker: false }];
  });
}
