import { objectOf, textOf, type Json } from '../../database/json.js';

/** `{shortcode: url}` as Mastodon lists custom emoji. */
export function customEmoji(emoji: Json | undefined): Record<string, unknown>[] {
  return Object.entries(objectOf(emoji)).map(([shortcode, value]) => {
    const url = textOf(value) ?? '';
    return { shortcode, url, static_url: url, visible_in_picker: false };
  });
}
