import type { AccountActor } from '../auth/actor.js';
import type { OperationContext } from '../context.js';
import { failure } from '../errors.js';

/**
 * The account that acts, where the deed bears a name.
 * @param deed what it is, e.g. "A note".
 * @throws OperationError FORBIDDEN for the admin token and at the shell, which have no account.
 */
export function demandAccount({ actor }: OperationContext, deed: string): AccountActor {
  if (actor?.kind !== 'account')
    throw failure(
      'FORBIDDEN',
      `${deed} is signed by the account of a staff member; the admin token has none.`,
    );
  return actor;
}
