import type { OperationContext } from '../../context.js';
import type { ReportRow } from '../../database/reports.js';
import type { Dialect } from '../dialect.js';

/** One report as JSON (facts/moderation.md §1.4). */
export async function reportJson(context: OperationContext, dialect: Dialect, row: ReportRow): Promise<unknown> {
  return (await reportsJson(context, dialect, [row]))[0];
}

/** The same for many, in a constant number of statements. */
export async function reportsJson(context: OperationContext, dialect: Dialect, rows: readonly ReportRow[]): Promise<unknown[]> {
  void context; void dialect;
  return Promise.resolve([...rows]);
}
