import { uuidFromFlake } from '../../database/flake.js';
import type { LogCriteria } from '../../database/moderation-log.js';
import { failure } from '../../errors.js';
import { moderationLogCount, moderationLogList } from '../../resolvers/moderation-log/list.js';
import { builder } from '../builder.js';
import { serialConnection } from '../connection.js';
import { flakeInGlobalId } from '../node-access.js';
import { ModerationLogEntry } from './type.js';

const LogFilter = builder.inputType('ModerationLogFilter', {
  description:
    'All given conditions must match. Texts are matched literally and have at most 1,000 characters.',
  fields: (t) => ({
    actorId: t.id({ description: '`databaseId` or global id of the `User` who acted.' }),
    action: t.string({ description: "The instance's word, e.g. `report_update`." }),
    target: t.string({
      description:
        '`databaseId` or global id of an account, report or status, or address of a relay, that the entry is about.',
    }),
    from: t.field({ type: 'DateTime', description: 'Not before.' }),
    until: t.field({ type: 'DateTime', description: 'Not after.' }),
    search: t.string({ description: 'Part of the sentence, whatever its case.' }),
  }),
});

function criteriaOf(filter: typeof LogFilter.$inferInput | null | undefined): LogCriteria {
  const { actorId, action, target, from, until, search } = filter ?? {};
  return {
    actorId: actorOf(actorId),
    action: action ?? undefined,
    target: targetOf(target),
    from: from ?? undefined,
    until: until ?? undefined,
    search: search ?? undefined,
  };
}

/** @throws OperationError INVALID for what is no id of an account. */
function actorOf(id: string | null | undefined): string | undefined {
  if (id === null || id === undefined) return undefined;
  const flake = flakeInGlobalId(id, ['User']) ?? (uuidFromFlake(id) === undefined ? undefined : id);
  if (flake === undefined)
    throw failure('INVALID', 'actorId must be the databaseId or the global id of a User.', [
      'filter',
      'actorId',
    ]);
  return flake;
}

function targetOf(target: string | null | undefined): string | undefined {
  return target === null || target === undefined
    ? undefined
    : (flakeInGlobalId(target, ['User', 'Report', 'Status']) ?? target);
}

builder.queryField('moderationLog', (t) =>
  t.connection(
    {
      type: ModerationLogEntry,
      description:
        'The moderation log, newest first: 50 unless `first` or `last` says otherwise, at most 100. REST: `GET /moderation_log`.',
      args: { filter: t.arg({ type: LogFilter, description: 'Which entries.' }) },
      resolve: (_root, { filter, ...args }, { operation }) => {
        const criteria = criteriaOf(filter);
        return serialConnection(
          args,
          ({ reversed, ...stretch }) =>
            moderationLogList(operation, {
              criteria,
              stretch: { ...stretch, order: reversed ? 'oldest' : 'newest' },
            }),
          () => moderationLogCount(operation, { criteria }),
        );
      },
    },
    {
      name: 'ModerationLogConnection',
      description: 'A page of the moderation log.',
      fields: (c) => ({
        totalCount: c.int({
          nullable: false,
          description: 'How many match, on all pages; counted only when asked for.',
          resolve: ({ count }) => count(),
        }),
      }),
    },
    { name: 'ModerationLogEdge', description: 'An entry and where it stands in the log.' },
  ),
);
