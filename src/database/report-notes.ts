import type { Database, Transaction } from './database.js';
import type { Prisma } from './generated/prisma/client.js';
import { asText, asTime, decodeRows, type Columns } from './hot/decode.js';

const noteSelect = {
  id: true,
  userId: true,
  activityId: true,
  content: true,
  insertedAt: true,
} satisfies Prisma.ReportNoteSelect;

/** A moderator's note on a report (docs/instance/moderation.md#notes). */
export type ReportNoteRow = Prisma.ReportNoteGetPayload<{ select: typeof noteSelect }>;

const columns: Columns = [
  ['id', BigInt],
  ['userId', asText],
  ['activityId', asText],
  ['content', asText],
  ['insertedAt', asTime],
];

/** The notes on these reports (uuids), oldest first. */
export async function notesOfReports(
  database: Database,
  reportIds: readonly string[],
): Promise<ReportNoteRow[]> {
  const text =
    'select n.id, n.user_id, n.activity_id, n.content, n.inserted_at from report_notes n where n.activity_id = any($1::uuid[]) order by n.id';
  return decodeRows(await database.read(text, [reportIds], columns.length), columns);
}

/** One note by its id. */
export async function findReportNote(
  tx: Transaction,
  id: bigint,
): Promise<ReportNoteRow | undefined> {
  return (await tx.reportNote.findUnique({ where: { id }, select: noteSelect })) ?? undefined;
}
