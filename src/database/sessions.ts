import type { Transaction } from './database.js';

/** What was taken away of what accounts are signed in with. */
export interface Sessions {
  /** `oauth_tokens.id` of the tokens. */
  readonly tokenIds: readonly number[];
  /** How many authorization codes. */
  readonly authorizations: number;
}

/**
 * Takes tokens and authorization codes away; second factors under way and push subscriptions go with them by
 * the tables' own rules.
 */
export async function removeSessions(
  tx: Transaction,
  userIds: readonly string[],
): Promise<Sessions> {
  const authorizations = await tx.oAuthAuthorization.deleteMany({
    where: { userId: { in: [...userIds] } },
  });
  const tokens = await tx.$queryRaw<{ id: bigint }[]>`
    delete from oauth_tokens where user_id = any(${[...userIds]}::uuid[]) returning id`;
  return { tokenIds: tokens.map(({ id }) => Number(id)), authorizations: authorizations.count };
}

/**
 * The same for what has an admin scope only: a code kept from before would otherwise still give such a token
 * while the instance's cache has the old role.
 */
export async function removeAdminSessions(
  tx: Transaction,
  userIds: readonly string[],
): Promise<Sessions> {
  const authorizations = await tx.$executeRaw`
    delete from oauth_authorizations where user_id = any(${[...userIds]}::uuid[])
      and exists (select from unnest(scopes) s where s = 'admin' or s like 'admin:%')`;
  const tokens = await tx.$queryRaw<{ id: bigint }[]>`
    delete from oauth_tokens where user_id = any(${[...userIds]}::uuid[])
      and exists (select from unnest(scopes) s where s = 'admin' or s like 'admin:%')
    returning id`;
  return { tokenIds: tokens.map(({ id }) => Number(id)), authorizations };
}
