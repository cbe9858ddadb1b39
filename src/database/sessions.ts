import type { Transaction } from './database.js';

/** How many of each an account is signed in with. */
export interface Sessions {
  readonly tokens: number;
  readonly authorizations: number;
}

/** Takes them away; second factors under way and push subscriptions go with them by the tables' own rules (facts/users.md §6 `sign_out`). */
export async function removeSessions(tx: Transaction, userIds: readonly string[]): Promise<Sessions> {
  const where = { userId: { in: [...userIds] } };
  const authorizations = await tx.oAuthAuthorization.deleteMany({ where });
  const tokens = await tx.oAuthToken.deleteMany({ where });
  return { tokens: tokens.count, authorizations: authorizations.count };
}
