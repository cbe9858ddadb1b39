import type { Database } from './database.js';

/**
 * Whether the instance's Oban runs: its leader renews a lease in `oban_peers` every few seconds. Undefined
 * where Steward cannot see that table.
 */
export async function isQueueRunning(database: Database): Promise<boolean | undefined> {
  if (!database.schema.showsPeers) return undefined;
  const [row] = await database.prisma.$queryRaw<{ isRunning: boolean }[]>`
    select exists (select from oban_peers where expires_at > timezone('utc', clock_timestamp()))
      as "isRunning"`;
  return row?.isRunning;
}
