import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { findStatus, type StatusRow } from '../../database/statuses.js';
import { usersByApIds, type UserRow } from '../../database/users.js';
import { failure } from '../../errors.js';
import { refusalFor } from '../users/targets.js';
import { authorOf } from './model.js';
import { unknownStatus } from './targets.js';

/** How a caller names a status. */
export interface StatusReference {
  readonly databaseId: string;
}

/** A status about to be changed, with its author while the instance knows the account. */
export interface LockedStatus {
  readonly status: StatusRow;
  readonly author: UserRow | undefined;
}

/**
 * The status an operation will change, locked until its transaction ends. Boosts are none: they would change someone else's
 * (docs/instance/moderation.md#changing-the-scope-of-a-status).
 * @throws OperationError NOT_FOUND, or FORBIDDEN when a moderator would act on an admin.
 */
export async function lockStatus(
  context: OperationContext,
  tx: Transaction,
  { databaseId }: StatusReference,
): Promise<LockedStatus> {
  const status = await findStatus(tx, databaseId, true);
  if (status?.type !== 'Create') throw unknownStatus(databaseId, ['status', 'databaseId']);
  const apId = authorOf(status);
  const [author] = apId === undefined ? [] : await usersByApIds(tx, [apId]);
  const refusal = author && refusalFor(context, 'change', author);
  if (refusal !== undefined) throw failure('FORBIDDEN', refusal, ['status']);
  return { status, author };
}
