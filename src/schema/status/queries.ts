import type { StatusRow } from '../../database/statuses.js';
import type { Stretch } from '../../database/user-list.js';
import type { OperationContext } from '../../context.js';
import {
  instanceStatusesCount,
  instanceStatusesList,
  statusesCount,
  statusesList,
  statusShow,
  userStatusesCount,
  userStatusesList,
} from '../../resolvers/statuses/list.js';
import { builder } from '../builder.js';
import { flakeConnection } from '../connection.js';
import { orNull } from '../or-null.js';
import { referenceOf } from '../user/inputs.js';
import { User } from '../user/type.js';
import { StatusFilterInput, StatusReferenceInput, statusReferenceOf } from './inputs.js';
import { Status } from './type.js';

interface Counted {
  readonly count: () => Promise<number | null>;
}

const connection = builder.connectionObject<typeof Status, Counted>(
  {
    name: 'StatusConnection',
    type: Status,
    description: 'A page of statuses.',
    fields: (c) => ({
      totalCount: c.int({
        description:
          'How many match, on all pages; counted only when asked for, and only of an account or a host: null for the whole instance, whose numbers `counter_cache` keeps.',
        resolve: ({ count }) => count(),
      }),
    }),
  },
  { name: 'StatusEdge', description: 'A status and where it stands in the list.' },
);

interface Listing {
  readonly list: (stretch: Stretch) => Promise<StatusRow[]>;
  readonly count: () => Promise<number | null>;
}

/** Which operation a filter asks for: the public statuses of a host need less than the rest. */
function listingOf(
  context: OperationContext,
  filter: typeof StatusFilterInput.$inferInput | null | undefined,
): Listing {
  const { author, host, localOnly, withReblogs, includePrivate } = filter ?? {};
  const reblogs = withReblogs ?? false;
  if (host != null && !author && !localOnly && !includePrivate) {
    const query = { host, withReblogs: reblogs };
    return {
      list: (stretch) => instanceStatusesList(context, { ...query, stretch }),
      count: () => instanceStatusesCount(context, query),
    };
  }
  const criteria = {
    host: host ?? undefined,
    localOnly: localOnly ?? false,
    withReblogs: reblogs,
    godmode: includePrivate ?? false,
  };
  const query = { criteria, author: author ? referenceOf(author) : undefined };
  const isNarrow = author != null || host != null;
  return {
    list: (stretch) => statusesList(context, { ...query, stretch }),
    count: () => (isNarrow ? statusesCount(context, query) : Promise.resolve(null)),
  };
}

builder.queryField('statuses', (t) =>
  t.connection(
    {
      type: Status,
      description:
        'Statuses this instance knows, newest first: 50 unless `first` or `last` says otherwise, at most 100. REST: `GET /statuses`, `GET /users/:nickname_or_id/statuses`, `GET /instances/:host/statuses`.',
      args: { filter: t.arg({ type: StatusFilterInput, description: 'Which statuses.' }) },
      resolve: (_root, { filter, ...args }, { operation }) => {
        const { list, count } = listingOf(operation, filter);
        return flakeConnection(args, list, count);
      },
    },
    connection,
  ),
);

builder.queryField('status', (t) =>
  t.field({
    type: Status,
    description:
      'One status, also a private one; null when there is none or its author is deactivated. REST: `GET /statuses/:id`.',
    args: {
      by: t.arg({ type: StatusReferenceInput, required: true, description: 'Which status.' }),
    },
    resolve: (_root, { by }, { operation }) =>
      orNull(statusShow(operation, { status: statusReferenceOf(by) })),
  }),
);

builder.objectField(User, 'statuses', (t) =>
  t.connection(
    {
      type: Status,
      description:
        'Its statuses, newest first: 50 unless `first` or `last` says otherwise, at most 100; none of a deactivated account. Asked of many accounts at once it is one statement. REST: `GET /users/:nickname_or_id/statuses`.',
      args: {
        withReblogs: t.arg.boolean({ defaultValue: false, description: 'Boosts too.' }),
        includePrivate: t.arg.boolean({
          defaultValue: false,
          description: 'Not only public and unlisted ones.',
        }),
      },
      resolve: ({ apId: author }, { withReblogs, includePrivate, ...args }, { operation }) => {
        const criteria = { withReblogs: withReblogs ?? false, godmode: includePrivate ?? false };
        return flakeConnection(
          args,
          (stretch) => userStatusesList(operation, { author, criteria, stretch }),
          () => userStatusesCount(operation, { author, criteria }),
        );
      },
    },
    connection,
  ),
);
