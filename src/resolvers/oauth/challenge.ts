import { LoginError } from '../../auth/login-error.js';
import { recoveryHashOf, secondFactorOf, timeStepOf } from '../../auth/second-factor.js';
import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { findAuthorization, findMfaToken } from '../../database/oauth-grants.js';
import {
  findForSignIn,
  spendRecoveryCode,
  spendTimeStep,
  type SignInRow,
} from '../../database/sign-in.js';
import { demandActive } from './account-status.js';
import { demandClient, type ClientCredentials } from './client.js';
import { exchange, type IssuedToken } from './issue.js';

export interface Challenge {
  readonly client: ClientCredentials;
  readonly mfaToken: string;
  readonly type: string;
  readonly code: string;
}

const wrong = new LoginError({ kind: 'code' });

/**
 * The token a password was not enough for, for the code of the second factor: `totp` or `recovery`; either is used up
 * (docs/instance/oauth.md#second-factor).
 * @throws LoginError always of the kind code, whatever is wrong.
 */
export async function answerChallenge(
  context: OperationContext,
  { client, mfaToken, type, code }: Challenge,
): Promise<IssuedToken> {
  try {
    const app = await demandClient(context, client);
    const { prisma } = context.database;
    const waiting = await findMfaToken(prisma, mfaToken, context.now());
    const account = waiting?.userId ? await findForSignIn(prisma, waiting.userId) : undefined;
    const authorization = waiting?.authorizationId
      ? await findAuthorization(prisma, { id: waiting.authorizationId })
      : null;
    if (!account || authorization?.appId !== app.id || authorization.userId !== account.id)
      throw wrong;
    demandActive(account);
    const spend = await checkCode(context, account, type, code);
    return await context.database.transaction(async (tx) => {
      if (!(await spend(tx))) throw wrong;
      return exchange(context, tx, authorization, account.apId);
    });
  } catch (error) {
    throw error instanceof LoginError ? wrong : error;
  }
}

/** Checks the code, which is slow for recovery codes, and says how to use it up within the transaction that makes the token. */
async function checkCode(
  context: OperationContext,
  account: SignInRow,
  type: string,
  code: string,
): Promise<(tx: Transaction) => Promise<boolean>> {
  const factor = secondFactorOf(account.secondFactor);
  const step =
    factor.enabled && type === 'totp' ? timeStepOf(factor, code, context.now()) : undefined;
  if (step !== undefined) return (tx) => spendTimeStep(tx, account.id, step);
  const hash =
    factor.enabled && type === 'recovery' ? await recoveryHashOf(factor, code) : undefined;
  if (hash === undefined) throw wrong;
  return (tx) => spendRecoveryCode(tx, account.id, hash, context.now());
}
