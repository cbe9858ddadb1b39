import type { Transaction } from './database.js';
import type { Prisma } from './generated/prisma/client.js';
import { wholeSeconds } from './time.js';

const appSelect = { id: true, clientName: true, redirectUris: true, scopes: true, website: true, clientId: true, clientSecret: true } satisfies Prisma.OAuthAppSelect;

/** A client program that may ask for tokens. */
export type AppRow = Prisma.OAuthAppGetPayload<{ select: typeof appSelect }>;

export interface NewApp {
  readonly clientName: string;
  readonly redirectUris: string;
  readonly scopes: readonly string[];
  readonly website: string | null;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whose app it is; null = nobody's. */
  readonly userId: string | null;
}

export function insertApp(tx: Transaction, { scopes, ...app }: NewApp, now: Date): Promise<AppRow> {
  const time = wholeSeconds(now);
  return tx.oAuthApp.create({ data: { ...app, scopes: [...scopes], trusted: false, insertedAt: time, updatedAt: time }, select: appSelect });
}

export function findApp(tx: Transaction, clientId: string): Promise<AppRow | null> {
  return tx.oAuthApp.findUnique({ where: { clientId }, select: appSelect });
}
