import { z } from 'zod';
import { instanceDeleteAsStaff } from '../resolvers/users/instance-delete.js';
import { route, type Route } from './route.js';
import { examples } from './schemas/examples.js';
import { shown } from './schemas/parts.js';

export const instanceRoutes: readonly Route[] = [
  route({
    method: 'DELETE',
    path: '/instances/:instance',
    dialects: ['v1'],
    summary: 'Delete all accounts of an instance, and their statuses',
    operation: instanceDeleteAsStaff,
    input: z.object({ instance: z.string() }),
    answers: shown(z.string(), examples.remoteHost),
    example: { instance: examples.remoteHost },
    run: async ({ context, input: { instance } }) => {
      await instanceDeleteAsStaff(context, { instance });
      return instance;
    },
  }),
];
