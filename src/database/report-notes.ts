import type { Transaction } from './database.js';
import type { Prisma } from './generated/prisma/client.js';

const noteSelect = { id: true, userId: true, activityId: true, content: true, insertedAt: true } satisfies Prisma.ReportNoteSelect;

/** A moderator's note on a report (facts/moderation.md §1.8). */
export type ReportNoteRow = Prisma.ReportNoteGetPayload<{ select: typeof noteSelect }>;

/** The notes on these reports (uuids), oldest first. */
export function notesOfReports(tx: Transaction, reportIds: readonly string[]): Promise<ReportNoteRow[]> {
  return tx.reportNote.findMany({ where: { activityId: { in: [...reportIds] } }, orderBy: { id: 'asc' }, select: noteSelect });
}

/** One note by its id. */
export async function findReportNote(tx: Transaction, id: bigint): Promise<ReportNoteRow | undefined> {
  return (await tx.reportNote.findUnique({ where: { id }, select: noteSelect })) ?? undefined;
}
