import { nextLocalAccounts } from '../../database/local-accounts.js';
import type { UserRow } from '../../database/users.js';
import { operation } from '../operation.js';

const pageSize = 500;

/**
 * The next local accounts after `after` (uuid), oldest first, for the shell's `list`
 * (docs/documented-api.md#shell-tasks): the invisible ones too, which
 * `usersList` leaves out. An empty list = that was all.
 */
export const localUsersList = operation({
  name: 'localUsersList',
  access: { role: 'staff', scope: 'admin:read:accounts', pleroma: { privilege: 'users_read' } },
  run: ({ database }, { after }: { readonly after: string | undefined }): Promise<UserRow[]> =>
    nextLocalAccounts(database.prisma, after, pageSize),
});
