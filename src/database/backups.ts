import type { Transaction } from './database.js';
import { wholeSeconds } from './time.js';

/** Notes an archive the instance is to make; returns the row's number. */
export async function insertBackup(tx: Transaction, userId: string, fileName: string, now: Date): Promise<bigint> {
  const time = wholeSeconds(now);
  const [row] = await tx.$queryRaw<{ id: bigint }[]>`
    insert into backups (user_id, file_name, content_type, processed, file_size, inserted_at, updated_at)
    values (${userId}::uuid, ${fileName}, 'application/zip', false, 0, ${time}::timestamp, ${time}::timestamp) returning id`;
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}
