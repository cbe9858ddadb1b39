import { randomBytes } from 'node:crypto';

/** A new confirmation token: 32 random bytes, url-safe base 64 with padding (facts/users.md §2.2). */
export function confirmationToken(): string {
  return randomBytes(32).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
