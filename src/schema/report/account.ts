import type { AccountRow } from '../../database/accounts.js';
import type { GraphQLContext } from '../builder.js';
import { userByApId } from '../user/loaded.js';
import { pageOf } from './page.js';

/** The account with this ActivityPub id: from the page that `row` was read with, without a promise, or else looked up. */
export function accountOf(
  row: object,
  apId: string | undefined,
  context: GraphQLContext,
): AccountRow | null | Promise<AccountRow | null> {
  const page = pageOf(row);
  return page && apId !== undefined ? (page.account(apId) ?? null) : userByApId(apId, context);
}
