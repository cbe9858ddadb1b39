import { hostForms } from '../lib/hosts.js';
import type { Database } from './database.js';

/** How many statuses there are, by who may see them. */
export interface StatusCounts {
  readonly public: number;
  readonly unlisted: number;
  readonly private: number;
  readonly direct: number;
}

const columns = { public: true, unlisted: true, private: true, direct: true } as const;

/**
 * Of one host in its canonical form, or of all the instance knows, as the instance's trigger has
 * counted them (docs/instance/schema.md#functions-and-triggers).
 */
export async function readStatusCounts(
  { prisma }: Database,
  host: string | undefined,
): Promise<StatusCounts> {
  const where = host === undefined ? {} : { instance: { in: [...hostForms(host)] } };
  const { _sum: counted } = await prisma.counterCache.aggregate({ where, _sum: columns });
  return {
    public: Number(counted.public ?? 0),
    unlisted: Number(counted.unlisted ?? 0),
    private: Number(counted.private ?? 0),
    direct: Number(counted.direct ?? 0),
  };
}
