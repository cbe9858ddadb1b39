import { z } from 'zod';
import { statusDelete } from '../../resolvers/statuses/delete.js';
import { statusUpdate } from '../../resolvers/statuses/update.js';
import { flag, plainText } from '../parameters.js';
import { fromBody, route, type Route } from '../route.js';
import { examples } from '../schemas/examples.js';
import { status } from '../schemas/status.js';
import { statusJson } from './answers.js';

export const statusChangeRoutes: readonly Route[] = [
  route({
    method: 'PUT',
    path: '/statuses/:id',
    summary: 'Mark a status sensitive or not, change its scope',
    operation: statusUpdate,
    input: z.object({ id: z.string(), sensitive: flag.nullish(), visibility: plainText.nullish() }),
    answers: status,
    example: { id: examples.statusId, sensitive: true, visibility: 'unlisted' },
    from: fromBody,
    run: async ({ context, dialect, input: { id, sensitive, visibility } }) =>
      statusJson(
        context,
        dialect,
        await statusUpdate(context, {
          status: { databaseId: id },
          sensitive: sensitive ?? undefined,
          visibility: visibility ?? undefined,
        }),
      ),
  }),
  route({
    method: 'DELETE',
    path: '/statuses/:id',
    summary: 'Delete a status',
    operation: statusDelete,
    input: z.object({ id: z.string() }),
    answers: z.object({}),
    example: { id: examples.statusId },
    run: async ({ context, input }) => {
      await statusDelete(context, { status: { databaseId: input.id } });
      return {};
    },
  }),
];
