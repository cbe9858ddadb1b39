import type { Database } from './database.js';

/** How large the instance is, of local active accounts. */
export interface Figures {
  readonly users: number;
  readonly activeMonth: number;
  readonly activeHalfYear: number;
  readonly statuses: number;
  /** Other servers it knows. */
  readonly hosts: number;
}

/** Counts in one statement; a walk over the local accounts. */
export async function readFigures({ prisma }: Database, now: Date): Promise<Figures> {
  const [figures] = await prisma.$queryRaw<Figures[]>`
    select count(*)::integer as users,
      count(*) filter (where last_active_at > ${now}::timestamp - interval '30 days')::integer as "activeMonth",
      count(*) filter (where last_active_at > ${now}::timestamp - interval '180 days')::integer as "activeHalfYear",
      least(greatest(coalesce(sum(note_count), 0), 0), 2147483647)::integer as statuses,
      (select count(*)::integer from instances) as hosts
    from users where local and is_active and nickname is not null and nickname not like 'internal.%'`;
  if (!figures) throw new Error('a count has a row');
  return figures;
}
