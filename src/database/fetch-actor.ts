import type { Transaction } from './database.js';
import { Prisma } from './generated/prisma/client.js';

/**
 * Nickname of the instance's own actor, which every start of Akkoma and Pleroma makes. What it follows is
 * there for moments only, to refresh the instance's cache (`src/federation/touch.ts`): no list, count or
 * table of Steward shows it.
 */
const fetchActor = 'internal.fetch';

/** The condition that the row `alias` of `users` is not that actor; never null. */
export function isNotFetchActor(alias: 'f' | 't'): Prisma.Sql {
  return Prisma.sql`${Prisma.raw(alias)}.nickname is distinct from ${fetchActor}::citext`;
}

/** What decides how the running instance can be made to notice that an account changed. */
export interface CachedAccount {
  readonly id: string;
  readonly local: boolean;
  readonly isActive: boolean;
}

/** These accounts as they are now, in id order, and the instance's own actor where there is one. */
export async function accountsAndFetchActor(
  tx: Transaction,
  ids: readonly string[],
): Promise<{ readonly accounts: CachedAccount[]; readonly actor: CachedAccount | undefined }> {
  const rows = await tx.$queryRaw<(CachedAccount & { readonly isActor: boolean })[]>`
    select u.id::text as id, u.local, u.is_active as "isActive",
      u.local and u.nickname is not distinct from ${fetchActor}::citext as "isActor"
    from users u where u.id = any(${[...ids]}::uuid[]) or (u.nickname = ${fetchActor}::citext and u.local)
    order by u.id`;
  const account = ({ id, local, isActive }: CachedAccount): CachedAccount => ({
    id,
    local,
    isActive,
  });
  return {
    accounts: rows.filter(({ isActor }) => !isActor).map(account),
    actor: rows.filter(({ isActor }) => isActor).map(account)[0],
  };
}
