import type { Target } from '../../auth/policy.js';
import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { someActiveAdmins } from '../../database/deleted-accounts.js';
import { failure, type InputPath } from '../../errors.js';

/** Any number will do, so long as all Stewards on one database use the same. */
const adminSetLock = 7_247_130_001n;

/**
 * Keeps an instance from losing its last active admin. Call after the change, inside its transaction: concurrent changes of the set of
 * admins wait for each other here, so that two admins can't remove one another at the same time.
 * @throws OperationError CONFLICT, which takes the change back.
 */
export async function keepAnAdmin(tx: Transaction, path: InputPath): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${adminSetLock})`;
  if ((await someActiveAdmins(tx, 1)).length === 0)
    throw failure('CONFLICT', 'This would leave the instance without an active admin.', path);
}

/**
 * Whether {@link keepAnAdmin} would take back a change after which this account is no active admin.
 * A look, not a lock: the change itself decides.
 */
export async function isLastAdmin(
  { loaders }: Pick<OperationContext, 'loaders'>,
  { id, isAdmin }: Pick<Target, 'id' | 'isAdmin'>,
): Promise<boolean> {
  return isAdmin && !(await loaders.hasOtherAdmin.load(id));
}
