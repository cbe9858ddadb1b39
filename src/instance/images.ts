import { linkedAddressOf, objectOf, textOf, type Json } from '../database/json.js';
import type { InstanceSettings } from './settings.js';

/**
 * First address of a stored image (`{"url": [{"href": …}]}`), else the instance's default avatar
 * (docs/instance/accounts.md#account-json).
 */
export function imageUrl(
  image: unknown,
  { baseUrl, defaultAvatar }: Pick<InstanceSettings, 'baseUrl' | 'defaultAvatar'>,
): string {
  return firstHref(image) ?? defaultAddress(defaultAvatar, baseUrl);
}

/** The header image, or the instance's default. */
export function bannerUrl(image: unknown, { baseUrl }: Pick<InstanceSettings, 'baseUrl'>): string {
  return firstHref(image) ?? `${baseUrl}/images/banner.png`;
}

/** The background image; there is no default. */
export function backgroundUrl(image: unknown): string | null {
  return firstHref(image) ?? null;
}

/** What an image shows, in words of its owner; empty without them. */
export function imageDescription(image: unknown): string {
  return textOf(objectOf(image as Json)['name']) ?? '';
}

/** The setting may be a path or an address; what is neither becomes a path. */
function defaultAddress(avatar: string, baseUrl: string): string {
  const base = `${baseUrl}/`;
  return URL.canParse(avatar, base) ? new URL(avatar, base).href : `${base}images/avi.png`;
}

function firstHref(image: unknown): string | undefined {
  return linkedAddressOf(objectOf(image as Json)['url']);
}
