import { invitesCount, invitesList } from '../../resolvers/invites/list.js';
import { builder } from '../builder.js';
import { serialConnection } from '../connection.js';
import { Invite, InviteStatusEnum, InviteTypeEnum } from './type.js';

const InviteFilterInput = builder.inputType('InviteFilter', {
  description: 'All given conditions must match.',
  fields: (t) => ({
    status: t.field({ type: [InviteStatusEnum], description: 'One of these.' }),
    type: t.field({ type: [InviteTypeEnum], description: 'One of these.' }),
  }),
});

builder.queryField('invites', (t) =>
  t.connection(
    {
      type: Invite,
      description:
        'Invites, newest first: 50 unless `first` or `last` says otherwise, at most 100. REST: `GET /users/invites`.',
      args: { filter: t.arg({ type: InviteFilterInput, description: 'Which invites.' }) },
      resolve: (_root, { filter, ...args }, { operation }) => {
        const criteria = {
          statuses: filter?.status ?? undefined,
          types: filter?.type ?? undefined,
        };
        return serialConnection(
          args,
          ({ reversed, ...stretch }) =>
            invitesList(operation, { criteria, stretch: { ...stretch, oldestFirst: reversed } }),
          () => invitesCount(operation, { criteria }),
        );
      },
    },
    {
      name: 'InviteConnection',
      description: 'A page of invites.',
      fields: (c) => ({
        totalCount: c.int({
          nullable: false,
          description: 'How many match, on all pages; counted only when asked for.',
          resolve: ({ count }) => count(),
        }),
      }),
    },
    { name: 'InviteEdge', description: 'An invite and where it stands in the list.' },
  ),
);
