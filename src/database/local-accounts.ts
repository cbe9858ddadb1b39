import type { Transaction } from './database.js';
import { userSelect } from './account-columns.js';
import type { UserRow } from './users.js';

/**
 * The next local accounts, oldest first, invisible and inactive ones among them, but none that is
 * internal (docs/instance/accounts.md#shell-tasks).
 */
export function nextLocalAccounts(
  tx: Transaction,
  after: string | undefined,
  limit: number,
): Promise<UserRow[]> {
  return tx.user.findMany({
    where: {
      local: true,
      nickname: { not: null },
      NOT: { nickname: { startsWith: 'internal.' } },
      ...(after === undefined ? {} : { id: { gt: after } }),
    },
    orderBy: { id: 'asc' },
    take: limit,
    select: userSelect,
  });
}

/** Nicknames of active local accounts that begin so, whatever the case, in alphabetical order. */
export async function localNicknames(
  tx: Transaction,
  beginning: string,
  limit: number,
): Promise<string[]> {
  const rows = await tx.user.findMany({
    where: {
      local: true,
      isActive: true,
      nickname: { not: null, startsWith: beginning, mode: 'insensitive' },
      NOT: { nickname: { startsWith: 'internal.' } },
    },
    orderBy: { nickname: 'asc' },
    take: limit,
    select: { nickname: true },
  });
  return rows.map(({ nickname }) => nickname).filter((nickname) => nickname !== null);
}
