import { grantsScope, mayCall } from '../../auth/access.js';
import type { OperationContext } from '../../context.js';
import { failure } from '../../errors.js';
import { isAdministrator } from '../../auth/actor.js';
import { declaredOperations, operation } from '../operation.js';

/** Who asks, as their credential says. */
export interface Viewer {
  /** uuid of their account; undefined = the credential belongs to none, or may not read it. */
  readonly accountId: string | undefined;
  readonly role: 'ADMIN' | 'MODERATOR';
  readonly scopes: readonly string[];
  /** Undefined = never, or not known. */
  readonly tokenExpiresAt: Date | undefined;
}

/** The scopes that include all others: what a credential without a list of its own has. */
const allScopes = ['admin', 'follow', 'push', 'read', 'write'];

/** Any of them lets a token read the account of its owner, as `verify_credentials` does. */
const readScopes = ['read:accounts', 'admin:read:accounts'];

/** The caller, for any member of the staff with a valid credential. */
export const viewerShow = operation({
  name: 'viewerShow',
  access: { role: 'staff', scope: null, pleroma: { role: 'staff' } },
  run: ({ actor }: OperationContext): Promise<Viewer> => {
    const account = actor?.kind === 'account' ? actor : undefined;
    const { scopes = 'all' } = account ?? {};
    return Promise.resolve({
      accountId: readScopes.some((scope) => grantsScope(scopes, scope)) ? account?.id : undefined,
      role: !actor || isAdministrator(actor) ? 'ADMIN' : 'MODERATOR',
      scopes: scopes === 'all' ? allScopes : scopes,
      tokenExpiresAt: account?.tokenExpiresAt,
    });
  },
});

/** Names of all operations the caller may call now, in the order of the alphabet. */
export async function allowedOperations(context: OperationContext): Promise<string[]> {
  const all = [...declaredOperations().values()];
  const allowed = await Promise.all(all.map((guarded) => mayCall(context, guarded)));
  return all
    .filter((_guarded, index) => allowed[index])
    .map(({ operationName }) => operationName)
    .sort();
}

/**
 * Whether the caller may call an operation now.
 * @throws OperationError INVALID when no operation has this name.
 */
export async function canCall(context: OperationContext, name: string): Promise<boolean> {
  const guarded = declaredOperations().get(name);
  if (!guarded)
    throw failure(
      'INVALID',
      `operation must be the name of an operation, such as usersDeactivate, not "${name.slice(0, 50)}".`,
      ['operation'],
    );
  return mayCall(context, guarded);
}
