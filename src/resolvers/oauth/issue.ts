import { unpaddedSecret } from '../../auth/secret.js';
import { LoginError } from '../../auth/login-error.js';
import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import {
  insertToken,
  spendAuthorization,
  type AuthorizationRow,
  type Grant,
  type TokenRow,
} from '../../database/oauth-grants.js';
import { withinCalendar } from '../../database/time.js';
import { leaveJobs } from '../notice.js';

/** A token as its owner is told of it. */
export interface IssuedToken {
  readonly row: TokenRow;
  /** Seconds. */
  readonly expiresIn: number;
  /** ActivityPub id of whose it is; undefined = the app's. */
  readonly apId: string | undefined;
}

/**
 * Until when what is given out now works: the instance's `token_expires_in`
 * (docs/instance/config.md#settings-steward-reads).
 */
export async function validityOf(context: OperationContext): Promise<Date> {
  const { tokenValidity } = await context.instance();
  return withinCalendar(context.now().getTime() + tokenValidity * 1_000);
}

/** Makes a token; the instance removes it in time if it is so set. */
export async function issueToken(
  context: OperationContext,
  tx: Transaction,
  grant: Omit<Grant, 'validUntil'>,
  apId: string | undefined,
  refreshToken = unpaddedSecret(),
): Promise<IssuedToken> {
  const { tokenValidity, cleansExpiredTokens } = await context.instance();
  const row = await insertToken(
    tx,
    { ...grant, validUntil: await validityOf(context) },
    { token: unpaddedSecret(), refreshToken },
    context.now(),
  );
  if (cleansExpiredTokens)
    await leaveJobs(context, tx, [
      { purpose: 'purge-token', kind: 'oauth', tokenId: row.id, delay: tokenValidity },
    ]);
  return { row, expiresIn: tokenValidity, apId };
}

/** Turns an authorization into a token, once. @throws LoginError credentials, when it was used or its time is over. */
export async function exchange(
  context: OperationContext,
  tx: Transaction,
  { id, appId, userId, scopes }: AuthorizationRow,
  apId: string | undefined,
): Promise<IssuedToken> {
  if (!(await spendAuthorization(tx, id, context.now())))
    throw new LoginError({ kind: 'credentials' });
  return issueToken(context, tx, { appId, userId, scopes }, apId);
}
