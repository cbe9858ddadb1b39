import type { Database } from './database.js';
import { decodeRows } from './hot/decode.js';
import { userSelection, type UserRow } from './users.js';

/**
 * What a user must be to be listed; all given criteria must hold
 * (docs/instance/accounts.md#listing-accounts).
 */
export interface UserCriteria {
  /** Part of the nickname; for remote accounts that includes `@host`. */
  readonly search?: string | undefined;
  /** Other spellings of `search`, any of which will do. */
  readonly searchForms?: readonly string[] | undefined;
  /** Part of the display name. */
  readonly name?: string | undefined;
  /** The whole address, whatever its case. */
  readonly email?: string | undefined;
  /** At least one of these. */
  readonly tags?: readonly string[] | undefined;
  readonly actorTypes?: readonly string[] | undefined;
  readonly filters?: readonly UserFilter[] | undefined;
}

export const userFilters = [
  'local',
  'external',
  'active',
  'deactivated',
  'need_approval',
  'unconfirmed',
  'is_admin',
  'is_moderator',
] as const;
export type UserFilter = (typeof userFilters)[number];

const filterConditions: Readonly<Record<UserFilter, string>> = {
  local: 'u.local',
  external: 'not u.local',
  active: 'u.is_active and u.is_approved and u.is_confirmed',
  deactivated: 'not u.is_active',
  need_approval: 'not u.is_approved',
  unconfirmed: 'not u.is_confirmed',
  is_admin: 'u.is_admin',
  is_moderator: 'u.is_moderator',
};

/** The listed accounts: visible ones with a nickname, but for the instance's internal actors. */
const listed = `not u.invisible and u.nickname is not null and u.nickname::text not like 'internal.%'`;

/** Text in a LIKE pattern that stands for itself. */
export function literalPattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

interface Condition {
  readonly sql: string;
  readonly values: unknown[];
}

/**
 * The condition for a list. `search` and `name` are LIKE patterns without the surrounding `%`; pass them through
 * {@link literalPattern} unless the caller's wildcards shall live.
 */
function userCondition(
  { search, searchForms = [], name, email, tags, actorTypes, filters = [] }: UserCriteria,
  { olderThan, newerThan }: Partial<Stretch> = {},
): Condition {
  const values: unknown[] = [];
  const given = (value: unknown, sql: (parameter: string) => string): string[] =>
    value === undefined ? [] : [sql(`$${String(values.push(value))}`)];
  const parts = [
    listed,
    ...userFilters
      .filter((filter) => filters.includes(filter))
      .map((filter) => filterConditions[filter]), // one form, however they are listed and how often
    ...anyOf(
      [search, ...searchForms].flatMap((form) =>
        given(
          form === undefined ? undefined : `%${form}%`,
          (pattern) => `u.nickname::text ilike ${pattern}`,
        ),
      ),
    ),
    ...given(name === undefined ? undefined : `%${name}%`, (pattern) => `u.name ilike ${pattern}`),
    ...given(email, (address) => `u.email = ${address}::citext`),
    ...given(tags, (list) => `u.tags && ${list}::varchar[]`),
    ...given(actorTypes, (list) => `u.actor_type = any(${list}::varchar[])`),
    ...given(olderThan, (id) => `u.id < ${id}::uuid`),
    ...given(newerThan, (id) => `u.id > ${id}::uuid`),
  ];
  return { sql: parts.join(' and '), values };
}

/** One of these conditions; of none, none. */
function anyOf(conditions: readonly string[]): string[] {
  return conditions.length < 2 ? [...conditions] : [`(${conditions.join(' or ')})`];
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

/** One page of accounts in one statement. */
export async function listUsers(
  database: Database,
  criteria: UserCriteria,
  stretch: Stretch,
): Promise<UserRow[]> {
  const { limit, offset = 0, reversed = false } = stretch;
  const where = userCondition(criteria, stretch);
  // The limit stands in the text: PostgreSQL plans a page of 50 otherwise than one of any size.
  const text = `select ${userSelection.sql} from users u where ${where.sql} order by u.id ${reversed ? 'asc' : 'desc'} limit ${String(Math.trunc(limit))}${offset === 0 ? '' : ` offset $${String(where.values.push(offset))}::bigint`}`;
  return decodeRows<UserRow>(
    await database.read(text, where.values, userSelection.columns.length),
    userSelection.columns,
  );
}

/** How many accounts match, whatever the page. */
export function countUsers(database: Database, criteria: UserCriteria): Promise<number> {
  const { sql, values } = userCondition(criteria);
  return database.count(`users u where ${sql}`, values);
}
