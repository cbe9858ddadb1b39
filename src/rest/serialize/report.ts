import { flakeFromUuid } from '../../database/flake.js';
import type { ReportNoteRow } from '../../database/report-notes.js';
import type { ReportRow } from '../../database/reports.js';
import { contentOf, publishedAt, stateOf } from '../../resolvers/reports/model.js';
import { isoTime, noTime } from './account.js';

/** Everything around a report, already JSON; `{}` stands for an account that is no more. */
export interface ReportSurroundings {
  readonly account: unknown;
  readonly actor: unknown;
  readonly statuses: readonly unknown[];
  readonly notes: readonly unknown[];
  /** Absent where the instance has no rules. */
  readonly rules: readonly unknown[] | undefined;
}

/** A report (docs/instance/moderation.md#report-json). */
export function report(row: ReportRow, around: ReportSurroundings): Record<string, unknown> {
  const sentAt = publishedAt(row);
  return {
    id: flakeFromUuid(row.id),
    account: around.account,
    actor: around.actor,
    content: contentOf(row) ?? null,
    created_at: sentAt ? isoTime(sentAt) : noTime,
    statuses: around.statuses,
    state: stateOf(row),
    notes: around.notes,
    ...(around.rules === undefined ? {} : { rules: around.rules }),
  };
}

/** A moderator's note on a report; `user` is already JSON. */
export function reportNote(
  { id, content, insertedAt }: ReportNoteRow,
  user: unknown,
): Record<string, unknown> {
  return { id: Number(id), content, user, created_at: isoTime(insertedAt) };
}
