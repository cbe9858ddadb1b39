import { AccessError } from '../errors.js';
import type { Actor } from './actor.js';

/**
 * What an operation asks of its caller before anything else (facts/users.md §3.5): a role, and a scope of the token.
 * `privileged` admits moderators only when the instance sets `privileged_staff`.
 */
export interface Access {
  readonly role: 'staff' | 'privileged' | 'admin';
  readonly scope: string;
}

/** Scopes are hierarchical: `admin:write` grants `admin:write:accounts`, never the other way round. */
export function grantsScope(granted: readonly string[] | 'all', required: string): boolean {
  return granted === 'all' || granted.some((scope) => required === scope || required.startsWith(`${scope}:`));
}

/**
 * The documents' generation knew no admin scopes: an admin's `write` opened everything (facts/users.md §3.5, facts/moderation.md §8).
 * @returns the actor as its path sees it.
 */
export function withDocumentedScopes(actor: Actor | undefined): Actor | undefined {
  return actor?.kind === 'account' && actor.isAdmin && grantsScope(actor.scopes, 'write') ? { ...actor, scopes: 'all' } : actor;
}

/**
 * Lets the caller pass or throws, in the instance's order: credential, staff, role, scope.
 * @param privilegedStaff asked only when the answer decides.
 * @throws AccessError with the instance's own text.
 */
export async function demandAccess(actor: Actor | undefined, access: Access, privilegedStaff: () => Promise<boolean>): Promise<Actor> {
  if (!actor) throw new AccessError('UNAUTHENTICATED', 'Invalid credentials.');
  if (actor.kind !== 'account') return actor;
  if (!actor.isAdmin && !actor.isModerator) throw new AccessError('FORBIDDEN', 'User is not a staff member.');
  if (!actor.isAdmin && (access.role === 'admin' || (access.role === 'privileged' && !(await privilegedStaff())))) {
    throw new AccessError('FORBIDDEN', 'User is not an admin.');
  }
  if (!grantsScope(actor.scopes, access.scope)) throw new AccessError('FORBIDDEN', `Insufficient permissions: ${access.scope}.`);
  return actor;
}
