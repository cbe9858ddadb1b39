import type { OperationContext } from '../../context.js';
import {
  countUsers,
  listUsers,
  literalPattern,
  type Stretch,
  type UserCriteria,
} from '../../database/user-list.js';
import type { UserRow } from '../../database/users.js';
import { failure } from '../../errors.js';
import { isLongerThan, unitsPerCharacter } from '../../lib/text-length.js';
import { canonicalEmail, hostForms, isAscii, parseHandle, parseHost } from '../../lib/hosts.js';
import { operation } from '../operation.js';

const access = {
  role: 'staff',
  scope: 'admin:read:accounts',
  pleroma: { privilege: 'users_read' },
} as const;
const maxTextLength = 1_000;
const filterTexts = { text: maxTextLength * unitsPerCharacter };

/** What to list. `nickname` and `name` stand for themselves unless `wildcards` lets `%` and `_` match as the v1 API does. */
export interface UserListInput {
  readonly criteria: UserCriteria;
  readonly wildcards?: boolean;
}

interface PageInput extends UserListInput {
  readonly stretch: Stretch;
}

/** One page of accounts, newest first (docs/instance/accounts.md#listing-accounts). */
export const usersList = operation({
  name: 'usersList',
  access,
  limits: filterTexts,
  run: async (context, input: PageInput): Promise<UserRow[]> =>
    listUsers(context.database, await criteriaOf(context, input), input.stretch),
});

/** How many accounts match, whatever the page. */
export const usersCount = operation({
  name: 'usersCount',
  access,
  limits: filterTexts,
  run: async (context, input: UserListInput): Promise<number> =>
    countUsers(context.database, await criteriaOf(context, input)),
});

/**
 * Local accounts are stored without a host, so the instance's own is cut off a search before it is
 * compared (docs/documented-api.md#where-the-documents-and-the-programs-differ).
 * A host or a handle is looked for in the spelling rows have, too.
 */
async function criteriaOf(
  context: OperationContext,
  { criteria, wildcards = false }: UserListInput,
): Promise<UserCriteria> {
  const { search, name } = criteria;
  for (const field of ['search', 'name', 'email', 'tags', 'actorTypes'] as const) {
    const given = criteria[field] ?? [];
    [given].flat().forEach((text, index) => {
      if (isLongerThan(text, maxTextLength))
        throw failure(
          'INVALID',
          `${field} must have at most ${String(maxTextLength)} characters.`,
          [field, ...(typeof given === 'string' ? [] : [String(index)])],
        );
    });
  }
  const ownHost = search === undefined ? '' : (await context.instance()).host;
  const found = {
    ...criteria,
    searchForms: formsOf(search, ownHost).map(literalPattern),
    email: criteria.email && canonicalEmail(criteria.email),
  };
  if (wildcards) return found;
  return {
    ...found,
    search: search === undefined ? undefined : literalPattern(withoutHost(search, `@${ownHost}`)),
    name: name === undefined ? undefined : literalPattern(name),
  };
}

/** What begins as an address does, ends with the dot of a whole host name, or has a host in punycode. */
const otherSpelling = /^\s*(?:acct:|https?:\/\/|@)|\.[^.@\s]+\.\s*$|xn--/i;

/** Part of a name is no host: only what is written as a host or a handle, in other than the stored spelling, means one. */
function formsOf(search: string | undefined, ownHost: string): string[] {
  if (search === undefined || (isAscii(search) && !otherSpelling.test(search))) return [];
  const { name = '', host } = parseHandle(search) ?? {};
  if (host !== undefined)
    return host === ownHost ? [name] : hostForms(host).map((form) => `${name}@${form}`);
  const whole = parseHost(search);
  return whole === undefined ? [] : [...hostForms(whole)];
}

function withoutHost(search: string, ownHost: string): string {
  const isOwn = search.toLowerCase().endsWith(ownHost.toLowerCase());
  return (isOwn ? search.slice(0, -ownHost.length) : search).replace(/^@/, '');
}
