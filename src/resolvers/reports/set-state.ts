import type { OperationContext } from '../../context.js';
import { mergeActivityData } from '../../database/activities.js';
import type { Transaction } from '../../database/database.js';
import { textOf, type Json } from '../../database/json.js';
import { findReports, reportStates, type ReportRow } from '../../database/reports.js';
import { wholeSeconds } from '../../database/time.js';
import { failure, refuse, type Issue } from '../../errors.js';
import { writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { loggedReport, type ReportReference } from './targets.js';
import { stateOf } from './model.js';
import { reportedStatuses } from './subject.js';

const maxListSize = 100;

/** A new state for one report. */
export interface StateChange {
  readonly report: ReportReference;
  /** open, closed or resolved. */
  readonly state: string;
  /** Refused with CONFLICT when the report is in another state by now: someone else was first. */
  readonly expectedState?: string | undefined;
}

export interface SetStateInput {
  readonly reports: readonly StateChange[];
  /** As the REST API has always done: an empty list is no mistake. */
  readonly lenient?: boolean;
}

/**
 * Sets the state of reports, all or none, one after the other, with a log row each
 * (docs/instance/moderation.md#changing-the-state-of-reports). A report that is closed or
 * resolved loses its snapshots: of what it names the ids are left.
 * @returns the reports as they are now, in input order.
 */
export const reportSetState = operation({
  name: 'reportSetState',
  access: {
    role: 'staff',
    scope: 'admin:write:reports',
    pleroma: { privilege: 'reports_manage_reports' },
  },
  run: async (context, { reports, lenient = false }: SetStateInput): Promise<ReportRow[]> => {
    if (reports.length > maxListSize || (reports.length === 0 && !lenient)) {
      throw failure(
        'INVALID',
        `reports must hold 1 to ${String(maxListSize)} reports, not ${String(reports.length)}.`,
        ['reports'],
      );
    }
    const { reportStripStatus } = await context.instance();
    return context.database.transaction(async (tx) => {
      const found = await findReports(
        tx,
        reports.map(({ report }) => report.databaseId),
        true,
      );
      const now = new Map(found.filter((row) => row !== undefined).map((row) => [row.id, row]));
      const issues: Issue[] = [];
      const steps = reports.flatMap((change, index) => {
        const row = now.get(found[index]?.id ?? '');
        const issue = faultOf(change, row, index);
        if (issue) issues.push(issue);
        if (!row || issue) return [];
        const next = {
          ...row,
          data: { ...row.data, ...changesFor(row, change.state, reportStripStatus) },
        };
        now.set(row.id, next);
        return [{ row, next }];
      });
      refuse(issues);
      for (const step of steps) await applyStep(context, tx, step);
      return steps.map(({ next }) => now.get(next.id) ?? next);
    });
  },
});

interface Step {
  readonly row: ReportRow;
  readonly next: ReportRow;
}

async function applyStep(
  context: OperationContext,
  tx: Transaction,
  { row, next }: Step,
): Promise<void> {
  const { state = null, object = null } = next.data;
  if (JSON.stringify(next.data) !== JSON.stringify(row.data))
    await mergeActivityData(tx, row.id, { state, object }, wholeSeconds(context.now()));
  await writeLog(context, tx, { action: 'report_update', ...(await loggedReport(tx, next)) });
}

/** The instance looks for the report first, then at the state. */
function faultOf(
  { report, state, expectedState }: StateChange,
  row: ReportRow | undefined,
  index: number,
): Issue | undefined {
  const path = ['reports', String(index)];
  if (!row)
    return {
      code: 'NOT_FOUND',
      message: `There is no report "${report.databaseId.slice(0, 100)}".`,
      inputPath: [...path, 'report', 'databaseId'],
    };
  if (!reportStates.some((known) => known === state))
    return { code: 'INVALID', message: 'Unsupported state', inputPath: [...path, 'state'] };
  const present = stateOf(row);
  if (expectedState === undefined || expectedState === present) return undefined;
  return {
    code: 'CONFLICT',
    message: `The report is ${present} by now, not ${expectedState} as expected.`,
    inputPath: [...path, 'expectedState'],
  };
}

function changesFor(row: ReportRow, state: string, strip: boolean): Readonly<Record<string, Json>> {
  const { object } = row.data;
  if (state === 'open' || !strip || !Array.isArray(object)) return { state };
  return {
    state,
    object: [textOf(object[0]) ?? null, ...reportedStatuses(row).map(({ apId }) => apId)],
  };
}
