import { findAnnouncement, type AnnouncementRow } from '../../database/announcements.js';
import { flakeFromUuid } from '../../database/flake.js';
import { isShown } from '../../resolvers/announcements/model.js';
import { announcementShow } from '../../resolvers/announcements/list.js';
import { builder } from '../builder.js';
import { nodeAccess } from '../node-access.js';

nodeAccess('Announcement', announcementShow, 'uuid');

/** Something the staff tells everybody. */
export const Announcement = builder.objectRef<AnnouncementRow>('Announcement');

builder.node(Announcement, {
  description: 'Something the staff tells everybody who is logged in.',
  id: { resolve: ({ id }) => id, description: 'Global id, for `node` and caches.' },
  loadOne: (id, { operation }) =>
    findAnnouncement(operation.database.prisma, flakeFromUuid(id)).then((row) => row ?? null),
  fields: (t) => ({
    databaseId: t.id({
      nullable: false,
      description: "The instance's own id, as REST shows it.",
      resolve: ({ id }) => flakeFromUuid(id),
    }),
    content: t.exposeString('content', {
      nullable: false,
      description: 'As it was written, plain text.',
    }),
    html: t.exposeString('html', { nullable: false, description: 'What is shown.' }),
    allDay: t.exposeBoolean('allDay', {
      nullable: false,
      description: 'Whether clients show days instead of times.',
    }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      description: 'From when on it is shown; null = from the beginning.',
    }),
    endsAt: t.expose('endsAt', {
      type: 'DateTime',
      description: 'Until when it is shown; null = until it is deleted.',
    }),
    isShown: t.boolean({
      nullable: false,
      description: 'Whether it is shown now.',
      resolve: (announcement, _args, { operation }) => isShown(announcement, operation.now()),
    }),
    createdAt: t.expose('insertedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was made.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it last changed.',
    }),
  }),
});
