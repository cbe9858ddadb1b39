import { randomBytes } from 'node:crypto';

const size = 32;

/** 32 random bytes as OAuth tokens, codes and client secrets are written: url-safe base 64, 43 characters (facts/users.md §3.8). */
export function unpaddedSecret(): string {
  return randomBytes(size).toString('base64url');
}

/** The same with padding, 44 characters: invites, links for a new password or to confirm an address (facts/users.md §5.9, §5.10). */
export function paddedSecret(): string {
  return `${unpaddedSecret()}=`;
}
