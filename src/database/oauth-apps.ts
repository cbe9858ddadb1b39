import type { Transaction } from './database.js';
import type { Prisma } from './generated/prisma/client.js';
import { wholeSeconds } from './time.js';

export const appSelect = {
  id: true,
  clientName: true,
  redirectUris: true,
  scopes: true,
  website: true,
  clientId: true,
  clientSecret: true,
  trusted: true,
  insertedAt: true,
  updatedAt: true,
} satisfies Prisma.OAuthAppSelect;

/** A client program that may ask for tokens. */
export type AppRow = Prisma.OAuthAppGetPayload<{ select: typeof appSelect }>;

/** How a caller names an app. */
export type AppReference = { readonly databaseId: string } | { readonly clientId: string };

export interface NewApp {
  readonly clientName: string;
  readonly redirectUris: string;
  readonly scopes: readonly string[];
  readonly website: string | null;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly trusted?: boolean;
  /** Whose app it is; null = nobody's. */
  readonly userId: string | null;
}

/** What of an app may change; absent = stays. */
export type AppChanges = Partial<
  Pick<NewApp, 'clientName' | 'redirectUris' | 'scopes' | 'website' | 'trusted'>
>;

/** What hangs on an app. */
export interface AppUse {
  readonly tokens: number;
  readonly authorizations: number;
}

export function insertApp(
  tx: Transaction,
  { scopes, trusted = false, ...app }: NewApp,
  now: Date,
): Promise<AppRow> {
  const time = wholeSeconds(now);
  return tx.oAuthApp.create({
    data: { ...app, scopes: [...scopes], trusted, insertedAt: time, updatedAt: time },
    select: appSelect,
  });
}

export function findApp(tx: Transaction, clientId: string): Promise<AppRow | null> {
  return tx.oAuthApp.findUnique({ where: { clientId }, select: appSelect });
}

export function findAppByNumber(tx: Transaction, id: bigint): Promise<AppRow | null> {
  return tx.oAuthApp.findUnique({ where: { id }, select: appSelect });
}

/** The app, locked until the transaction ends: no token is made for it meanwhile. */
export async function lockApp(tx: Transaction, reference: AppReference): Promise<AppRow | null> {
  const byNumber = 'databaseId' in reference;
  if (byNumber && !/^\d{1,18}$/.test(reference.databaseId)) return null;
  const [locked] = byNumber
    ? await tx.$queryRaw<
        { id: bigint }[]
      >`select id from apps where id = ${BigInt(reference.databaseId)} for update`
    : await tx.$queryRaw<
        { id: bigint }[]
      >`select id from apps where client_id = ${reference.clientId} for update`;
  return locked
    ? tx.oAuthApp.findUniqueOrThrow({ where: { id: locked.id }, select: appSelect })
    : null;
}

export function updateApp(
  tx: Transaction,
  id: bigint,
  { scopes, ...changes }: AppChanges,
  now: Date,
): Promise<AppRow> {
  return tx.oAuthApp.update({
    where: { id },
    data: { ...changes, ...(scopes ? { scopes: [...scopes] } : {}), updatedAt: wholeSeconds(now) },
    select: appSelect,
  });
}

export async function useOfApp(tx: Transaction, appId: bigint): Promise<AppUse> {
  return {
    tokens: await tx.oAuthToken.count({ where: { appId } }),
    authorizations: await tx.oAuthAuthorization.count({ where: { appId } }),
  };
}

/** Removes an app with all that hangs on it. */
export async function deleteApp(tx: Transaction, appId: bigint): Promise<void> {
  await tx.oAuthToken.deleteMany({ where: { appId } });
  await tx.oAuthAuthorization.deleteMany({ where: { appId } });
  await tx.oAuthApp.delete({ where: { id: appId }, select: { id: true } });
}
