import type { Transaction } from './database.js';

/** The states of these rows of `oban_jobs`; rows that are gone are missing. */
export async function jobStates(
  tx: Transaction,
  ids: readonly bigint[],
): Promise<Map<bigint, string>> {
  const rows = await tx.$queryRaw<{ id: bigint; state: string }[]>`
    select id, state::text as state from oban_jobs where id = any(${[...ids]}::bigint[])`;
  return new Map(rows.map(({ id, state }) => [id, state]));
}
