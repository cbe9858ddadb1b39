import { z } from 'zod';
import { reportStates } from '../../database/reports.js';
import { reportsCount, reportShow, reportsList } from '../../resolvers/reports/list.js';
import { knownQuery } from '../known-query.js';
import { optionalFlake, optionalText, wholeNumber } from '../parameters.js';
import { route, type Route } from '../route.js';
import { examples } from '../schemas/examples.js';
import { report, reportPage } from '../schemas/report.js';
import { reportJson, reportsJson } from './answers.js';

const page = wholeNumber({ min: 1, max: 1_000_000, fallback: 1 });
const size = (fallback: number): z.ZodType<number> => wholeNumber({ min: 0, max: 1_000, fallback });

export const reportReadRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/reports',
    dialects: ['v1'],
    summary: 'List reports, newest first',
    operation: reportsList,
    from: knownQuery('state', 'limit', 'page', 'page_size', 'rule_id'),
    input: z.object({
      state: z.enum(reportStates, { error: 'Invalid value for enum' }).optional(),
      limit: size(50),
      page,
      page_size: size(50),
      rule_id: optionalText,
    }),
    answers: reportPage,
    example: { state: 'open', page: 1, page_size: 20 },
    run: async ({ context, dialect, input }) => {
      const { state, page: number, page_size: limit, rule_id: databaseId } = input;
      // Akkoma, which has no rules, ignores the parameter.
      const hasRule = databaseId !== undefined && context.database.schema.optional.rules;
      const criteria = { state, ...(hasRule ? { rule: { databaseId } } : {}) };
      const reports = await reportsList(context, {
        ...criteria,
        stretch: { limit, offset: (number - 1) * limit },
      });
      return {
        reports: await reportsJson(context, dialect, reports),
        total: await reportsCount(context, criteria),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/reports',
    dialects: ['legacy'],
    summary:
      'List reports, newest first: limit, since_id, max_id and min_id, or page and page_size',
    operation: reportsList,
    input: z.object({
      state: optionalText,
      limit: size(20),
      since_id: optionalFlake,
      max_id: optionalFlake,
      min_id: optionalFlake,
      page,
      page_size: size(20).optional(),
    }),
    answers: reportPage,
    example: { state: 'open', limit: 20 },
    run: async ({
      context,
      dialect,
      input: {
        state,
        page: number,
        since_id: since,
        max_id: max,
        min_id: min,
        page_size: pageSize,
        ...input
      },
    }) => {
      const limit = pageSize ?? input.limit;
      const stretch = {
        limit,
        offset: (number - 1) * limit,
        olderThan: max,
        newerThan: min ?? since,
        reversed: min !== undefined,
      };
      const rows = await reportsList(context, { state, stretch });
      const reports = min === undefined ? rows : rows.reverse();
      return {
        reports: await reportsJson(context, dialect, reports),
        total: await reportsCount(context, { state }),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/reports/:id',
    summary: 'One report',
    operation: reportShow,
    from: knownQuery(),
    input: z.object({ id: z.string() }),
    answers: report,
    example: { id: examples.reportId },
    run: async ({ context, dialect, input: { id } }) =>
      reportJson(context, dialect, await reportShow(context, { report: { databaseId: id } })),
  }),
];
