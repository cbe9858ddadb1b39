import type { ObjectFieldBuilder } from '@pothos/core';
import type { AnnouncementRow } from '../../database/announcements.js';
import {
  announcementCreate,
  announcementDelete,
  announcementUpdate,
} from '../../resolvers/announcements/change.js';
import type { builder } from '../builder.js';
import { mutation, type Payload } from '../mutation.js';
import { AnnouncementReferenceInput, announcementReferenceOf } from './queries.js';
import { Announcement } from './type.js';

type Types = typeof builder.$inferSchemaTypes;

const theAnnouncement =
  (description: string) => (t: ObjectFieldBuilder<Types, Payload<AnnouncementRow>>) => ({
    announcement: t.field({ type: Announcement, description, resolve: ({ result }) => result }),
  });

mutation('announcementCreate', {
  description: 'Announces something to everybody who is logged in. REST: `POST /announcements`.',
  input: (t) => ({
    content: t.string({
      required: true,
      description:
        'Plain text, 1 to 100,000 characters; addresses, hashtags and accounts become links.',
    }),
    startsAt: t.field({ type: 'DateTime', description: 'Shown from then on; default: at once.' }),
    endsAt: t.field({
      type: 'DateTime',
      description: 'Shown until then, later than `startsAt`; default: until it is deleted.',
    }),
    allDay: t.boolean({ description: 'Clients show days instead of times; default: no.' }),
  }),
  run: (context, { content, startsAt, endsAt, allDay }) =>
    announcementCreate(context, { content, startsAt, endsAt, allDay: allDay ?? undefined }),
  payload: theAnnouncement('The announcement.'),
});

mutation('announcementUpdate', {
  description:
    'Changes an announcement; what is not given stays. REST: `PATCH /announcements/:id`.',
  input: (t) => ({
    announcement: t.field({
      type: AnnouncementReferenceInput,
      required: true,
      description: 'Which announcement.',
    }),
    content: t.string({ description: 'Plain text, 1 to 100,000 characters.' }),
    startsAt: t.field({ type: 'DateTime', description: 'Shown from then on; null = at once.' }),
    endsAt: t.field({
      type: 'DateTime',
      description: 'Shown until then; null = until it is deleted.',
    }),
    allDay: t.boolean({ description: 'Clients show days instead of times.' }),
  }),
  run: (context, { announcement, content, startsAt, endsAt, allDay }) =>
    announcementUpdate(context, {
      announcement: announcementReferenceOf(announcement),
      content: content ?? undefined,
      startsAt,
      endsAt,
      allDay: allDay ?? undefined,
    }),
  payload: theAnnouncement('The announcement as it is now.'),
});

mutation('announcementDelete', {
  description: 'Takes an announcement back for good. REST: `DELETE /announcements/:id`.',
  input: (t) => ({
    announcement: t.field({
      type: AnnouncementReferenceInput,
      required: true,
      description: 'Which announcement.',
    }),
  }),
  run: (context, { announcement }) =>
    announcementDelete(context, { announcement: announcementReferenceOf(announcement) }),
  payload: theAnnouncement('The announcement as it was.'),
});
