import { z } from 'zod';
import { statusDelete } from '../../resolvers/statuses/delete.js';
import { statusUpdate } from '../../resolvers/statuses/update.js';
import { flag, plainText } from '../parameters.js';
import { fromBody, route, type Route } from '../route.js';
import { statusJson } from './answers.js';

export const statusChangeRoutes: readonly Route[] = [
  route({
    method: 'PUT',
    path: '/statuses/:id',
    summary: 'Mark a status sensitive or not, change its scope',
    operation: statusUpdate,
    input: z.object({ id: z.string(), sensitive: flag.nullish(), visibility: plainText.nullish() }),
    from: fromBody,
    run: async ({ context, dialect, input: { id, sensitive, visibility } }) =>
      statusJson(context, dialect, await statusUpdate(context, { status: { databaseId: id }, sensitive: sensitive ?? undefined, visibility: visibility ?? undefined })),
  }),
  route({
    method: 'DELETE',
    path: '/statuses/:id',
    summary: 'Delete a status',
    operation: statusDelete,
    input: z.object({ id: z.string() }),
    run: async ({ context, input }) => {
      await statusDelete(context, { status: { databaseId: input.id } });
      return {};
    },
  }),
];
