import type { AccountRow } from '../../database/accounts.js';
import type { GraphQLContext } from '../builder.js';

/** The account with this ActivityPub id, for a field of type User; those of one level are one statement. */
export async function userByApId(
  apId: string | undefined,
  context: GraphQLContext,
): Promise<AccountRow | null> {
  return apId === undefined
    ? null
    : ((await context.operation.loaders.accountByApId.load(apId)) ?? null);
}

/** The same by the uuid of its row. */
export async function userById(
  id: string | null | undefined,
  context: GraphQLContext,
): Promise<AccountRow | null> {
  return id == null ? null : ((await context.operation.loaders.accountById.load(id)) ?? null);
}

/** Those of these accounts that are known here, for a field that is a list of User. */
export async function usersByApId(
  apIds: readonly string[],
  context: GraphQLContext,
): Promise<AccountRow[]> {
  const found = await Promise.all(
    apIds.map((apId) => context.operation.loaders.accountByApId.load(apId)),
  );
  return found.filter((account) => account !== undefined);
}
