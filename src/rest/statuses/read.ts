import { z } from 'zod';
import {
  instanceStatusesCount,
  instanceStatusesList,
  statusesCount,
  statusesList,
  statusShow,
} from '../../resolvers/statuses/list.js';
import { knownQuery } from '../known-query.js';
import { leadingNumber, literalTrue, optionalFlag, wholeNumber } from '../parameters.js';
import { route, type Route } from '../route.js';
import { examples } from '../schemas/examples.js';
import { count } from '../schemas/parts.js';
import { status } from '../schemas/status.js';
import { statusesJson, statusJson } from './answers.js';

const maxPageSize = 1_000;
const page = leadingNumber({ min: 1, max: 1_000_000, fallback: 1 });
const pageSize = (fallback: number): z.ZodType<number> =>
  leadingNumber({ min: 0, max: maxPageSize, fallback });
const offsetOf = (number: number, limit: number): { limit: number; offset: number } => ({
  limit,
  offset: (number - 1) * limit,
});
/** The documents' generation always listed boosts with a user's statuses. */
const unlessFalse = z.preprocess(
  (value) => value !== false && value !== 'false',
  z.boolean().meta({ default: true }),
);

const list = { v1: z.array(status.v1), legacy: z.array(status.legacy) };
const counted = z.object({ total: count, activities: list.v1 });
const ofAccount = { nickname: examples.otherNickname, godmode: true, page: 1, page_size: 20 };

export const statusReadRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/statuses',
    summary: 'List the statuses this instance knows, newest first',
    operation: statusesList,
    from: knownQuery('godmode', 'local_only', 'with_reblogs', 'page', 'page_size'),
    input: z.object({
      godmode: optionalFlag,
      local_only: optionalFlag,
      with_reblogs: optionalFlag,
      page: wholeNumber({ min: 1, max: 1_000_000, fallback: 1 }),
      page_size: wholeNumber({ min: 0, max: maxPageSize, fallback: 50 }),
    }),
    answers: list,
    example: { local_only: true, with_reblogs: false, page: 1, page_size: 20 },
    run: async ({
      context,
      dialect,
      input: {
        godmode,
        local_only: localOnly,
        with_reblogs: withReblogs,
        page: number,
        page_size: limit,
      },
    }) =>
      statusesJson(
        context,
        dialect,
        await statusesList(context, {
          criteria: { godmode, localOnly, withReblogs },
          stretch: offsetOf(number, limit),
        }),
        'merged',
      ),
  }),
  route({
    method: 'GET',
    path: '/statuses/:id',
    summary: 'One status',
    operation: statusShow,
    from: knownQuery(),
    input: z.object({ id: z.string() }),
    answers: status,
    example: { id: examples.statusId },
    run: async ({ context, dialect, input: { id } }) =>
      statusJson(
        context,
        dialect,
        await statusShow(context, { status: { databaseId: id } }),
        'merged',
      ),
  }),
  route({
    method: 'GET',
    path: '/users/:nickname/statuses',
    dialects: ['v1'],
    summary:
      "A page of an account's statuses, the newest page first, oldest first within it as the instance has it",
    operation: statusesList,
    input: z.object({
      nickname: z.string(),
      godmode: literalTrue,
      with_reblogs: literalTrue,
      page,
      page_size: pageSize(50),
    }),
    answers: counted,
    example: ofAccount,
    run: async ({
      context,
      dialect,
      input: { nickname, godmode, with_reblogs: withReblogs, page: number, page_size: limit },
    }) => {
      const query = { criteria: { godmode, withReblogs }, author: { name: nickname } };
      const rows = await statusesList(context, { ...query, stretch: offsetOf(number, limit) });
      return {
        total: await statusesCount(context, query),
        activities: await statusesJson(context, dialect, rows.reverse(), 'merged'),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/users/:nickname/statuses',
    dialects: ['legacy'],
    summary: "An account's latest statuses, newest first, boosts included",
    operation: statusesList,
    input: z.object({
      nickname: z.string(),
      godmode: literalTrue,
      with_reblogs: unlessFalse,
      page,
      page_size: pageSize(20),
    }),
    answers: list.legacy,
    example: ofAccount,
    run: async ({
      context,
      dialect,
      input: { nickname, godmode, with_reblogs: withReblogs, page: number, page_size: limit },
    }) =>
      statusesJson(
        context,
        dialect,
        await statusesList(context, {
          criteria: { godmode, withReblogs },
          author: { name: nickname },
          stretch: offsetOf(number, limit),
        }),
      ),
  }),
  route({
    method: 'GET',
    path: '/instances/:instance/statuses',
    summary:
      'The public and unlisted statuses of an instance; on the legacy path, and for AdminFE, a bare list, newest first',
    operation: instanceStatusesList,
    input: z.object({
      instance: z.string(),
      with_reblogs: literalTrue,
      page,
      page_size: pageSize(50),
    }),
    answers: { v1: counted, legacy: list.legacy },
    example: { instance: examples.remoteHost, page: 1, page_size: 20 },
    run: async ({
      context,
      dialect,
      isAdminFe,
      input: { instance: host, with_reblogs: withReblogs, page: number, page_size: limit },
    }) => {
      const rows = await instanceStatusesList(context, {
        host,
        withReblogs,
        stretch: offsetOf(number, limit),
      });
      if (dialect === 'legacy') return statusesJson(context, dialect, rows);
      // Of Akkoma's answer it draws two empty cards (docs/instance/admin-fe.md#statuses).
      if (isAdminFe) return statusesJson(context, dialect, rows, 'merged');
      return {
        total: await instanceStatusesCount(context, { host, withReblogs }),
        activities: await statusesJson(context, dialect, rows.reverse(), 'merged'),
      };
    },
  }),
];
