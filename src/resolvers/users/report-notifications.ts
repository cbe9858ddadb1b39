import type { Transaction } from '../../database/database.js';

/**
 * Whoever stops being staff loses the notifications about reports, on Akkoma only
 * (docs/instance/accounts.md#permission-groups).
 */
export async function removeReportNotifications(tx: Transaction, userId: string): Promise<void> {
  await tx.$executeRaw`delete from notifications where user_id = ${userId}::uuid and type = 'pleroma:report'`;
}
