import { mayCall, type Guarded } from '../../auth/access.js';
import { refusalOf, type Deed, type Target } from '../../auth/policy.js';
import type { OperationContext } from '../../context.js';
import { userStatusesList } from '../statuses/list.js';
import { usersDeactivate } from './activation.js';
import { usersDelete } from './delete.js';
import { isLastAdmin } from './last-admin.js';

/** Whether the caller may deactivate this account now, by the rules of `usersDeactivate`. */
export function canDeactivate(context: OperationContext, target: Target): Promise<boolean> {
  return canDo(context, usersDeactivate, 'deactivate', target);
}

/** Whether the caller may delete this account now, by the rules of `usersDelete`. */
export function canDelete(context: OperationContext, target: Target): Promise<boolean> {
  return canDo(context, usersDelete, 'delete', target);
}

/** Whether the caller may list the statuses of an account; rank decides nothing there. */
export function canSeeStatuses(context: OperationContext): Promise<boolean> {
  return mayCall(context, userStatusesList);
}

/** What takes an account away: the operation's access, then rank and self, then the last admin. */
async function canDo(
  context: OperationContext,
  operation: Guarded,
  deed: Deed,
  target: Target,
): Promise<boolean> {
  const { actor } = context;
  if (!actor || refusalOf(actor, deed, target) !== undefined) return false;
  return (await mayCall(context, operation)) && !(await isLastAdmin(context, target));
}
