import { paddedSecret } from '../../auth/secret.js';

/** A new confirmation token (facts/users.md §2.2). */
export function confirmationToken(): string {
  return paddedSecret();
}
