import { flakeFromUuid } from '../database/flake.js';
import type { UserRow } from '../database/users.js';
import type { OperationContext } from '../context.js';
import { OperationError } from '../errors.js';
import { userShow } from '../resolvers/users/show.js';
import { printableLine } from './printable.js';
import { Refusal } from './refusal.js';

/** The account a task is about; the refusal when there is none is the documented task's. */
export async function findUser(
  context: OperationContext,
  nickname: string,
  refusal = `No user ${nickname}`,
): Promise<UserRow> {
  try {
    return await userShow(context, { user: { nickname } });
  } catch (error) {
    if (error instanceof OperationError && error.code === 'NOT_FOUND')
      throw new Refusal(refusal, 'NOT_FOUND');
    throw error;
  }
}

/** The same for tasks that refuse accounts of other instances. */
export async function findLocalUser(context: OperationContext, nickname: string): Promise<UserRow> {
  const refusal = `No local user ${nickname}`;
  const user = await findUser(context, nickname, refusal);
  if (!user.local) throw new Refusal(refusal, 'NOT_FOUND');
  return user;
}

/** Names the account once it is found, whatever it is called meanwhile. */
export function referenceTo({ id }: Pick<UserRow, 'id'>): { readonly databaseId: string } {
  return { databaseId: flakeFromUuid(id) };
}

/** Who an account is, in one line, for a question. */
export function accountLine({
  nickname,
  name,
  email,
  noteCount,
  followerCount,
  lastActiveAt,
  isActive,
  isAdmin,
  isModerator,
}: UserRow): string {
  const role = isAdmin ? 'admin' : isModerator ? 'moderator' : undefined;
  const seen =
    lastActiveAt === null ? 'never seen' : `last seen ${lastActiveAt.toISOString().slice(0, 10)}`;
  const parts = [
    `@${nickname ?? ''}`,
    name,
    email,
    role,
    ...(isActive ? [] : ['deactivated']),
    countOf(noteCount, 'status', 'statuses'),
    countOf(followerCount, 'follower', 'followers'),
    seen,
  ];
  return printableLine(parts.filter((part) => part != null && part !== '').join(', '));
}

/** `1 status`, `1,200 statuses`. */
export function countOf(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** What `--json` shows of an account. */
export function shown(user: UserRow): Record<string, unknown> {
  const {
    nickname,
    isActive,
    isAdmin,
    isModerator,
    isLocked,
    isConfirmed,
    isApproved,
    local,
    tags,
  } = user;
  return {
    id: flakeFromUuid(user.id),
    nickname,
    isLocal: local,
    isActive,
    isAdmin,
    isModerator,
    isLocked,
    isConfirmed,
    isApproved,
    tags,
  };
}
