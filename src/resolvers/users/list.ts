import type { OperationContext } from '../../context.js';
import { countUsers, listUsers, literalPattern, type Stretch, type UserCriteria } from '../../database/user-list.js';
import { userSelect, type UserRow } from '../../database/users.js';
import { failure } from '../../errors.js';
import { operation } from '../operation.js';

const access = { role: 'staff', scope: 'admin:read:accounts' } as const;
const longestText = 1_000;

/** What to list. `nickname` and `name` stand for themselves unless `wildcards` lets `%` and `_` match as the v1 API does. */
export interface UserListInput {
  readonly criteria: UserCriteria;
  readonly wildcards?: boolean;
}

/** One page of accounts, newest first (facts/users.md §5.1). */
export const usersList = operation({
  name: 'usersList',
  access,
  run: async (context, input: UserListInput & { readonly stretch: Stretch }): Promise<UserRow[]> =>
    listUsers(context.database, await criteriaOf(context, input), input.stretch, userSelect),
});

/** How many accounts match, whatever the page. */
export const usersCount = operation({
  name: 'usersCount',
  access,
  run: async (context, input: UserListInput): Promise<number> => countUsers(context.database, await criteriaOf(context, input)),
});

/** Local accounts are stored without a host, so the instance's own host is cut off a search before it is compared (§8 row 23). */
async function criteriaOf(context: OperationContext, { criteria, wildcards = false }: UserListInput): Promise<UserCriteria> {
  const { nickname, name } = criteria;
  for (const [field, text] of Object.entries({ nickname, name, email: criteria.email })) {
    if (text !== undefined && text.length > longestText) throw failure('INVALID', `${field} must have at most ${String(longestText)} characters.`, [field]);
  }
  if (wildcards) return criteria;
  const { host } = await context.instance();
  const ownHost = `@${host.toLowerCase()}`;
  const bare = nickname?.toLowerCase().endsWith(ownHost) ? nickname.slice(0, -ownHost.length) : nickname;
  return { ...criteria, nickname: bare === undefined ? undefined : literalPattern(bare.replace(/^@/, '')), name: name === undefined ? undefined : literalPattern(name) };
}
