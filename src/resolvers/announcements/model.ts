import type { AnnouncementRow } from '../../database/announcements.js';

/** Whether it is shown at this time. */
export function isShown(
  { startsAt, endsAt }: Pick<AnnouncementRow, 'startsAt' | 'endsAt'>,
  now: Date,
): boolean {
  return (startsAt === null || startsAt < now) && (endsAt === null || endsAt > now);
}
