import { deleteReportNote, insertReportNote } from '../../database/report-changes.js';
import type { ReportNoteRow } from '../../database/report-notes.js';
import type { ReportRow } from '../../database/reports.js';
import { wholeSeconds } from '../../database/time.js';
import { failure } from '../../errors.js';
import { overflowsColumn } from '../../lib/text-length.js';
import { accountOf, accountsOnly } from '../account-actor.js';
import { writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { lockReport, loggedReport, type ReportReference } from './targets.js';

const access = {
  role: 'staff',
  scope: 'admin:write:reports',
  pleroma: { privilege: 'reports_manage_reports' },
} as const;
/** Akkoma's column holds no more; Pleroma's is unlimited (docs/instance/moderation.md#notes). */
const maxNoteLength = 255;

/** A note and the report it is, or was, on. */
export interface NoteOfReport {
  readonly report: ReportRow;
  readonly note: ReportNoteRow;
}

const bar = accountsOnly('A note');

/** Adds a note of the caller to a report (docs/instance/moderation.md#notes). */
export const reportNoteCreate = operation({
  name: 'reportNoteCreate',
  access,
  bar,
  run: (
    context,
    input: { readonly report: ReportReference; readonly content: string },
  ): Promise<NoteOfReport> => {
    const { id: userId } = accountOf(context, bar);
    return context.database.transaction(async (tx) => {
      const report = await lockReport(tx, input.report);
      if (input.content.trim() === '')
        throw failure('INVALID', "content can't be blank", ['content']);
      if (context.database.family === 'akkoma' && overflowsColumn(input.content, maxNoteLength)) {
        throw failure('INVALID', `content must have at most ${String(maxNoteLength)} characters.`, [
          'content',
        ]);
      }
      const note = await insertReportNote(tx, {
        userId,
        reportId: report.id,
        content: input.content,
        now: wholeSeconds(context.now()),
      });
      await writeLog(context, tx, {
        action: 'report_note',
        ...(await loggedReport(tx, report)),
        text: input.content,
      });
      return { report, note };
    });
  },
});

/**
 * Takes a note from the report it belongs to; the instance does not look whether it does
 * (docs/instance/moderation.md#notes).
 * @returns the note as it was.
 * @throws NOT_FOUND also for the note of another report.
 */
export const reportNoteDelete = operation({
  name: 'reportNoteDelete',
  access,
  run: (
    context,
    input: { readonly report: ReportReference; readonly note: { readonly databaseId: string } },
  ): Promise<NoteOfReport> =>
    context.database.transaction(async (tx) => {
      const report = await lockReport(tx, input.report);
      const { databaseId } = input.note;
      const note = /^\d{1,18}$/.test(databaseId)
        ? await deleteReportNote(tx, report.id, BigInt(databaseId))
        : undefined;
      if (!note)
        throw failure('NOT_FOUND', `The report has no note "${databaseId.slice(0, 100)}".`, [
          'note',
          'databaseId',
        ]);
      await writeLog(context, tx, {
        action: 'report_note_delete',
        ...(await loggedReport(tx, report)),
        text: note.content ?? '',
      });
      return { report, note };
    }),
});
