import { flakeFromUuid } from '../../database/flake.js';
import { objectOf, textOf } from '../../database/json.js';
import { findReports, type ReportRow } from '../../database/reports.js';
import { moderationLogOfReport } from '../../resolvers/moderation-log/list.js';
import { reportsAboutUser, reportShow } from '../../resolvers/reports/list.js';
import { brokenRules } from '../../resolvers/reports/broken-rules.js';
import { contentOf, publishedAt, reporterOf, stateOf } from '../../resolvers/reports/model.js';
import { reportedAccount, reportedStatuses } from '../../resolvers/reports/subject.js';
import { builder } from '../builder.js';
import { listSize, maxListLength } from '../lists.js';
import { ModerationLogEntry } from '../moderation-log/type.js';
import { nodeAccess } from '../node-access.js';
import { Rule } from '../rule/type.js';
import { userByApId } from '../user/loaded.js';
import { User } from '../user/type.js';
import { ReportNote } from './note.js';
import { ReportedStatus } from './reported-status.js';

export const ReportStateEnum = builder.enumType('ReportState', {
  description: 'How far a report has come.',
  values: {
    OPEN: { value: 'open', description: 'Waits for a moderator.' },
    CLOSED: { value: 'closed', description: 'Put aside.' },
    RESOLVED: { value: 'resolved', description: 'Dealt with.' },
  },
});

nodeAccess('Report', reportShow, 'uuid');

/** A report: someone asks the staff to look at an account and some of its statuses. */
export const Report = builder.objectRef<ReportRow>('Report');

builder.node(Report, {
  description: 'A report: someone asks the staff to look at an account and some of its statuses.',
  id: { resolve: ({ id }) => id, description: 'Global id, for `node` and caches.' },
  loadMany: async (ids, { operation }) =>
    (await findReports(operation.database.prisma, ids.map(flakeFromUuid))).map(
      (row) => row ?? null,
    ),
  fields: (t) => ({
    databaseId: t.id({
      nullable: false,
      description: "The instance's own id (a flake id in base 62), as REST shows it.",
      resolve: ({ id }) => flakeFromUuid(id),
    }),
    apId: t.string({
      description: 'ActivityPub id of the report itself.',
      resolve: ({ data }) => textOf(objectOf(data)['id']),
    }),
    state: t.field({
      type: ReportStateEnum,
      description:
        'How far it has come. A report without a state is open, though a filter by state does not find it.',
      resolve: stateOf,
    }),
    content: t.string({
      description: 'What the reporter wrote: sanitised HTML.',
      resolve: contentOf,
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When it was sent, or else when it arrived.',
      resolve: (report) => publishedAt(report) ?? report.insertedAt,
    }),
    accountApId: t.string({
      description:
        'ActivityPub id of the reported account, also when the account is not known here.',
      resolve: (report) => reportedAccount(report),
    }),
    account: t.field({
      type: User,
      description: 'The reported account.',
      resolve: (report, _args, context) => userByApId(reportedAccount(report), context),
    }),
    actor: t.field({
      type: User,
      description: 'Who sent the report; of another server often its own actor.',
      resolve: (report, _args, context) => userByApId(reporterOf(report), context),
    }),
    statuses: t.field({
      type: [ReportedStatus],
      nullable: false,
      description: 'The statuses it names, in its order.',
      resolve: reportedStatuses,
    }),
    notes: t.field({
      type: [ReportNote],
      nullable: false,
      description: "Moderators' notes, oldest first.",
      resolve: ({ id }, _args, { operation }) => operation.loaders.notes.load(id),
    }),
    rules: t.field({
      type: [Rule],
      nullable: false,
      description:
        'The rules it says were broken, by priority; none on instances without rules, which only Pleroma 2.7 and later has.',
      resolve: (report, _args, { operation }) => brokenRules(operation, report),
    }),
    logEntries: t.field({
      type: [ModerationLogEntry],
      extensions: listSize(maxListLength),
      args: {
        first: t.arg.int({
          defaultValue: maxListLength,
          description: 'So many at most, 1 to 100.',
        }),
      },
      description:
        'What the moderation log says of it, newest first, at most 100; null for who may not read it.',
      resolve: async ({ id }, { first }, { operation }) =>
        (await moderationLogOfReport(operation, { report: flakeFromUuid(id) })).slice(
          0,
          first ?? maxListLength,
        ),
    }),
    earlierReports: t.field({
      type: [Report],
      nullable: false,
      extensions: listSize(maxListLength),
      args: {
        first: t.arg.int({
          defaultValue: maxListLength,
          description: 'So many at most, 1 to 100.',
        }),
      },
      description:
        'Earlier reports about the same account, newest first. Only the 100 newest reports about the account are searched.',
      resolve: async (report, { first }, { operation }) => {
        const apId = reportedAccount(report);
        const all = apId === undefined ? [] : await reportsAboutUser(operation, { apId });
        return all.filter(({ id }) => id < report.id).slice(0, first ?? maxListLength);
      },
    }),
  }),
});
