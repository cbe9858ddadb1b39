import { z } from 'zod';
import type { Dialect } from '../dialect.js';
import { mergedAccount } from './account.js';
import { examples } from './examples.js';
import { component, count, html, id, shown, time } from './parts.js';
import { rule } from './rule.js';
import { status } from './status.js';

function reportOf(name: string, dialect: Dialect): z.ZodType {
  const account = mergedAccount[dialect];
  const note = component(
    `${name}Note`,
    "A moderator's note on a report.",
    z.object({ id: shown(z.int(), 17), content: html, user: account, created_at: time }),
  );
  return component(
    name,
    'A report: an account, some of its statuses, and what was done about it.',
    z.object({
      id: shown(id, examples.reportId),
      account,
      actor: account,
      content: shown(z.string().nullable(), 'rude'),
      created_at: time,
      statuses: z.array(status[dialect]),
      state: shown(z.unknown(), 'open'),
      notes: z.array(note),
      rules: z.array(rule).optional(),
    }),
  );
}

/** A report (docs/instance/moderation.md#report-json). */
export const report = { v1: reportOf('Report', 'v1'), legacy: reportOf('LegacyReport', 'legacy') };

const page = (item: z.ZodType): z.ZodType => z.object({ reports: z.array(item), total: count });
export const reportPage = { v1: page(report.v1), legacy: page(report.legacy) };
