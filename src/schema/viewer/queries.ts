import {
  allowedOperations,
  canCall,
  viewerShow,
  type Viewer as ViewerRow,
} from '../../resolvers/viewer/show.js';
import { builder } from '../builder.js';
import { userById } from '../user/loaded.js';
import { User } from '../user/type.js';

const StaffRole = builder.enumType('StaffRole', {
  description: 'Role of a member of the staff.',
  values: {
    ADMIN: { description: 'An admin, also one who is a moderator as well.' },
    MODERATOR: { description: 'A moderator who is not an admin.' },
  } as const satisfies Record<ViewerRow['role'], object>,
});

const Viewer = builder.objectRef<ViewerRow>('Viewer').implement({
  description: 'The caller, and what the credential of this request allows.',
  fields: (t) => ({
    account: t.field({
      type: User,
      description:
        'The account of the caller. Null for `x-admin-token`, which has none, and for a token with neither `read:accounts` nor `admin:read:accounts`.',
      resolve: ({ accountId }, _args, context) => userById(accountId, context),
    }),
    role: t.field({
      type: StaffRole,
      nullable: false,
      description: 'The role of the caller. `x-admin-token` counts as an admin.',
      resolve: ({ role }) => role,
    }),
    scopes: t.stringList({
      nullable: false,
      description:
        'OAuth scopes of the token; a scope includes those below it. HTTP Basic and `x-admin-token` have every scope.',
      resolve: ({ scopes }) => [...scopes],
    }),
    tokenExpiresAt: t.field({
      type: 'DateTime',
      description: 'When the token expires. Null when it never does, or there is no token.',
      resolve: ({ tokenExpiresAt }) => tokenExpiresAt,
    }),
    may: t.stringList({
      nullable: false,
      description:
        'Names of all operations (docs/operations.md) that role, scopes and the settings of the instance allow the caller now, in alphabetical order. An operation on an account can still be refused because of that account: see the `viewerCan…` fields of `User`.',
      resolve: (_viewer, _args, { operation }) => allowedOperations(operation),
    }),
    can: t.boolean({
      nullable: false,
      description: 'Whether `may` contains this operation.',
      args: {
        operation: t.arg.string({
          required: true,
          description:
            'Name of an operation, such as `usersDeactivate`: the first column of docs/operations.md. INVALID for any other name.',
        }),
      },
      resolve: (_viewer, { operation: name }, { operation }) => canCall(operation, name),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description:
      'The caller. Any member of the staff with a valid credential may ask, whatever its scopes.',
    resolve: (_root, _args, { operation }) => viewerShow(operation, undefined),
  }),
);
