import type { Transaction } from './database.js';

export interface Backlog {
  /** Jobs that are due. */
  readonly jobs: number;
  /** Seconds the oldest of them has been due. */
  readonly lag: number;
}

/** What the instance's Oban has not taken yet; while it runs there is next to nothing (facts/moderation.md §6.1). */
export async function outboxBacklog(prisma: Transaction): Promise<Backlog> {
  const [row] = await prisma.$queryRaw<[Backlog]>`
    select count(*)::integer as jobs, coalesce(extract(epoch from timezone('UTC', now()) - min(scheduled_at)), 0)::float8 as lag
    from oban_jobs where state = 'available' and scheduled_at <= timezone('UTC', now())`;
  return row;
}
