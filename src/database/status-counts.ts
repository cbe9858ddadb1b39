import type { Database } from './database.js';

/** How many statuses there are, by who may see them. */
export interface StatusCounts {
  readonly public: number;
  readonly unlisted: number;
  readonly private: number;
  readonly direct: number;
}

const columns = { public: true, unlisted: true, private: true, direct: true } as const;

/** Of one host, or of all the instance knows, as the instance's trigger has counted them (facts/moderation.md §2.1). */
export async function readStatusCounts({ prisma }: Database, host: string | undefined): Promise<StatusCounts> {
  const counted = host === undefined
    ? (await prisma.counterCache.aggregate({ _sum: columns }))._sum
    : await prisma.counterCache.findUnique({ where: { instance: host }, select: columns });
  return { public: Number(counted?.public ?? 0), unlisted: Number(counted?.unlisted ?? 0), private: Number(counted?.private ?? 0), direct: Number(counted?.direct ?? 0) };
}
