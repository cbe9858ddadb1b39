import type { Database } from './database.js';

/** The hosts of the accounts that live elsewhere, in alphabetical order; a walk over them. */
export async function readPeers({ prisma }: Database): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ host: string }[]>`
    select distinct split_part(nickname::text, '@', 2) as host from users where not local and nickname like '%@_%' order by 1`;
  return rows.map(({ host }) => host);
}
