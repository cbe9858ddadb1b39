import type { Transaction } from './database.js';
import type { Prisma } from './generated/prisma/client.js';
import { wholeSeconds } from './time.js';

/** What a token or the code for one is about. `userId` null = the app itself. */
export interface Grant {
  readonly appId: bigint;
  readonly userId: string | null;
  readonly scopes: readonly string[];
  readonly validUntil: Date;
}

const authorizationSelect = {
  id: true,
  appId: true,
  userId: true,
  scopes: true,
  validUntil: true,
  used: true,
} satisfies Prisma.OAuthAuthorizationSelect;
export type AuthorizationRow = Prisma.OAuthAuthorizationGetPayload<{
  select: typeof authorizationSelect;
}>;

/** Stores the permission a token is made from; its `code` can be exchanged once. */
export function insertAuthorization(
  tx: Transaction,
  { scopes, ...grant }: Grant,
  code: string,
  now: Date,
): Promise<AuthorizationRow> {
  const time = wholeSeconds(now);
  return tx.oAuthAuthorization.create({
    data: {
      ...grant,
      scopes: [...scopes],
      token: code,
      used: false,
      insertedAt: time,
      updatedAt: time,
    },
    select: authorizationSelect,
  });
}

export function findAuthorization(
  tx: Transaction,
  by: { readonly code: string; readonly appId: bigint } | { readonly id: bigint },
): Promise<AuthorizationRow | null> {
  return tx.oAuthAuthorization.findFirst({
    where: 'id' in by ? { id: by.id } : { token: by.code, appId: by.appId },
    select: authorizationSelect,
  });
}

/** Uses the permission up; of many at once exactly one gets true. */
export async function spendAuthorization(tx: Transaction, id: bigint, now: Date): Promise<boolean> {
  const { count } = await tx.oAuthAuthorization.updateMany({
    where: { id, used: false, validUntil: { gt: now } },
    data: { used: true, updatedAt: wholeSeconds(now) },
  });
  return count === 1;
}

const tokenSelect = {
  id: true,
  appId: true,
  userId: true,
  token: true,
  refreshToken: true,
  scopes: true,
  validUntil: true,
  insertedAt: true,
} satisfies Prisma.OAuthTokenSelect;
export type TokenRow = Prisma.OAuthTokenGetPayload<{ select: typeof tokenSelect }>;

export function insertToken(
  tx: Transaction,
  { scopes, ...grant }: Grant,
  secrets: { readonly token: string; readonly refreshToken: string },
  now: Date,
): Promise<TokenRow> {
  const time = wholeSeconds(now);
  return tx.oAuthToken.create({
    data: { ...grant, ...secrets, scopes: [...scopes], insertedAt: time, updatedAt: time },
    select: tokenSelect,
  });
}

/** Takes the token with this refresh token away, if it is this app's; of many at once exactly one gets it. */
export async function takeTokenByRefresh(
  tx: Transaction,
  appId: bigint,
  refreshToken: string,
): Promise<TokenRow | undefined> {
  const token = await tx.oAuthToken.findFirst({
    where: { appId, refreshToken },
    select: tokenSelect,
  });
  if (!token) return undefined;
  const { count } = await tx.oAuthToken.deleteMany({ where: { id: token.id } });
  return count === 1 ? token : undefined;
}

/** Ends one token; how many there were. */
export async function deleteToken(
  tx: Transaction,
  by: { readonly token: string } | { readonly id: bigint },
): Promise<number> {
  return (await tx.oAuthToken.deleteMany({ where: by })).count;
}

const mfaTokenSelect = {
  id: true,
  userId: true,
  authorizationId: true,
} satisfies Prisma.MfaTokenSelect;

/** Stores that a code is awaited before an authorization may be used. */
export async function insertMfaToken(
  tx: Transaction,
  waiting: {
    readonly userId: string;
    readonly authorizationId: bigint;
    readonly token: string;
    readonly validUntil: Date;
  },
  now: Date,
): Promise<bigint> {
  const time = wholeSeconds(now);
  return (
    await tx.mfaToken.create({
      data: { ...waiting, insertedAt: time, updatedAt: time },
      select: { id: true },
    })
  ).id;
}

export function findMfaToken(
  tx: Transaction,
  token: string,
  now: Date,
): Promise<{ id: bigint; userId: string | null; authorizationId: bigint | null } | null> {
  return tx.mfaToken.findFirst({
    where: { token, validUntil: { gt: now } },
    select: mfaTokenSelect,
  });
}
