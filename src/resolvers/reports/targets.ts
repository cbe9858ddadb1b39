import type { Transaction } from '../../database/database.js';
import { flakeFromUuid } from '../../database/flake.js';
import { findReport, type ReportRow } from '../../database/reports.js';
import { usersByApIds } from '../../database/users.js';
import type { LoggedReport, LoggedUser } from '../moderation-log/entry.js';
import { loggedUser } from '../moderation-log/write.js';
import { unknownReport } from './list.js';
import { reporterOf, stateOf } from './model.js';

/** How a caller names a report. */
export interface ReportReference {
  readonly databaseId: string;
}

/** The report an operation is about, locked until its transaction ends. Throws NOT_FOUND. */
export async function lockReport(
  tx: Transaction,
  { databaseId }: ReportReference,
): Promise<ReportRow> {
  const report = await findReport(tx, databaseId, true);
  if (!report) throw unknownReport(databaseId, ['report', 'databaseId']);
  return report;
}

/**
 * What log rows about a report hold: itself, and its reporter while the instance knows the account
 * (docs/instance/moderation.md#actions-and-sentences).
 */
export async function loggedReport(
  tx: Transaction,
  report: ReportRow,
): Promise<{ readonly subject: LoggedReport; readonly subject_actor?: LoggedUser }> {
  const subject = { type: 'report', id: flakeFromUuid(report.id), state: stateOf(report) } as const;
  const apId = reporterOf(report);
  const [reporter] = apId === undefined ? [] : await usersByApIds(tx, [apId]);
  return reporter ? { subject, subject_actor: loggedUser(reporter) } : { subject };
}
