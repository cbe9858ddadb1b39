import { z } from 'zod';
import {
  announcementCreate,
  announcementDelete,
  announcementUpdate,
} from '../resolvers/announcements/change.js';
import { announcementShow, announcementsList } from '../resolvers/announcements/list.js';
import { knownQuery } from './known-query.js';
import { looseBoolean, moment, plainText, wholeNumber } from './parameters.js';
import { fromBody, route, type Route } from './route.js';
import { announcement } from './schemas/announcement.js';
import { examples } from './schemas/examples.js';
import { announcementAnswer } from './serialize/announcement.js';

const maxPageSize = 1_000;
const id = z.object({ id: z.string() });
const time = plainText.nullable().pipe(moment('Invalid format. Expected :"date-time"').nullable());
const documentedMoment = z.iso.datetime({ offset: true }).nullable().optional();
const documented = {
  starts_at: documentedMoment,
  ends_at: documentedMoment,
  all_day: looseBoolean.optional(),
};
const optional = {
  starts_at: time.optional(),
  ends_at: time.optional(),
  all_day: looseBoolean.optional(),
};

/** As operations call it. What nobody will ever see is taken, as by the instance. */
function named({
  starts_at: startsAt,
  ends_at: endsAt,
  all_day: allDay,
}: {
  starts_at?: Date | null | undefined;
  ends_at?: Date | null | undefined;
  all_day?: boolean | undefined;
}) {
  return { startsAt, endsAt, allDay, lenient: true };
}

export const announcementRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/announcements',
    summary: 'All announcements, newest first',
    operation: announcementsList,
    from: knownQuery('limit', 'offset'),
    input: z.object({
      limit: wholeNumber({ min: 1, max: maxPageSize, fallback: 20 }),
      offset: wholeNumber({ min: 0, max: 1_000_000, fallback: 0 }),
    }),
    answers: z.array(announcement),
    example: { limit: 20, offset: 0 },
    run: async ({ context, input }) =>
      (await announcementsList(context, { stretch: input })).map(announcementAnswer),
  }),
  route({
    method: 'POST',
    path: '/announcements',
    summary: 'Announce something',
    operation: announcementCreate,
    from: fromBody,
    input: z.object({ content: plainText, ...optional }),
    documentedInput: z.object({ content: plainText, ...documented }),
    answers: announcement,
    example: { content: 'words', ends_at: '2027-04-07T00:00:00Z', all_day: false },
    run: async ({ context, input: { content, ...rest } }) =>
      announcementAnswer(await announcementCreate(context, { content, ...named(rest) })),
  }),
  route({
    method: 'GET',
    path: '/announcements/:id',
    summary: 'One announcement',
    operation: announcementShow,
    input: id,
    answers: announcement,
    example: { id: examples.announcementId },
    run: async ({ context, input: { id: databaseId } }) =>
      announcementAnswer(await announcementShow(context, { announcement: { databaseId } })),
  }),
  route({
    method: 'PATCH',
    path: '/announcements/:id',
    summary: 'Change an announcement',
    operation: announcementUpdate,
    from: fromBody,
    input: id.extend({ content: plainText.optional(), ...optional }),
    documentedInput: id.extend({ content: plainText.optional(), ...documented }),
    answers: announcement,
    example: { id: examples.announcementId, content: 'other words', ends_at: null },
    run: async ({ context, input: { id: databaseId, content, ...rest } }) =>
      announcementAnswer(
        await announcementUpdate(context, {
          announcement: { databaseId },
          content,
          ...named(rest),
        }),
      ),
  }),
  route({
    method: 'DELETE',
    path: '/announcements/:id',
    summary: 'Take an announcement back',
    operation: announcementDelete,
    input: id,
    answers: z.object({}),
    example: { id: examples.announcementId },
    run: async ({ context, input: { id: databaseId } }) => {
      await announcementDelete(context, { announcement: { databaseId } });
      return {};
    },
  }),
];
