import type { Transaction } from './database.js';
import { Prisma } from './generated/prisma/client.js';
import { wholeSeconds } from './time.js';

/** An archive the instance is to make. */
interface NewBackup {
  readonly userId: string;
  readonly fileName: string;
  /** Where Pleroma builds it; undefined where the table has no such column. */
  readonly tempdir: string | undefined;
}

/** Notes an archive the instance is to make; returns the row's number. */
export async function insertBackup(tx: Transaction, backup: NewBackup, now: Date): Promise<bigint> {
  const time = wholeSeconds(now);
  const { userId, fileName, tempdir } = backup;
  const own = tempdir === undefined ? Prisma.empty : Prisma.sql`, tempdir`;
  const value = tempdir === undefined ? Prisma.empty : Prisma.sql`, ${tempdir}`;
  const [inserted] = await tx.$queryRaw<{ id: bigint }[]>`
    insert into backups
      (user_id, file_name, content_type, processed, file_size, inserted_at, updated_at${own})
    values (${userId}::uuid, ${fileName}, 'application/zip', false, 0,
      ${time}::timestamp, ${time}::timestamp${value})
    returning id`;
  if (!inserted) throw new Error('an insert returns its row');
  return inserted.id;
}
