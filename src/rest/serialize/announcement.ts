import type { AnnouncementRow } from '../../database/announcements.js';
import { flakeFromUuid } from '../../database/flake.js';

/**
 * An announcement as admins see it (docs/instance/other-routes.md#announcements); the empty lists
 * are what the instance has nothing to say of.
 */
export function announcementAnswer({
  id,
  content,
  html,
  allDay,
  startsAt,
  endsAt,
  insertedAt,
  updatedAt,
}: AnnouncementRow): Record<string, unknown> {
  return {
    id: flakeFromUuid(id),
    content: html,
    starts_at: startsAt && time(startsAt),
    ends_at: endsAt && time(endsAt),
    all_day: allDay,
    published_at: time(insertedAt),
    updated_at: time(updatedAt),
    mentions: [],
    statuses: [],
    tags: [],
    emojis: [],
    reactions: [],
    pleroma: { raw_content: content },
  };
}

function time(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
