import type { Transaction } from './database.js';
import { wholeSeconds } from './time.js';

/**
 * Stores the token of a link for a new password; older ones stay valid
 * (docs/instance/accounts.md#password-reset-links).
 */
export async function insertPasswordReset(
  tx: Transaction,
  userId: string,
  token: string,
  now: Date,
): Promise<void> {
  const time = wholeSeconds(now);
  await tx.passwordResetToken.create({
    data: { userId, token, insertedAt: time, updatedAt: time },
    select: { id: true },
  });
}
