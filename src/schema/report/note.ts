import { findReportNote, type ReportNoteRow } from '../../database/report-notes.js';
import { reportShow } from '../../resolvers/reports/list.js';
import { builder } from '../builder.js';
import { serialNumber } from '../connection.js';
import { nodeAccess } from '../node-access.js';
import { userById } from '../user/loaded.js';
import { User } from '../user/type.js';

nodeAccess('ReportNote', reportShow, 'number');

/** What a moderator wrote on a report, for other moderators. */
export const ReportNote = builder.objectRef<ReportNoteRow>('ReportNote');

builder.node(ReportNote, {
  description: "A moderator's note on a report; only staff see it.",
  id: { resolve: ({ id }) => String(id), description: 'Global id, for `node` and caches.' },
  loadOne: (id, { operation }) => {
    const number = serialNumber(id);
    return number === undefined ? null : findReportNote(operation.database.prisma, number);
  },
  fields: (t) => ({
    databaseId: t.id({
      nullable: false,
      description: "The instance's own id, a number.",
      resolve: ({ id }) => String(id),
    }),
    content: t.string({
      nullable: false,
      description: 'Plain text, at most 255 characters.',
      resolve: ({ content }) => content ?? '',
    }),
    author: t.field({
      type: User,
      description: 'Who wrote it.',
      resolve: ({ userId }, _args, context) => userById(userId, context),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When it was written.',
      resolve: ({ insertedAt }) => insertedAt,
    }),
  }),
});
