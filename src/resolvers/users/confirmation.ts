import { paddedSecret } from '../../auth/secret.js';

/** A new confirmation token (docs/instance/accounts.md#row-content). */
export function confirmationToken(): string {
  return paddedSecret();
}
