import { canDeactivate, canDelete, canSeeStatuses } from '../../resolvers/users/viewer-can.js';
import { builder } from '../builder.js';
import { User } from './type.js';

builder.objectFields(User, (t) => ({
  viewerCanDeactivate: t.boolean({
    nullable: false,
    description:
      'Whether the caller may deactivate this account: role, scope and privilege, rank, not their own account, not the last active admin.',
    resolve: (user, _args, { operation }) => canDeactivate(operation, user),
  }),
  viewerCanDelete: t.boolean({
    nullable: false,
    description:
      'Whether the caller may delete this account: role, scope and privilege, rank, not their own account, not the last active admin. False for `x-admin-token`, which cannot sign a deletion.',
    resolve: (user, _args, { operation }) => canDelete(operation, user),
  }),
  viewerCanSeeStatuses: t.boolean({
    nullable: false,
    description: 'Whether the caller may list the statuses of this account (`statuses`).',
    resolve: (_user, _args, { operation }) => canSeeStatuses(operation),
  }),
}));
