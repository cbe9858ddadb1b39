import { z } from 'zod';
import { moderationLogCount, moderationLogList } from '../../resolvers/moderation-log/list.js';
import { leadingNumber, optionalText, optionalTime } from '../parameters.js';
import { route, type Route } from '../route.js';
import { examples } from '../schemas/examples.js';
import { logItem as logItemSchema } from '../schemas/log-item.js';
import { count } from '../schemas/parts.js';
import { documentedLogItem, logItem } from '../serialize/log-item.js';

const input = z.object({
  page: leadingNumber({ min: 1, max: 1_000_000, fallback: 1 }),
  page_size: leadingNumber({ min: 0, max: 10_000, fallback: 50 }),
  start_date: optionalTime,
  end_date: optionalTime,
  user_id: optionalText,
  search: optionalText,
});

const example = {
  page: 1,
  page_size: 20,
  start_date: '2026-01-01T00:00:00.000Z',
  user_id: examples.accountId,
  search: 'relay',
};

function queryOf({
  start_date: from,
  end_date: until,
  user_id: actorId,
  search,
  page,
  page_size: limit,
}: z.infer<typeof input>) {
  return {
    criteria: { from, until, actorId, search },
    wildcards: true,
    position: { limit, offset: (page - 1) * limit },
  };
}

export const moderationLogReadRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/moderation_log',
    dialects: ['v1'],
    summary: 'The moderation log, newest first',
    operation: moderationLogList,
    input,
    answers: z.object({ items: z.array(logItemSchema), total: count }),
    example,
    run: async ({ context, input: given }) => {
      const { position, ...query } = queryOf(given);
      const rows = await moderationLogList(context, {
        ...query,
        stretch: { ...position, order: 'recorded' },
      });
      return { items: rows.map(logItem), total: await moderationLogCount(context, query) };
    },
  }),
  route({
    method: 'GET',
    path: '/moderation_log',
    dialects: ['legacy'],
    summary: 'The moderation log, newest first, as a bare list',
    operation: moderationLogList,
    input,
    answers: z.array(logItemSchema),
    example,
    run: async ({ context, input: given }) => {
      const { position, ...query } = queryOf(given);
      return (
        await moderationLogList(context, { ...query, stretch: { ...position, order: 'newest' } })
      ).map(documentedLogItem);
    },
  }),
];
