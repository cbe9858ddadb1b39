import { flakeFromUuid } from '../../database/flake.js';
import { textOf } from '../../database/json.js';
import type { ReportNoteRow } from '../../database/report-notes.js';
import type { ReportRow } from '../../database/reports.js';
import { scrubbedHtml } from '../../instance/html.js';
import { isoTime } from './account.js';
import { publishedTime } from './status.js';

/** Everything around a report, already JSON; `{}` stands for an account that is no more. */
export interface ReportSurroundings {
  readonly account: unknown;
  readonly actor: unknown;
  readonly statuses: readonly unknown[];
  readonly notes: readonly unknown[];
}

/** A report (docs/instance/moderation.md#report-json). */
export function report({ id, data }: ReportRow, around: ReportSurroundings): Record<string, unknown> {
  const content = textOf(data['content']);
  return {
    id: flakeFromUuid(id),
    account: around.account,
    actor: around.actor,
    content: content === undefined ? null : scrubbedHtml(content),
    created_at: publishedTime(data['published']),
    statuses: around.statuses,
    state: data['state'] ?? null,
    notes: around.notes,
  };
}

/** A moderator's note on a report; `user` is already JSON. */
export function reportNote({ id, content, insertedAt }: ReportNoteRow, user: unknown): Record<string, unknown> {
  return { id: Number(id), content, user, created_at: isoTime(insertedAt) };
}
