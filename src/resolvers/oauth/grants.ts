import { LoginError } from '../../auth/login-error.js';
import { verifyPasswordOf } from '../../auth/password.js';
import { unpaddedSecret } from '../../auth/secret.js';
import { secondFactorOf } from '../../auth/second-factor.js';
import { grantedScopes } from '../../auth/token-scopes.js';
import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import {
  findAuthorization,
  insertAuthorization,
  insertMfaToken,
  takeTokenByRefresh,
  type AuthorizationRow,
} from '../../database/oauth-grants.js';
import { findByLoginName, findForSignIn, type SignInRow } from '../../database/sign-in.js';
import { candidatesOf } from '../../database/users.js';
import { unitsPerCharacter } from '../../lib/text-length.js';
import { leaveJobs } from '../notice.js';
import { maxPassword } from '../users/new-user.js';
import { demandActive } from './account-status.js';
import { demandClient, type ClientCredentials } from './client.js';
import { exchange, issueToken, validityOf, type IssuedToken } from './issue.js';

/** Seconds a code of the second factor is awaited. */
const mfaPatience = 300;
/** UTF-16 code units: what the longest password an account may be given can have. */
const maxPasswordLength = maxPassword * unitsPerCharacter;

export interface PasswordGrant {
  readonly client: ClientCredentials;
  /** Nickname or e-mail. */
  readonly username: string;
  readonly password: string;
  /** Absent = all of the app's. */
  readonly scopes: readonly string[] | undefined;
}

/**
 * A token for name and password (docs/instance/oauth.md#tokens). Hashes are never rewritten here:
 * the instance does that at its own log-in, ending all
 * sessions with it.
 * @throws LoginError
 */
export async function grantByPassword(
  context: OperationContext,
  { client, username, password, scopes }: PasswordGrant,
): Promise<IssuedToken> {
  const { host } = await context.instance();
  const { nicknames } = candidatesOf({ nickname: username }, host);
  const account = await findByLoginName(context.database.prisma, nicknames, username);
  const isRight = await verifyPasswordOf(
    account,
    password.slice(0, maxPasswordLength + 1),
    context.database.family,
  );
  if (!account || !isRight) throw new LoginError({ kind: 'credentials' });
  const app = await demandClient(context, client);
  demandActive(account);
  const granted = grantedScopes(scopes, app.scopes, account.isAdmin || account.isModerator);
  if (!granted) throw new LoginError({ kind: 'credentials' });
  const answer = await context.database.transaction(async (tx) => {
    const authorization = await insertAuthorization(
      tx,
      { appId: app.id, userId: account.id, scopes: granted, validUntil: await validityOf(context) },
      unpaddedSecret(),
      context.now(),
    );
    return secondFactorOf(account.secondFactor).enabled
      ? awaitCode(context, tx, account, authorization)
      : exchange(context, tx, authorization, account.apId);
  });
  if (typeof answer === 'string') throw new LoginError({ kind: 'second-factor', mfaToken: answer });
  return answer;
}

/** Keeps the authorization until the code comes; the instance clears both away. */
async function awaitCode(
  context: OperationContext,
  tx: Transaction,
  { id: userId }: SignInRow,
  { id: authorizationId }: AuthorizationRow,
): Promise<string> {
  const token = unpaddedSecret();
  const validUntil = new Date(context.now().getTime() + mfaPatience * 1_000);
  const tokenId = await insertMfaToken(
    tx,
    { userId, authorizationId, token, validUntil },
    context.now(),
  );
  await leaveJobs(context, tx, [
    { purpose: 'purge-token', kind: 'mfa', tokenId, delay: mfaPatience },
  ]);
  return token;
}

export interface CodeGrant {
  readonly client: ClientCredentials;
  readonly code: string;
  /** Where the code was sent to; may be left out by an app that has one address only. */
  readonly redirectUri: string | undefined;
}

/**
 * A token for a code the instance gave out; each code once, whatever the family
 * (docs/instance/oauth.md#tokens). The instance does not store where it sent a code, only
 * where it may send those of an app: it must be one of these.
 * @throws LoginError
 */
export async function grantByCode(
  context: OperationContext,
  { client, code, redirectUri }: CodeGrant,
): Promise<IssuedToken> {
  const app = await demandClient(context, client);
  if (!isRedirectOf(app.redirectUris, redirectUri)) throw new LoginError({ kind: 'credentials' });
  return context.database.transaction(async (tx) => {
    const authorization = await findAuthorization(tx, {
      code: code.replace(/(?<!=|%3D)(=|%3D)+$/i, ''),
      appId: app.id,
    });
    if (!authorization) throw new LoginError({ kind: 'credentials' });
    const { apId, scopes } = await ownerOf(tx, authorization);
    return exchange(context, tx, { ...authorization, scopes: [...scopes] }, apId);
  });
}

/** Whether a code of this app may have gone there. Compared letter by letter, as the instance does. */
function isRedirectOf(registered: string, given: string | undefined): boolean {
  const addresses = registered.split(/\s+/).filter((address) => address !== '');
  return given === undefined ? addresses.length === 1 : addresses.includes(given);
}

/** A token for the app itself, of no account, with all its scopes. @throws LoginError */
export async function grantToApp(
  context: OperationContext,
  { client }: { readonly client: ClientCredentials },
): Promise<IssuedToken> {
  const app = await demandClient(context, client);
  return context.database.transaction(async (tx) => {
    const authorization = await insertAuthorization(
      tx,
      { appId: app.id, userId: null, scopes: app.scopes, validUntil: await validityOf(context) },
      unpaddedSecret(),
      context.now(),
    );
    return exchange(context, tx, authorization, undefined);
  });
}

/** A new token for an old one, which ends; it keeps the refresh token unless the instance is set otherwise. @throws LoginError */
export async function grantByRefresh(
  context: OperationContext,
  { client, refreshToken }: { readonly client: ClientCredentials; readonly refreshToken: string },
): Promise<IssuedToken> {
  const app = await demandClient(context, client);
  const { keepsRefreshToken } = await context.instance();
  return context.database.transaction(async (tx) => {
    const old = await takeTokenByRefresh(tx, app.id, refreshToken);
    if (!old) throw new LoginError({ kind: 'credentials' });
    const { appId, userId } = old;
    const { apId, scopes } = await ownerOf(tx, old);
    return issueToken(
      context,
      tx,
      { appId, userId, scopes },
      apId,
      keepsRefreshToken ? refreshToken : undefined,
    );
  });
}

interface Owner {
  readonly apId: string | undefined;
  readonly scopes: readonly string[];
}

/** Whose it will be, with the scopes they may have now; only active accounts get tokens. */
async function ownerOf(
  tx: Transaction,
  { userId, scopes }: { readonly userId: string | null; readonly scopes: readonly string[] },
): Promise<Owner> {
  if (userId === null) return { apId: undefined, scopes };
  const account = await findForSignIn(tx, userId);
  if (!account) throw new LoginError({ kind: 'credentials' });
  demandActive(account);
  const granted = grantedScopes(scopes, scopes, account.isAdmin || account.isModerator);
  if (!granted) throw new LoginError({ kind: 'credentials' });
  return { apId: account.apId, scopes: granted };
}
