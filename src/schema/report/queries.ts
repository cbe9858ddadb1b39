import type { ReportRow } from '../../database/reports.js';
import type { Stretch } from '../../database/user-list.js';
import { OperationError } from '../../errors.js';
import {
  reportsAboutUser,
  reportsCount,
  reportShow,
  reportsList,
} from '../../resolvers/reports/list.js';
import { builder } from '../builder.js';
import { demandOf } from '../columns.js';
import { flakeConnection, sizeOf } from '../connection.js';
import { listSize, maxListLength } from '../lists.js';
import { User } from '../user/type.js';
import {
  ReportFilterInput,
  reportQueryOf,
  ReportReferenceInput,
  reportReferenceOf,
} from './inputs.js';
import { readAhead } from './page.js';
import { Report } from './type.js';

builder.queryField('reports', (t) =>
  t.connection(
    {
      type: Report,
      description:
        'Reports, newest first: 50 unless `first` or `last` says otherwise, at most 100. REST: `GET /reports`.',
      args: { filter: t.arg({ type: ReportFilterInput, description: 'Which reports.' }) },
      resolve: (_root, { filter, ...args }, { operation }, info) => {
        const query = reportQueryOf(filter);
        const list = async (stretch: Stretch): Promise<ReportRow[]> => {
          const reports = await reportsList(operation, { ...query, stretch });
          await readAhead(operation, reports.slice(0, sizeOf(args)), demandOf(info));
          return reports;
        };
        return flakeConnection(args, list, () => reportsCount(operation, query));
      },
    },
    {
      name: 'ReportConnection',
      description: 'A page of reports.',
      fields: (c) => ({
        totalCount: c.int({
          nullable: false,
          description: 'How many match, on all pages; counted only when asked for.',
          resolve: ({ count }) => count(),
        }),
      }),
    },
    { name: 'ReportEdge', description: 'A report and where it stands in the list.' },
  ),
);

builder.queryField('report', (t) =>
  t.field({
    type: Report,
    description: 'One report; null when there is none. REST: `GET /reports/:id`.',
    args: {
      by: t.arg({ type: ReportReferenceInput, required: true, description: 'Which report.' }),
    },
    resolve: async (_root, { by }, { operation }) => {
      try {
        return await reportShow(operation, { report: reportReferenceOf(by) });
      } catch (error) {
        if (error instanceof OperationError && error.code === 'NOT_FOUND') return null;
        throw error;
      }
    },
  }),
);

builder.prismaObjectField(User, 'reportsAbout', (t) =>
  t.field({
    type: [Report],
    select: { apId: true },
    extensions: listSize(maxListLength),
    args: {
      first: t.arg.int({ defaultValue: maxListLength, description: 'So many at most, 1 to 100.' }),
    },
    description:
      'The newest reports about this account, at most 100. Demands `admin:read:reports`.',
    resolve: async ({ apId }, { first }, { operation }) =>
      (await reportsAboutUser(operation, { apId })).slice(0, first ?? maxListLength),
  }),
);
