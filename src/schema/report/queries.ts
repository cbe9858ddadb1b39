import {
  reportsAboutUser,
  reportsCount,
  reportShow,
  reportsList,
} from '../../resolvers/reports/list.js';
import { builder } from '../builder.js';
import { flakeConnection } from '../connection.js';
import { listSize, maxListLength } from '../lists.js';
import { orNull } from '../or-null.js';
import { User } from '../user/type.js';
import {
  ReportFilterInput,
  reportQueryOf,
  ReportReferenceInput,
  reportReferenceOf,
} from './inputs.js';
import { Report } from './type.js';

builder.queryField('reports', (t) =>
  t.connection(
    {
      type: Report,
      description:
        'Reports, newest first: 50 unless `first` or `last` says otherwise, at most 100. REST: `GET /reports`.',
      args: { filter: t.arg({ type: ReportFilterInput, description: 'Which reports.' }) },
      resolve: (_root, { filter, ...args }, { operation }) => {
        const query = reportQueryOf(filter);
        return flakeConnection(
          args,
          (stretch) => reportsList(operation, { ...query, stretch }),
          () => reportsCount(operation, query),
        );
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
    resolve: (_root, { by }, { operation }) =>
      orNull(reportShow(operation, { report: reportReferenceOf(by) })),
  }),
);

builder.objectField(User, 'reportsAbout', (t) =>
  t.field({
    type: [Report],
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
