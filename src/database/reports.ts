import type { Transaction } from './database.js';
import { uuidFromFlake } from './flake.js';
import { Prisma } from './generated/prisma/client.js';
import type { JsonObject } from './json.js';

export const reportStates = ['open', 'closed', 'resolved'] as const;

/** A report: an activity of type Flag (docs/instance/moderation.md#how-a-report-is-stored). */
export interface ReportRow {
  /** uuid of the activity. */
  readonly id: string;
  /** ap_id of the reporter; null in rows that hold it only in their document, or not at all. */
  readonly actor: string | null;
  /** `activities.data`. */
  readonly data: JsonObject;
  readonly insertedAt: Date;
}

/** Columns of a {@link ReportRow}, for a query that calls the table `a`. */
export const reportColumns = Prisma.sql`a.id::text as id, a.actor, a.data, a.inserted_at as "insertedAt"`;

/**
 * One report by the id clients know; undefined when the text is no id, or nothing or something else than a report has it.
 * @param lock takes the row lock until the transaction ends.
 */
export async function findReport(
  tx: Transaction,
  idText: string,
  lock = false,
): Promise<ReportRow | undefined> {
  const [row] = await findReports(tx, [idText], lock);
  return row;
}

/** The same for many, in the order asked. Locks are taken in id order, so that two calls never wait for each other. */
export async function findReports(
  tx: Transaction,
  idTexts: readonly string[],
  lock = false,
): Promise<(ReportRow | undefined)[]> {
  const wanted = idTexts.map(uuidFromFlake);
  const ids = wanted.filter((id) => id !== undefined);
  const rows = await tx.$queryRaw<ReportRow[]>`
    select ${reportColumns} from activities a where a.id = any(${ids}::uuid[]) and a.data->>'type' = 'Flag' order by a.id ${lock ? Prisma.sql`for update` : Prisma.empty}`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return wanted.map((id) => (id === undefined ? undefined : byId.get(id)));
}
