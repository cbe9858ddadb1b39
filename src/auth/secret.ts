import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const size = 32;

/**
 * 32 random bytes as OAuth tokens, codes and client secrets are written: url-safe base 64, 43
 * characters (docs/instance/oauth.md#registering-a-client-program).
 */
export function unpaddedSecret(): string {
  return randomBytes(size).toString('base64url');
}

/**
 * The same with padding, 44 characters: invites, links for a new password or to confirm an address
 * (docs/instance/accounts.md#invites, docs/instance/accounts.md#password-reset-links).
 */
export function paddedSecret(): string {
  return `${unpaddedSecret()}=`;
}

/** Compares in constant time, whatever the lengths. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
