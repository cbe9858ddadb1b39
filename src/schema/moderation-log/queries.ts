import type { LogCriteria } from '../../database/moderation-log.js';
import { moderationLogCount, moderationLogList } from '../../resolvers/moderation-log/list.js';
import { builder } from '../builder.js';
import { serialConnection } from '../connection.js';
import { ModerationLogEntry } from './type.js';

const LogFilter = builder.inputType('ModerationLogFilter', {
  description: 'All that is given must hold. Texts stand for themselves and have at most 1,000 characters.',
  fields: (t) => ({
    actorId: t.id({ description: '`databaseId` of who acted.' }),
    action: t.string({ description: "The instance's word, e.g. `report_update`." }),
    target: t.string({ description: '`databaseId` of an account, report or status, or address of a relay, that the entry is about.' }),
    from: t.field({ type: 'DateTime', description: 'Not before.' }),
    until: t.field({ type: 'DateTime', description: 'Not after.' }),
    search: t.string({ description: 'Part of the sentence, whatever its case.' }),
  }),
});

function criteriaOf(filter: typeof LogFilter.$inferInput | null | undefined): LogCriteria {
  const { actorId, action, target, from, until, search } = filter ?? {};
  return { actorId: actorId ?? undefined, action: action ?? undefined, target: target ?? undefined, from: from ?? undefined, until: until ?? undefined, search: search ?? undefined };
}

builder.queryField('moderationLog', (t) =>
  t.connection(
    {
      type: ModerationLogEntry,
      description: 'The moderation log, newest first: 50 unless `first` or `last` says otherwise, at most 100. REST: `GET /moderation_log`.',
      args: { filter: t.arg({ type: LogFilter, description: 'Which entries.' }) },
      resolve: (_root, { filter, ...args }, { operation }) => {
        const criteria = criteriaOf(filter);
        return serialConnection(
          args,
          ({ reversed, ...stretch }) => moderationLogList(operation, { criteria, stretch: { ...stretch, order: reversed ? 'oldest' : 'newest' } }),
          () => moderationLogCount(operation, { criteria }),
        );
      },
    },
    {
      name: 'ModerationLogConnection',
      description: 'A page of the moderation log.',
      fields: (c) => ({ totalCount: c.int({ nullable: false, description: 'How many match, on all pages; counted only when asked for.', resolve: ({ count }) => count() }) }),
    },
    { name: 'ModerationLogEdge', description: 'An entry and where it stands in the log.' },
  ),
);
