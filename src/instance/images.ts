import type { InstanceSettings } from './settings.js';

/**
 * First address of a stored image (`{"url": [{"href": …}]}`), else the instance's default avatar
 * (docs/instance/accounts.md#account-json).
 */
export function imageUrl(image: unknown, { baseUrl, defaultAvatar }: Pick<InstanceSettings, 'baseUrl' | 'defaultAvatar'>): string {
  return firstHref(image) ?? new URL(defaultAvatar, `${baseUrl}/`).href;
}

/** The header image, or the instance's default. */
export function bannerUrl(image: unknown, { baseUrl }: Pick<InstanceSettings, 'baseUrl'>): string {
  return firstHref(image) ?? `${baseUrl}/images/banner.png`;
}

/** The background image; there is no default. */
export function backgroundUrl(image: unknown): string | null {
  return firstHref(image) ?? null;
}

function firstHref(image: unknown): string | undefined {
  const [first] = property(image, 'url') as unknown[] | undefined ?? [];
  const href = property(first, 'href');
  return typeof href === 'string' ? href : undefined;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
