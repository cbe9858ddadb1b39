import type { OperationContext } from '../../context.js';
import type { UserColumn } from '../../database/hot/user-columns.js';
import { countUsers, listUsers, literalPattern, type Stretch, type UserCriteria } from '../../database/user-list.js';
import { userColumns, type UserRow } from '../../database/users.js';
import { failure } from '../../errors.js';
import { operation } from '../operation.js';

const access = { role: 'staff', scope: 'admin:read:accounts' } as const;
const longestText = 1_000;

/** What to list. `nickname` and `name` stand for themselves unless `wildcards` lets `%` and `_` match as the v1 API does. */
export interface UserListInput {
  readonly criteria: UserCriteria;
  readonly wildcards?: boolean;
}

interface PageInput extends UserListInput {
  readonly stretch: Stretch;
  /** The only columns to read; the rows then hold no others. Default: all a door may show. */
  readonly columns?: readonly UserColumn[] | undefined;
  /** The empty row, when it is to be more than a plain object. */
  readonly make?: (() => object) | undefined;
}

/** One page of accounts, newest first (facts/users.md §5.1). */
export const usersList = operation({
  name: 'usersList',
  access,
  run: async (context, input: PageInput): Promise<UserRow[]> => listUsers(context.database, await criteriaOf(context, input), input.stretch, input.columns ?? userColumns, input.make),
});

/** How many accounts match, whatever the page. */
export const usersCount = operation({
  name: 'usersCount',
  access,
  run: async (context, input: UserListInput): Promise<number> => countUsers(context.database, await criteriaOf(context, input)),
});

/** Local accounts are stored without a host, so the instance's own is cut off a search before it is compared (facts/users.md §8 row 23). */
async function criteriaOf(context: OperationContext, { criteria, wildcards = false }: UserListInput): Promise<UserCriteria> {
  const { search, name } = criteria;
  for (const [field, text] of Object.entries({ search, name, email: criteria.email })) {
    if (text !== undefined && text.length > longestText) throw failure('INVALID', `${field} must have at most ${String(longestText)} characters.`, [field]);
  }
  if (wildcards) return criteria;
  return {
    ...criteria,
    search: search === undefined ? undefined : literalPattern(withoutHost(search, `@${(await context.instance()).host}`)),
    name: name === undefined ? undefined : literalPattern(name),
  };
}

function withoutHost(search: string, ownHost: string): string {
  const isOwn = search.toLowerCase().endsWith(ownHost.toLowerCase());
  return (isOwn ? search.slice(0, -ownHost.length) : search).replace(/^@/, '');
}
