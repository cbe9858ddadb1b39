import type { Database } from './database.js';

export interface Backlog {
  /** Jobs that are due. */
  readonly jobs: number;
  /** Seconds the oldest of them has been due. */
  readonly lag: number;
}

/**
 * What the instance's Oban has not taken yet; while it runs there is next to nothing
 * (docs/instance/jobs.md#how-a-row-becomes-work).
 */
export async function outboxBacklog(database: Database): Promise<Backlog> {
  const [row] = await database.read(
    `select count(*), coalesce(extract(epoch from timezone('UTC', now()) - min(j.scheduled_at)
       filter (where isfinite(j.scheduled_at))), 0)
     from oban_jobs j where j.state = 'available' and j.scheduled_at <= timezone('UTC', now())`,
    [],
    2,
  );
  return { jobs: Number(row?.[0]), lag: Number(row?.[1]) };
}
