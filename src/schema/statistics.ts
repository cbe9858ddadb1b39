import type { StatusCounts } from '../database/status-counts.js';
import { figuresOf, peersOf } from '../resolvers/oauth/figures.js';
import { statisticsShow } from '../resolvers/statistics/show.js';
import { builder } from './builder.js';

const StatusCountsType = builder.objectRef<StatusCounts>('StatusCounts').implement({
  description:
    'How many statuses there are, by who may see them, as the instance has counted them.',
  fields: (t) => ({
    public: t.exposeInt('public', { nullable: false, description: 'Everybody.' }),
    unlisted: t.exposeInt('unlisted', {
      nullable: false,
      description: 'Everybody, but not on public timelines.',
    }),
    private: t.exposeInt('private', { nullable: false, description: 'Followers.' }),
    direct: t.exposeInt('direct', { nullable: false, description: 'Whom they mention.' }),
  }),
});

const Statistics = builder.objectRef<{ readonly statuses: StatusCounts }>('Statistics').implement({
  description: 'How large the instance is. All but `statuses` is at most a minute old.',
  fields: (t) => ({
    statuses: t.field({
      type: StatusCountsType,
      nullable: false,
      description: 'Statuses of the host asked for, else of all hosts.',
      resolve: ({ statuses }) => statuses,
    }),
    localUsers: t.int({
      nullable: false,
      description: 'Active local accounts.',
      resolve: async (_statistics, _args, { operation }) => (await figuresOf(operation)).users,
    }),
    activeMonth: t.int({
      nullable: false,
      description: 'Those seen in the last 30 days.',
      resolve: async (_statistics, _args, { operation }) =>
        (await figuresOf(operation)).activeMonth,
    }),
    activeHalfYear: t.int({
      nullable: false,
      description: 'Those seen in the last 180 days.',
      resolve: async (_statistics, _args, { operation }) =>
        (await figuresOf(operation)).activeHalfYear,
    }),
    localStatuses: t.int({
      nullable: false,
      description: 'Public statuses of active local accounts.',
      resolve: async (_statistics, _args, { operation }) => (await figuresOf(operation)).statuses,
    }),
    peers: t.stringList({
      nullable: false,
      description:
        'Other instances whose accounts are known here. REST: `GET /api/v1/instance/peers`.',
      resolve: (_statistics, _args, { operation }) => peersOf(operation),
    }),
  }),
});

builder.queryField('statistics', (t) =>
  t.field({
    type: Statistics,
    description: 'How large the instance is. REST: `GET /stats`.',
    args: {
      host: t.arg.string({
        description: 'Count the statuses of this host only, e.g. `remote.example`.',
      }),
    },
    resolve: async (_root, { host }, { operation }) => ({
      statuses: await statisticsShow(operation, { host: host ?? undefined }),
    }),
  }),
);
