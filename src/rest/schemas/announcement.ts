import { z } from 'zod';
import { examples } from './examples.js';
import { component, flag, html, id, shown } from './parts.js';

const moment = shown(z.iso.datetime(), '2026-11-21T00:09:27Z');
const none = shown(z.array(z.unknown()), []);

/** An announcement as admins see it (docs/instance/other-routes.md#announcements). */
export const announcement = component(
  'Announcement',
  'Something the staff tells everybody.',
  z.object({
    id: shown(id, examples.announcementId),
    content: html,
    starts_at: moment.nullable(),
    ends_at: moment.nullable(),
    all_day: flag,
    published_at: moment,
    updated_at: moment,
    mentions: none,
    statuses: none,
    tags: none,
    emojis: none,
    reactions: none,
    pleroma: z.object({ raw_content: shown(z.string(), 'words') }),
  }),
);
