import type { Bar } from '../auth/access.js';
import type { AccountActor } from '../auth/actor.js';
import type { OperationContext } from '../context.js';
import { failure } from '../errors.js';

/**
 * The bar of a deed that bears the name of an account: the admin token has none, nor has the shell.
 * @param deed what it is, e.g. "A note".
 */
export function accountsOnly(deed: string): Bar {
  return { kinds: ['secret', 'operator'], refusal: unsigned(deed, 'a staff member') };
}

/** The bar of a deletion: the admin token signs nothing; at the shell the author signs. */
export function noDeletionByToken(signer: 'an admin' | 'a staff member'): Bar {
  return { kinds: ['secret'], refusal: unsigned('A deletion', signer) };
}

/** The bar of what only the shell of the machine may do. */
export const shellOnly: Bar = { kinds: ['account', 'secret'], refusal: 'Only at the shell.' };

/**
 * The account that acts, in an operation with this bar.
 * @throws OperationError FORBIDDEN for callers without an account.
 */
export function accountOf({ actor }: OperationContext, bar: Bar): AccountActor {
  if (actor?.kind !== 'account') throw failure('FORBIDDEN', bar.refusal);
  return actor;
}

function unsigned(deed: string, signer: string): string {
  return `${deed} is signed by the account of ${signer}; the admin token has none.`;
}
