import { flakeFromUuid } from '../database/flake.js';
import { isAdministrator, type Actor } from './actor.js';

/**
 * What is about to be done to an account. `take` takes a role, sessions, follows or statuses away;
 * `change` is everything else.
 */
export type Deed = 'delete' | 'deactivate' | 'revoke-admin' | 'take' | 'change';

/** The account it is done to. */
export interface Target {
  readonly id: string;
  readonly nickname: string | null;
  readonly isAdmin: boolean;
}

/**
 * May `actor` do `deed` to `target`? Tighter than the instance (docs/deviations.md): a moderator never acts on an admin, nobody deletes
 * or deactivates themselves, nobody revokes their own admin role.
 * @returns the reason why not, or undefined. The message is what documents and instance say where they say something.
 */
export function refusalOf(actor: Actor, deed: Deed, target: Target): string | undefined {
  const self = actor.kind === 'account' && actor.id === target.id;
  if (self && deed === 'revoke-admin') return "You can't revoke your own admin status.";
  if (self && deed === 'delete') return "You can't delete your own account.";
  if (self && deed === 'deactivate') return "You can't deactivate your own account.";
  if (target.isAdmin && !isAdministrator(actor)) return rankRefusal(target);
  return undefined;
}

/** Whether a deed may be done to a deleted account: it may be finished, never given anything. */
export function fitsDeleted(deed: Deed): boolean {
  return deed !== 'change';
}

/** What a moderator is told who would act on this admin. */
export function rankRefusal({ id, nickname }: Pick<Target, 'id' | 'nickname'>): string {
  return `A moderator may not act on the admin ${nickname === null ? flakeFromUuid(id) : `@${nickname}`}.`;
}
