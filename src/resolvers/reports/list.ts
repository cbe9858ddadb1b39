import type { OperationContext } from '../../context.js';
import { countReports, listReports, type ReportCriteria } from '../../database/report-list.js';
import { findReport, type ReportRow } from '../../database/reports.js';
import type { Stretch } from '../../database/user-list.js';
import { failure, type InputPath } from '../../errors.js';
import { operation } from '../operation.js';

const access = { role: 'staff', scope: 'admin:read:reports' } as const;

/** One page of reports, newest first; those of deactivated reporters too (facts/moderation.md §1.3). */
export const reportsList = operation({
  name: 'reportsList',
  access,
  run: ({ database }: OperationContext, { criteria, stretch }: { readonly criteria: ReportCriteria; readonly stretch: Stretch }): Promise<ReportRow[]> =>
    listReports(database.prisma, database.family, criteria, stretch),
});

/** How many reports match, whatever the page. */
export const reportsCount = operation({
  name: 'reportsCount',
  access,
  run: ({ database }: OperationContext, { criteria }: { readonly criteria: ReportCriteria }): Promise<number> => countReports(database.prisma, database.family, criteria),
});

/** One report (facts/moderation.md §1.4). An id of anything else is unknown. */
export const reportShow = operation({
  name: 'reportShow',
  access,
  run: async ({ database }: OperationContext, { report: { databaseId } }: { readonly report: { readonly databaseId: string } }): Promise<ReportRow> => {
    const row = await findReport(database.prisma, databaseId);
    if (!row) throw unknownReport(databaseId, ['report', 'databaseId']);
    return row;
  },
});

/** NOT_FOUND for a report. */
export function unknownReport(databaseId: string, path: InputPath): Error {
  return failure('NOT_FOUND', `There is no report "${databaseId.slice(0, 100)}".`, path);
}
