import { fitsDeleted, rankRefusal, refusalOf, type Deed, type Target } from '../../auth/policy.js';
import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import {
  findAccounts,
  type FoundAccount,
  type UserReference,
  type UserRow,
} from '../../database/users.js';
import { failure, refuse, type InputPath, type Issue } from '../../errors.js';
import { mentionedAs, namedAs } from './model.js';

/** How many accounts one mutation changes at most. */
export const maxListSize = 100;

/** How a reference reads in a message and which part of it a path points to. */
function nameOf(reference: UserReference): { key: string; text: string } {
  const [[key, text] = ['', '']] = Object.entries(reference);
  return { key, text };
}

/**
 * The accounts an operation will change, locked until its transaction ends, in input order and each once.
 * @param path where the list stands in the input, e.g. `["users"]`.
 * @param others what else is wrong with the input, to be told in the same round.
 * @throws OperationError INVALID for an empty or too long list, NOT_FOUND for every unknown account, FORBIDDEN for everyone the caller
 * may not do `deed` to, CONFLICT for everyone who was deleted and is to be given something.
 */
export async function lockTargets(
  context: OperationContext,
  tx: Transaction,
  references: readonly UserReference[],
  deed: Deed,
  path: InputPath,
  others: readonly Issue[] = [],
): Promise<UserRow[]> {
  if (references.length < 1 || references.length > maxListSize) {
    refuse([
      {
        code: 'INVALID',
        message: `${path.join('.')} must hold 1 to ${String(maxListSize)} accounts, not ${String(references.length)}.`,
        inputPath: path,
      },
      ...others,
    ]);
  }
  const { host } = await context.instance();
  const found = await findAccounts(tx, references, host, true);
  const unknown: Issue[] = references.flatMap((reference, index) =>
    found[index] ? [] : [unknownUser(reference, [...path, String(index)])],
  );
  if (unknown.length > 0) refuse([...unknown, ...others]);
  const accounts = found.filter((account) => account !== undefined);
  refuse(
    accounts.flatMap((account, index) => deletedIssues(account, deed, [...path, String(index)])),
  );
  const targets = accounts.map(({ user }) => user);
  const issues: Issue[] = targets.flatMap((user, index) => {
    const refusal = refusalFor(context, deed, user);
    return refusal === undefined
      ? []
      : [
          {
            code: 'FORBIDDEN',
            message: refusal,
            inputPath: [...path, String(index)],
          } satisfies Issue,
        ];
  });
  refuse([...issues, ...others]);
  return [...new Map(targets.map((user) => [user.id, user])).values()];
}

/** The same for one account. */
export async function lockTarget(
  context: OperationContext,
  tx: Transaction,
  reference: UserReference,
  deed: Deed,
  path: InputPath,
): Promise<UserRow> {
  const { host } = await context.instance();
  const [account] = await findAccounts(tx, [reference], host, true);
  if (!account) throw notFound(reference, path);
  refuse(deletedIssues(account, deed, path));
  const { user } = account;
  demandPermission(context, deed, user, path);
  return user;
}

/**
 * The same as {@link lockTargets}, of local accounts: a remote one counts as unknown, as with the
 * instance's own tasks (docs/instance/accounts.md#shell-tasks).
 */
export async function lockLocalTargets(
  context: OperationContext,
  tx: Transaction,
  references: readonly UserReference[],
  deed: Deed,
  path: InputPath,
): Promise<UserRow[]> {
  const users = await lockTargets(context, tx, references, deed, path);
  refuse(users.filter((user) => !user.local).map((user) => notLocal(user, path)));
  return users;
}

/** The same as {@link lockTarget}, of a local account. */
export async function lockLocalTarget(
  context: OperationContext,
  tx: Transaction,
  reference: UserReference,
  deed: Deed,
  path: InputPath,
): Promise<UserRow> {
  const user = await lockTarget(context, tx, reference, deed, path);
  if (!user.local) refuse([notLocal(user, path)]);
  return user;
}

/**
 * What stands in the way of a deed to a deleted account: what is left of it holds the name, and
 * must not become somebody's account, or an admin, again.
 */
export function deletedIssues(
  { user, isDeleted }: FoundAccount,
  deed: Deed,
  path: InputPath,
): Issue[] {
  if (!isDeleted || fitsDeleted(deed)) return [];
  const message = `The account ${mentionedAs(user)} was deleted.`;
  return [{ code: 'CONFLICT', message, inputPath: path }];
}

function notLocal(user: UserRow, path: InputPath): Issue {
  return {
    code: 'NOT_FOUND',
    message: `There is no local user "${namedAs(user)}".`,
    inputPath: path,
  };
}

/**
 * Why the caller may not do `deed` to this account; undefined when it may. What rank let it is
 * told to whoever keeps the answer.
 */
export function refusalFor(
  context: OperationContext,
  deed: Deed,
  target: Target,
): string | undefined {
  const refusal = context.actor && refusalOf(context.actor, deed, target);
  if (refusal === undefined && target.isAdmin) {
    context.onDemand?.({ rank: 'admin', refusal: rankRefusal(target) });
  }
  return refusal;
}

/** Throws FORBIDDEN when the caller may not do `deed` to this account. */
export function demandPermission(
  context: OperationContext,
  deed: Deed,
  user: UserRow,
  path: InputPath,
): void {
  const refusal = refusalFor(context, deed, user);
  if (refusal !== undefined) throw failure('FORBIDDEN', refusal, path);
}

/** NOT_FOUND for one reference. */
export function notFound(reference: UserReference, path: InputPath): Error {
  const { code, message, inputPath } = unknownUser(reference, path);
  return failure(code, message, inputPath);
}

function unknownUser(reference: UserReference, path: InputPath): Issue {
  const { key, text } = nameOf(reference);
  return {
    code: 'NOT_FOUND',
    message: `There is no user "${text.slice(0, 100)}".`,
    inputPath: [...path, key],
  };
}
