import { uuidFromFlake } from '../../database/flake.js';
import { textOf } from '../../database/json.js';
import { logEntriesByIds, type LogRow } from '../../database/moderation-log.js';
import { moderationLogList } from '../../resolvers/moderation-log/list.js';
import { actionOf, actorOf, dataOf, messageOf } from '../../resolvers/moderation-log/model.js';
import { logSubjects } from '../../resolvers/moderation-log/subjects.js';
import { builder } from '../builder.js';
import { serialNumber } from '../connection.js';
import { nodeAccess } from '../node-access.js';
import { userById } from '../user/loaded.js';
import { User } from '../user/type.js';
import { LogSubject } from './subject.js';

nodeAccess('ModerationLogEntry', moderationLogList, 'number');

/** What one member of the staff did. */
export const ModerationLogEntry = builder.objectRef<LogRow>('ModerationLogEntry');

builder.node(ModerationLogEntry, {
  description: 'What one member of the staff did.',
  id: { resolve: ({ id }) => String(id), description: 'Global id, for `node` and caches.' },
  loadMany: async (ids, { operation }) => {
    const numbers = ids.map(serialNumber);
    const rows = await logEntriesByIds(
      operation.database.prisma,
      numbers.filter((number) => number !== undefined),
    );
    return numbers.map((number) => rows.find(({ id }) => id === number) ?? null);
  },
  fields: (t) => ({
    databaseId: t.id({
      nullable: false,
      description: "The instance's own id, a number.",
      resolve: ({ id }) => String(id),
    }),
    action: t.string({
      nullable: false,
      description: "The instance's word for it, e.g. `deactivate`, `report_update`.",
      resolve: actionOf,
    }),
    message: t.string({
      nullable: false,
      description: 'The sentence the instance makes of it.',
      resolve: messageOf,
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When it was done.',
      resolve: ({ insertedAt }) => insertedAt,
    }),
    actorNickname: t.string({
      description: 'Who did it, by the name of that time; null for the `x-admin-token`.',
      resolve: (row) => actorOf(row).nickname,
    }),
    actor: t.field({
      type: User,
      description: 'Who did it, when the account is still there.',
      resolve: (row, _args, context) =>
        userById(uuidFromFlake(actorOf(row).databaseId ?? ''), context),
    }),
    subjects: t.field({
      type: [LogSubject],
      nullable: false,
      description: 'What it was done to.',
      resolve: (row) => logSubjects(dataOf(row)),
    }),
    text: t.string({
      description: 'The text of a note or response.',
      resolve: (row) => textOf(dataOf(row)['text']),
    }),
    data: t.field({
      type: 'JSON',
      nullable: false,
      description: 'The row as the instance keeps it.',
      resolve: dataOf,
    }),
  }),
});
