import type { Transaction } from '../../database/database.js';

/** Whoever stops being staff loses the notifications about reports (Akkoma only, facts/users.md §5.8). */
export async function removeReportNotifications(tx: Transaction, userId: string): Promise<void> {
  await tx.$executeRaw`delete from notifications where user_id = ${userId}::uuid and type = 'pleroma:report'`;
}
