import type { OperationContext } from '../../context.js';
import { readCredentials, type CredentialsRow } from '../../database/user-credentials.js';
import { findUser, type UserReference, type UserRow } from '../../database/users.js';
import { operation } from '../operation.js';
import { notFound } from './targets.js';

interface One {
  readonly user: UserReference;
}

/**
 * One account, also an invisible or internal one (docs/instance/accounts.md#showing-an-account).
 */
export const userShow = operation({
  name: 'userShow',
  access: { role: 'staff', scope: 'admin:read:accounts', pleroma: { privilege: 'users_read' } },
  run: find,
});

/**
 * The roles of an account: `isAdmin` and `isModerator`
 * (docs/instance/accounts.md#permission-groups).
 */
export const userPermissionGroups = operation({
  name: 'userPermissionGroups',
  access: { role: 'admin', scope: 'admin:read:accounts' },
  run: find,
});

/**
 * What an account has set for itself, as an admin may read it
 * (docs/instance/accounts.md#account-json).
 */
export const userCredentials = operation({
  name: 'userCredentials',
  access: {
    role: 'admin',
    scope: 'admin:read:accounts',
    pleroma: { privilege: 'users_manage_credentials' },
  },
  run: async (context, input: One): Promise<CredentialsRow> => {
    const { id } = await find(context, input);
    const { prisma, schema } = context.database;
    return readCredentials(prisma, id, schema.optional);
  },
});

async function find(context: OperationContext, { user: reference }: One): Promise<UserRow> {
  const user = await findUser(
    context.database,
    reference,
    async () => (await context.instance()).host,
  );
  if (!user) throw notFound(reference, ['user']);
  return user;
}
