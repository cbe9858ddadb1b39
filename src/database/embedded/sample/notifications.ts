import type { Ledger } from './ledger.js';
import { timestamps, type Row } from './world.js';

/** Rows of `notifications`: of local people only, of the last week, older ones read. */
export function notificationRows(ledger: Ledger): Row[] {
  const recent = ledger.notices
    .filter(({ user, time }) => user.local && !user.internal && time > ledger.daysAgo(7))
    .sort((a, b) => a.time.getTime() - b.time.getTime());
  return recent.map(({ user, activityId, type, time }, index) => ({
    id: index + 1,
    user_id: user.id,
    activity_id: activityId,
    type,
    seen: time < ledger.daysAgo(2),
    ...timestamps(time),
  }));
}
