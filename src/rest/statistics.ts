import { z } from 'zod';
import { statisticsShow } from '../resolvers/statistics/show.js';
import { optionalText } from './parameters.js';
import { route, type Route } from './route.js';
import { examples } from './schemas/examples.js';
import { count } from './schemas/parts.js';

export const statisticsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/stats',
    summary: 'How many statuses the instance knows, by who may see them',
    operation: statisticsShow,
    input: z.object({ instance: optionalText }),
    answers: z.object({
      status_visibility: z.object({
        public: count,
        unlisted: count,
        private: count,
        direct: count,
      }),
    }),
    example: { instance: examples.remoteHost },
    run: async ({ context, input }) => ({
      status_visibility: await statisticsShow(context, { host: input.instance }),
    }),
  }),
];
