import type { GraphQLResolveInfo } from 'graphql';
import type { AccountRow } from '../../database/accounts.js';
import type { GraphQLContext } from '../builder.js';
import { wholeRows } from '../whole-rows.js';

/** The account with this ActivityPub id, for a field of type User; those of one level are one statement. */
export async function userByApId(apId: string | undefined, context: GraphQLContext, info: GraphQLResolveInfo): Promise<AccountRow | null> {
  return wholeRows(apId === undefined ? null : ((await context.operation.loaders.accountByApId.load(apId)) ?? null), 'User', context, info);
}

/** The same by the uuid of its row. */
export async function userById(id: string | null | undefined, context: GraphQLContext, info: GraphQLResolveInfo): Promise<AccountRow | null> {
  return wholeRows(id == null ? null : ((await context.operation.loaders.accountById.load(id)) ?? null), 'User', context, info);
}

/** Those of these accounts that are known here, for a field that is a list of User. */
export async function usersByApId(apIds: readonly string[], context: GraphQLContext, info: GraphQLResolveInfo): Promise<AccountRow[]> {
  const found = await Promise.all(apIds.map((apId) => context.operation.loaders.accountByApId.load(apId)));
  return wholeRows(found.filter((account) => account !== undefined), 'User', context, info);
}
