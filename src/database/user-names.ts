import type { Transaction } from './database.js';

/** Names that are taken, and those claimed meanwhile by the items of one list. */
export interface TakenNames {
  /** false = taken; true = free until now, and taken from now on. Upper and lower case are the same. */
  claimNickname(nickname: string): boolean;
  claimEmail(email: string): boolean;
}

/** Looks up which of these are taken, in one statement. The unique indexes have the last word. */
export async function takenNames(
  tx: Transaction,
  nicknames: readonly string[],
  emails: readonly string[],
): Promise<TakenNames> {
  const rows = await tx.$queryRaw<{ nickname: string | null; email: string | null }[]>`
    select lower(nickname::text) as nickname, lower(email::text) as email from users
    where nickname = any(${[...nicknames]}::citext[]) or email = any(${[...emails]}::citext[])`;
  return {
    claimNickname: claimIn(new Set(rows.map((row) => row.nickname))),
    claimEmail: claimIn(new Set(rows.map((row) => row.email))),
  };
}

function claimIn(taken: Set<string | null>): (name: string) => boolean {
  return (name) => {
    const key = name.toLowerCase();
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  };
}
