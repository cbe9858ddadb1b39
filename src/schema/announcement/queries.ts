import {
  announcementsCount,
  announcementShow,
  announcementsList,
} from '../../resolvers/announcements/list.js';
import { builder } from '../builder.js';
import { flakeOfGlobalId } from '../node-access.js';
import { flakeConnection } from '../connection.js';
import { orNull } from '../or-null.js';
import { Announcement } from './type.js';

export const AnnouncementReferenceInput = builder.inputType('AnnouncementReference', {
  description: 'Names one announcement in exactly one of two ways.',
  isOneOf: true,
  fields: (t) => ({
    id: t.globalID({ for: [Announcement], description: 'Global id of an `Announcement`.' }),
    databaseId: t.id({ description: "The instance's own id, as REST shows it." }),
  }),
});

/** The reference as operations take it. */
export function announcementReferenceOf(input: typeof AnnouncementReferenceInput.$inferInput): {
  databaseId: string;
} {
  return { databaseId: input.id == null ? input.databaseId : flakeOfGlobalId(input.id) };
}

builder.queryField('announcement', (t) =>
  t.field({
    type: Announcement,
    description: 'One announcement; null when there is none. REST: `GET /announcements/:id`.',
    args: {
      by: t.arg({
        type: AnnouncementReferenceInput,
        required: true,
        description: 'Which announcement.',
      }),
    },
    resolve: (_root, { by }, { operation }) =>
      orNull(announcementShow(operation, { announcement: announcementReferenceOf(by) })),
  }),
);

builder.queryField('announcements', (t) =>
  t.connection(
    {
      type: Announcement,
      description:
        'All announcements, newest first: 50 unless `first` or `last` says otherwise, at most 100. REST: `GET /announcements`.',
      resolve: (_root, args, { operation }) =>
        flakeConnection(
          args,
          (stretch) => announcementsList(operation, { stretch }),
          () => announcementsCount(operation, {}),
        ),
    },
    {
      name: 'AnnouncementConnection',
      description: 'A page of announcements.',
      fields: (c) => ({
        totalCount: c.int({
          nullable: false,
          description: 'How many there are, on all pages; counted only when asked for.',
          resolve: ({ count }) => count(),
        }),
      }),
    },
    { name: 'AnnouncementEdge', description: 'An announcement and where it stands in the list.' },
  ),
);
