import { usersCount, usersList } from '../../resolvers/users/list.js';
import { userShow } from '../../resolvers/users/show.js';
import { builder } from '../builder.js';
import { flakeConnection } from '../connection.js';
import { orNull } from '../or-null.js';
import { criteriaOf, referenceOf, UserFilterInput, UserReferenceInput } from './inputs.js';
import { User } from './type.js';

builder.queryField('users', (t) =>
  t.connection(
    {
      type: User,
      description:
        'Accounts, newest first: 50 unless `first` or `last` says otherwise, at most 100. Invisible and internal ones are left out. REST: `GET /users`.',
      args: { filter: t.arg({ type: UserFilterInput, description: 'Which accounts.' }) },
      resolve: (_root, { filter, ...args }, { operation }) => {
        const criteria = criteriaOf(filter);
        return flakeConnection(
          args,
          (stretch) => usersList(operation, { criteria, stretch }),
          () => usersCount(operation, { criteria }),
        );
      },
    },
    {
      name: 'UserConnection',
      description: 'A page of accounts.',
      fields: (c) => ({
        totalCount: c.int({
          nullable: false,
          description: 'How many match, on all pages; counted only when asked for.',
          resolve: ({ count }) => count(),
        }),
      }),
    },
    { name: 'UserEdge', description: 'An account and where it stands in the list.' },
  ),
);

builder.queryField('user', (t) =>
  t.field({
    type: User,
    description:
      'One account, also an invisible one; null when there is none. REST: `GET /users/:nickname_or_id`.',
    args: {
      by: t.arg({ type: UserReferenceInput, required: true, description: 'Which account.' }),
    },
    resolve: (_root, { by }, { operation }) =>
      orNull(userShow(operation, { user: referenceOf(by) })),
  }),
);
