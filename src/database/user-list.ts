import type { Database } from './database.js';
import type { Prisma } from './generated/prisma/client.js';
import type { UserRow } from './users.js';

/** What a user must be to be listed; all given criteria must hold (facts/users.md §5.1). */
export interface UserCriteria {
  /** Part of the nickname; for remote accounts that includes `@host`. */
  readonly nickname?: string | undefined;
  /** Part of the display name. */
  readonly name?: string | undefined;
  /** The whole address, whatever its case. */
  readonly email?: string | undefined;
  /** At least one of these. */
  readonly tags?: readonly string[] | undefined;
  readonly actorTypes?: readonly string[] | undefined;
  readonly filters?: readonly UserFilter[] | undefined;
}

export const userFilters = ['local', 'external', 'active', 'deactivated', 'need_approval', 'unconfirmed', 'is_admin', 'is_moderator'] as const;
export type UserFilter = (typeof userFilters)[number];

const filterConditions: Readonly<Record<UserFilter, Prisma.UserWhereInput>> = {
  local: { local: true },
  external: { local: false },
  active: { isActive: true, isApproved: true, isConfirmed: true },
  deactivated: { isActive: false },
  need_approval: { isApproved: false },
  unconfirmed: { isConfirmed: false },
  is_admin: { isAdmin: true },
  is_moderator: { isModerator: true },
};

/** The listed accounts: visible ones with a nickname, but for the instance's internal actors. */
const listed: Prisma.UserWhereInput[] = [{ invisible: false }, { nickname: { not: null } }, { NOT: { nickname: { startsWith: 'internal.' } } }];

/** Text in a LIKE pattern that stands for itself. */
export function literalPattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/**
 * The condition for a list. `nickname` and `name` are LIKE patterns without the surrounding `%`; pass them through
 * {@link literalPattern} unless the caller's wildcards shall live.
 */
export function userCondition(criteria: UserCriteria): Prisma.UserWhereInput {
  const { nickname, name, email, tags, actorTypes, filters = [] } = criteria;
  return {
    AND: [
      ...listed,
      ...filters.map((filter) => filterConditions[filter]),
      ...(nickname === undefined ? [] : [{ nickname: { contains: nickname, mode: 'insensitive' as const } }]),
      ...(name === undefined ? [] : [{ name: { contains: name, mode: 'insensitive' as const } }]),
      ...(email === undefined ? [] : [{ email }]),
      ...(tags === undefined ? [] : [{ tags: { hasSome: [...tags] } }]),
      ...(actorTypes === undefined ? [] : [{ actorType: { in: [...actorTypes] } }]),
    ],
  };
}

/** A stretch of a list: by position (REST) or between two ids (connections). Newest first; `reversed` reads from the other end. */
export interface Stretch {
  readonly limit: number;
  readonly offset?: number | undefined;
  /** Only accounts older than this uuid. */
  readonly olderThan?: string | undefined;
  /** Only accounts newer than this uuid. */
  readonly newerThan?: string | undefined;
  readonly reversed?: boolean | undefined;
}

/** One page of accounts, with the columns of `select`, in one statement. */
export async function listUsers(database: Database, criteria: UserCriteria, stretch: Stretch, select: Prisma.UserSelect): Promise<UserRow[]> {
  const { limit, offset = 0, olderThan, newerThan, reversed = false } = stretch;
  const id = { ...(olderThan === undefined ? {} : { lt: olderThan }), ...(newerThan === undefined ? {} : { gt: newerThan }) };
  return database.prisma.user.findMany({ where: { AND: [userCondition(criteria), { id }] }, orderBy: { id: reversed ? 'asc' : 'desc' }, take: limit, skip: offset, select });
}

/** How many accounts match, whatever the page. */
export function countUsers(database: Database, criteria: UserCriteria): Promise<number> {
  return database.prisma.user.count({ where: userCondition(criteria) });
}
