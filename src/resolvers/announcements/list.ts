import {
  countAnnouncements,
  findAnnouncement,
  listAnnouncements,
  type AnnouncementRow,
} from '../../database/announcements.js';
import type { Stretch } from '../../database/user-list.js';
import { operation } from '../operation.js';
import { readAccess as access, unknownAnnouncement, type AnnouncementReference } from './rules.js';

/**
 * All announcements, also those not shown now, newest first; the instance has no order of its own
 * (docs/instance/other-routes.md#announcements).
 */
export const announcementsList = operation({
  name: 'announcementsList',
  access,
  run: ({ database }, { stretch }: { readonly stretch: Stretch }): Promise<AnnouncementRow[]> =>
    listAnnouncements(database.prisma, stretch),
});

/** How many there are. */
export const announcementsCount = operation<object, number>({
  name: 'announcementsCount',
  access,
  run: ({ database }) => countAnnouncements(database.prisma),
});

/** One announcement. @throws OperationError NOT_FOUND when there is none. */
export const announcementShow = operation({
  name: 'announcementShow',
  access,
  run: async (
    { database },
    { announcement: { databaseId } }: { readonly announcement: AnnouncementReference },
  ): Promise<AnnouncementRow> => {
    const announcement = await findAnnouncement(database.prisma, databaseId);
    if (!announcement) throw unknownAnnouncement();
    return announcement;
  },
});
