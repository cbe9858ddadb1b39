import type { Database, Transaction } from './database.js';
import { addressForms } from '../lib/hosts.js';
import { Prisma } from './generated/prisma/client.js';
import type { JsonObject } from './json.js';

/** A row of the moderation log (docs/instance/moderation.md#moderation-log). */
export interface LogRow {
  readonly id: bigint;
  readonly data: JsonObject;
  readonly insertedAt: Date;
}

/** Which entries; all given criteria must hold. */
export interface LogCriteria {
  /** Flake text of who acted. */
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  /** Flake text of an account, report or status, or the address of a relay, that the entry is about. */
  readonly target?: string | undefined;
  /** Both inclusive. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  /** LIKE pattern of the sentence, without the surrounding `%`. */
  readonly search?: string | undefined;
}

/** A stretch of the log: by position, or between two ids. */
export interface LogStretch {
  readonly limit: number;
  readonly offset?: number | undefined;
  readonly olderThan?: bigint | undefined;
  readonly newerThan?: bigint | undefined;
  /**
   * `newest`: by id, newest first. `oldest`: from the other end. `recorded`: newest second first and within a second in the order of
   * writing, as the instance's list comes (docs/instance/moderation.md#listing-the-log).
   */
  readonly order: 'newest' | 'oldest' | 'recorded';
}

const orders: Readonly<Record<LogStretch['order'], Prisma.Sql>> = {
  newest: Prisma.sql`l.id desc`,
  oldest: Prisma.sql`l.id asc`,
  recorded: Prisma.sql`l.inserted_at desc, l.id asc`,
};

const columns = Prisma.sql`l.id, l.data, l.inserted_at as "insertedAt"`;

/** All an entry can be about, as one list of texts. */
function isAbout(target: string): Prisma.Sql {
  const user = JSON.stringify([{ id: target }]);
  const one = JSON.stringify({ id: target });
  return Prisma.sql`(l.data->'subject' @> ${one}::jsonb or l.data->'subject' @> ${user}::jsonb or l.data->'subjects' @> ${user}::jsonb or l.data->'subject_actor' @> ${one}::jsonb
    or l.data->'followed' @> ${one}::jsonb or l.data->'follower' @> ${one}::jsonb or l.data->>'subject_id' = ${target} or l.data->>'target' = any(${[...addressForms(target)]}::text[]))`;
}

function where(
  { actorId, action, target, from, until, search }: LogCriteria,
  stretch: Partial<LogStretch> = {},
): Prisma.Sql {
  const conditions = [
    Prisma.sql`true`,
    ...(actorId === undefined ? [] : [Prisma.sql`l.data->'actor'->>'id' = ${actorId}`]),
    ...(action === undefined ? [] : [Prisma.sql`l.data->>'action' = ${action}`]),
    ...(target === undefined ? [] : [isAbout(target)]),
    ...(from === undefined
      ? []
      : [Prisma.sql`l.inserted_at >= ${from.toISOString()}::timestamptz at time zone 'UTC'`]),
    ...(until === undefined
      ? []
      : [Prisma.sql`l.inserted_at <= ${until.toISOString()}::timestamptz at time zone 'UTC'`]),
    ...(search === undefined ? [] : [Prisma.sql`l.data->>'message' ilike ${`%${search}%`}`]),
    ...(stretch.olderThan === undefined ? [] : [Prisma.sql`l.id < ${stretch.olderThan}`]),
    ...(stretch.newerThan === undefined ? [] : [Prisma.sql`l.id > ${stretch.newerThan}`]),
  ];
  return Prisma.join(conditions, ' and ');
}

/** One page of the log in one statement. */
export async function listLog(
  tx: Transaction,
  criteria: LogCriteria,
  stretch: LogStretch,
): Promise<LogRow[]> {
  return tx.$queryRaw<LogRow[]>`
    select ${columns} from moderation_log l where ${where(criteria, stretch)} order by ${orders[stretch.order]} limit ${stretch.limit} offset ${stretch.offset ?? 0}`;
}

/** How many entries match, whatever the page. */
export function countLog(database: Database, criteria: LogCriteria): Promise<number> {
  const { text, values } = Prisma.sql`moderation_log l where ${where(criteria)}`;
  return database.count(text, values);
}

/** One entry by its id. */
export async function logEntriesByIds(tx: Transaction, ids: readonly bigint[]): Promise<LogRow[]> {
  return tx.$queryRaw<
    LogRow[]
  >`select ${columns} from moderation_log l where l.id = any(${[...ids]}::bigint[])`;
}

/** The entries about these reports (flake texts), newest first, at most `most` of each; by report. */
export async function logOfReports(
  tx: Transaction,
  reportIds: readonly string[],
  most: number,
): Promise<Map<string, LogRow[]>> {
  const rows = await tx.$queryRaw<(LogRow & { report: string })[]>`
    select * from (
      select ${columns}, l.data->'subject'->>'id' as report, row_number() over (partition by l.data->'subject'->>'id' order by l.id desc) as place
      from moderation_log l where l.data->'subject'->>'type' = 'report' and l.data->'subject'->>'id' = any(${[...reportIds]}::text[])) r
    where r.place <= ${most} order by r.id desc`;
  const byReport = new Map<string, LogRow[]>(reportIds.map((report) => [report, []]));
  for (const { id, data, insertedAt, report } of rows)
    byReport.get(report)?.push({ id, data, insertedAt });
  return byReport;
}
