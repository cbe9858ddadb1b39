import type { OperationContext } from '../../context.js';
import { readReportPage, type ReportPage } from '../../database/hot/report-page.js';
import type { ReportRow } from '../../database/reports.js';
import { reporterOf } from '../../resolvers/reports/model.js';
import { reportedAccount, reportedStatuses } from '../../resolvers/reports/subject.js';
import type { Demand } from '../columns.js';
import { makeUser } from '../rows.js';

const pageKey = Symbol('page');

/** A row that may have been read with a page. On the row itself: a page has hundreds, and a WeakMap of so many costs more than to read them. */
interface Paged {
  [pageKey]?: ReportPage | undefined;
}

/** The page a report, a status of it or such a status' row was read with; undefined for those read one by one. */
export function pageOf(row: object): ReportPage | undefined {
  return (row as Paged)[pageKey];
}

/** Notes that what `row` speaks of was read with `page`. */
export function keepPage<Row extends object>(row: Row, page: ReportPage | undefined): Row {
  (row as Paged)[pageKey] = page;
  return row;
}

/** Reads ahead what the selection wants to know of a page of reports, so that their fields find it without asking again. */
export async function readAhead(
  { database }: OperationContext,
  reports: readonly ReportRow[],
  { fields, userColumns, objectKeys }: Demand,
): Promise<void> {
  const wants = (name: string): boolean => fields.has(name);
  const accounts = [
    ...(wants('Report.account') ? reports.map(reportedAccount) : []),
    ...(wants('Report.actor') ? reports.map(reporterOf) : []),
  ];
  const page = await readReportPage(database, {
    accounts: accounts.filter((apId) => apId !== undefined),
    statuses: wants('ReportedStatus.status')
      ? reports.flatMap((report) => reportedStatuses(report).map(({ apId }) => apId))
      : [],
    withAuthors: wants('Status.account'),
    objectKeys,
    columns: userColumns,
    make: makeUser,
  });
  for (const report of reports) keepPage(report, page);
}
