import { grantsScope } from '../../auth/access.js';
import type { OperationContext } from '../../context.js';
import { readOwnAccount, type OwnAccountRow } from '../../database/own-account.js';
import { AccessError } from '../../errors.js';

const scope = 'read:accounts';

/**
 * The caller's own account, whoever it is (docs/instance/oauth.md#own-account).
 * @throws AccessError without an account, or with a token that may not read it.
 */
export async function ownAccount({ actor, database }: OperationContext): Promise<OwnAccountRow> {
  if (actor?.kind !== 'account') throw new AccessError('UNAUTHENTICATED', 'Invalid credentials.');
  if (!grantsScope(actor.scopes, scope))
    throw new AccessError('FORBIDDEN', `Insufficient permissions: ${scope}.`);
  return readOwnAccount(database, actor.id);
}
