import type { Transaction } from './database.js';
import type { ReportNoteRow } from './report-notes.js';

/** Stores a note of `userId` on a report. */
export async function insertReportNote(
  tx: Transaction,
  note: {
    readonly userId: string;
    readonly reportId: string;
    readonly content: string;
    readonly now: Date;
  },
): Promise<ReportNoteRow> {
  const { userId, reportId, content, now } = note;
  return tx.reportNote.create({
    data: { userId, activityId: reportId, content, insertedAt: now, updatedAt: now },
    select: { id: true, userId: true, activityId: true, content: true, insertedAt: true },
  });
}

/** Takes the note away if it belongs to this report; returns it as it was. */
export async function deleteReportNote(
  tx: Transaction,
  reportId: string,
  noteId: bigint,
): Promise<ReportNoteRow | undefined> {
  const [row] = await tx.$queryRaw<ReportNoteRow[]>`
    delete from report_notes where id = ${noteId} and activity_id = ${reportId}::uuid
    returning id, user_id::text as "userId", activity_id::text as "activityId", content, inserted_at as "insertedAt"`;
  return row;
}
