import type { Transaction } from './database.js';
import { wholeSeconds } from './time.js';

/** What the instance is to post in somebody's name. */
export interface ScheduledPost {
  /** uuid of the account that posts. */
  readonly userId: string;
  readonly status: string;
  readonly visibility: 'direct';
}

/**
 * Notes a status for the instance to post; the job that posts it names the row, and the instance removes it.
 * The number comes from the counter: Steward may insert such rows and not read them.
 */
export async function insertScheduledActivity(
  tx: Transaction,
  { userId, status, visibility }: ScheduledPost,
  now: Date,
): Promise<bigint> {
  const time = wholeSeconds(now);
  const params = JSON.stringify({ status, visibility });
  const [row] = await tx.$queryRaw<{ id: bigint }[]>`
    with numbered as (
      select nextval(pg_get_serial_sequence('scheduled_activities', 'id')) as id
    ), added as (
      insert into scheduled_activities (id, user_id, scheduled_at, params, inserted_at, updated_at)
      select id, ${userId}::uuid, ${time}::timestamp, ${params}::jsonb, ${time}::timestamp,
        ${time}::timestamp
      from numbered
    )
    select id from numbered`;
  if (!row) throw new Error('an insert has its number');
  return row.id;
}
