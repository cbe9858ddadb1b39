import type { Family } from '../database/family.js';
import { AccessError } from '../errors.js';
import type { Actor } from './actor.js';
import { privilegesOf, type Privilege, type RoleSettings } from '../instance/privileges.js';

/**
 * What an operation asks of its caller before anything else: a role, and a scope of the token.
 * The role differs by family; docs/operations.md has both columns.
 */
export interface Access {
  /**
   * On Akkoma. `privileged` admits moderators only when the instance sets `privileged_staff`.
   */
  readonly role: 'staff' | 'privileged' | 'admin';
  /** Null: the role alone decides, so that a client can ask what its token allows (`viewer`). */
  readonly scope: string | null;
  /** A scope that opens it as well, where the instance asks for either. */
  readonly otherScope?: string;
  /** On Pleroma; absent = admins only. */
  readonly pleroma?: PleromaAccess;
}

/** The scopes any of which opens an operation; empty = it asks for none. */
export function scopesOf({ scope, otherScope }: Access): readonly string[] {
  return [scope, otherScope].filter((one) => typeof one === 'string');
}

/** Pleroma's rule for an operation: a privilege of the caller's role, a role, or both. */
export interface PleromaAccess {
  /** Default: `staff`. */
  readonly role?: 'staff' | 'admin';
  readonly privilege?: Privilege;
}

/** An operation as access rules see it. */
export interface Guarded {
  readonly operationName: string;
  readonly access: Access;
  /** Absent = it serves every kind of caller that its access rule lets pass. */
  readonly bar?: Bar | undefined;
}

/**
 * Kinds of callers an operation does not serve although its access rule lets them pass, and what
 * they are told: a deed that an account signs is not for the `x-admin-token`.
 */
export interface Bar {
  readonly kinds: readonly Actor['kind'][];
  readonly refusal: string;
}

/** Who asks, and of which instance. */
export interface Caller {
  readonly actor: Actor | undefined;
  readonly database: { readonly family: Family };
  /** Asked only when the answer decides. */
  readonly instance: () => Promise<RoleSettings>;
  /**
   * Told of every demand the caller met. Whoever keeps an answer keeps these with it, and makes
   * them again before the answer is given once more.
   */
  readonly onDemand?: ((demand: MetDemand) => void) | undefined;
}

/**
 * What a caller was asked for and had: what an operation demands, the privilege for a part of an
 * answer, or the rank of an admin, with the words for whoever has it no more.
 */
export type MetDemand =
  | { readonly operation: Guarded }
  | { readonly privilege: Privilege; readonly part: string }
  | { readonly rank: 'admin'; readonly refusal: string };

/** What this family asks for. */
interface Demand {
  readonly role: Access['role'];
  readonly scope: Access['scope'];
  readonly privilege?: Privilege;
}

const pleromaDefault: PleromaAccess = { role: 'admin' };

/** The rule of an operation as this family has it. */
export function demandOf(access: Access, family: Family): Demand {
  const { role, scope, pleroma = pleromaDefault } = access;
  if (family === 'akkoma') return { role, scope };
  const { role: own = 'staff', privilege } = pleroma;
  return { role: own, scope, ...(privilege === undefined ? {} : { privilege }) };
}

/** Scopes are hierarchical: `admin:write` grants `admin:write:accounts`, never the other way round. */
export function grantsScope(granted: readonly string[] | 'all', required: string): boolean {
  return (
    granted === 'all' ||
    granted.some((scope) => required === scope || required.startsWith(`${scope}:`))
  );
}

/**
 * The documents' generation knew no admin scopes: an admin's `write` opened everything.
 * @returns the actor as its path sees it.
 */
export function withDocumentedScopes(actor: Actor | undefined): Actor | undefined {
  return actor?.kind === 'account' && actor.isAdmin && grantsScope(actor.scopes, 'write')
    ? { ...actor, scopes: 'all' }
    : actor;
}

/**
 * Lets the caller pass or throws, in the instance's order: credential, staff, role or privilege,
 * scope.
 * @throws AccessError with the instance's own text, and what the operation asks for.
 */
export async function demandAccess(caller: Caller, operation: Guarded): Promise<Actor> {
  const { actor } = caller;
  if (!actor) throw new AccessError('UNAUTHENTICATED', 'Invalid credentials.');
  const refusal = await refusalText(actor, caller, operation.access);
  if (refusal === undefined) {
    const { operationName, access } = operation;
    caller.onDemand?.({ operation: { operationName, access } });
    return actor;
  }
  const demand = demandOf(operation.access, caller.database.family);
  throw new AccessError('FORBIDDEN', refusal, { operation: operation.operationName, ...demand });
}

/** Whether {@link demandAccess} lets the caller pass, and no {@link Bar} stops them. */
export async function mayCall(caller: Caller, { access, bar }: Guarded): Promise<boolean> {
  const { actor } = caller;
  if (actor === undefined || isBarred(actor, bar)) return false;
  return (await refusalText(actor, caller, access)) === undefined;
}

/** Whether an operation with this bar does not serve the actor. */
export function isBarred({ kind }: Actor, bar: Bar | undefined): boolean {
  return bar?.kinds.includes(kind) ?? false;
}

/**
 * Whether the caller has a privilege: of all their roles, as on Pleroma. On Akkoma, which knows
 * none, everybody has it.
 * @returns without a promise where no setting decides.
 */
export function hasPrivilege(caller: Caller, privilege: Privilege): boolean | Promise<boolean> {
  const { actor, database, instance } = caller;
  if (database.family === 'akkoma' || actor?.kind === 'operator') return true;
  if (!actor) return false;
  return instance().then((settings) => privilegesOf(rolesOf(actor), settings).includes(privilege));
}

/** Why the caller may not, in the instance's words; undefined = they may. */
async function refusalText(
  actor: Actor,
  caller: Caller,
  access: Access,
): Promise<string | undefined> {
  const { role, privilege } = demandOf(access, caller.database.family);
  const { isAdmin, isModerator } = rolesOf(actor);
  if (!isAdmin && !isModerator) return 'User is not a staff member.';
  if (!isAdmin && role === 'admin') return 'User is not an admin.';
  if (!isAdmin && role === 'privileged' && !(await caller.instance()).privilegedStaff) {
    return 'User is not an admin.';
  }
  if (privilege !== undefined && !(await hasPrivilege(caller, privilege))) {
    return "User isn't privileged.";
  }
  const scopes = actor.kind === 'account' ? actor.scopes : 'all';
  const accepted = scopesOf(access);
  if (accepted.length === 0 || accepted.some((one) => grantsScope(scopes, one))) return undefined;
  return `Insufficient permissions: ${accepted.join(' | ')}.`;
}

/** Refuses a caller without a privilege a part of an answer that another privilege opens. */
export async function demandPrivilege(
  caller: Caller,
  privilege: Privilege,
  part: string,
): Promise<void> {
  if (await hasPrivilege(caller, privilege)) {
    caller.onDemand?.({ privilege, part });
    return;
  }
  throw new AccessError('FORBIDDEN', "User isn't privileged.", {
    operation: part,
    role: 'staff',
    scope: null,
    privilege,
  });
}

/**
 * The `x-admin-token` is an admin without an account: on Pleroma the list of the admins' privileges
 * binds it, too. At the shell there is no such list, as with the instance's own tasks.
 */
function rolesOf(actor: Actor): { readonly isAdmin: boolean; readonly isModerator: boolean } {
  return actor.kind === 'account' ? actor : { isAdmin: true, isModerator: false };
}
