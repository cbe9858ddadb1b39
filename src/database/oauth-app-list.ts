import type { Database } from './database.js';
import type { Prisma } from './generated/prisma/client.js';
import { appSelect, type AppRow } from './oauth-apps.js';

/** All that is given must hold; texts in full. */
export interface AppCriteria {
  readonly name?: string | undefined;
  readonly clientId?: string | undefined;
  readonly trusted?: boolean | undefined;
}

/** A stretch of the list, newest first; `oldestFirst` reads from the other end. */
export interface AppStretch {
  readonly limit: number;
  readonly offset?: number | undefined;
  readonly olderThan?: bigint | undefined;
  readonly newerThan?: bigint | undefined;
  readonly oldestFirst?: boolean | undefined;
}

export function listApps(
  { prisma }: Database,
  criteria: AppCriteria,
  { limit, offset = 0, olderThan, newerThan, oldestFirst = false }: AppStretch,
): Promise<AppRow[]> {
  const id = {
    ...(olderThan === undefined ? {} : { lt: olderThan }),
    ...(newerThan === undefined ? {} : { gt: newerThan }),
  };
  return prisma.oAuthApp.findMany({
    where: { AND: [conditionOf(criteria), { id }] },
    orderBy: { id: oldestFirst ? 'asc' : 'desc' },
    take: limit,
    skip: offset,
    select: appSelect,
  });
}

export function countApps({ prisma }: Database, criteria: AppCriteria): Promise<number> {
  return prisma.oAuthApp.count({ where: conditionOf(criteria) });
}

/** An app from before there was such a thing is not trusted. */
function conditionOf({ name, clientId, trusted }: AppCriteria): Prisma.OAuthAppWhereInput {
  return {
    ...(name === undefined ? {} : { clientName: name }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(trusted === undefined
      ? {}
      : trusted
        ? { trusted }
        : { OR: [{ trusted }, { trusted: null }] }),
  };
}
