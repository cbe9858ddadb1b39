import type { OperationContext } from '../../context.js';
import { countReports, listReports, type ReportCriteria } from '../../database/report-list.js';
import { findReport, type ReportRow } from '../../database/reports.js';
import type { Stretch } from '../../database/user-list.js';
import { findUser, type UserReference } from '../../database/users.js';
import { failure, type InputPath } from '../../errors.js';
import { operation } from '../operation.js';
import { demandRules, ruleNumber, type RuleReference } from '../rules/rules.js';
import { notFound } from '../users/targets.js';

const access = {
  role: 'staff',
  scope: 'admin:read:reports',
  pleroma: { privilege: 'reports_manage_reports' },
} as const;

/** Which reports; all that is given must hold. */
export interface ReportListInput {
  readonly state?: string | undefined;
  /** The reported account. */
  readonly account?: UserReference | undefined;
  readonly reporter?: UserReference | undefined;
  /** A rule they say was broken; also one that was removed since. */
  readonly rule?: RuleReference | undefined;
}

/**
 * One page of reports, newest first; those of deactivated reporters too
 * (docs/instance/moderation.md#listing-reports).
 */
export const reportsList = operation({
  name: 'reportsList',
  access,
  run: async (
    context,
    { stretch, ...input }: ReportListInput & { readonly stretch: Stretch },
  ): Promise<ReportRow[]> => {
    return listReports(context.database, await criteriaOf(context, input), stretch);
  },
});

/** How many reports match, whatever the page. */
export const reportsCount = operation({
  name: 'reportsCount',
  access,
  run: async (context, input: ReportListInput): Promise<number> =>
    countReports(context.database, await criteriaOf(context, input)),
});

/** The newest reports about an account, at most a hundred; asked of many accounts at once it is one statement. */
export const reportsAboutUser = operation({
  name: 'reportsAboutUser',
  access,
  run: ({ loaders }: OperationContext, { apId }: { readonly apId: string }): Promise<ReportRow[]> =>
    loaders.reportsAbout.load(apId),
});

/** One report (docs/instance/moderation.md#report-json). An id of anything else is unknown. */
export const reportShow = operation({
  name: 'reportShow',
  access,
  run: async (
    { database }: OperationContext,
    { report: { databaseId } }: { readonly report: { readonly databaseId: string } },
  ): Promise<ReportRow> => {
    const row = await findReport(database.prisma, databaseId);
    if (!row) throw unknownReport(databaseId, ['report', 'databaseId']);
    return row;
  },
});

async function criteriaOf(
  context: OperationContext,
  { state, account, reporter, rule }: ReportListInput,
): Promise<ReportCriteria> {
  if (rule) demandRules(context);
  const apIdOf = async (
    field: 'account' | 'reporter',
    reference: UserReference | undefined,
  ): Promise<string | undefined> => {
    if (reference === undefined) return undefined;
    const user = await findUser(
      context.database,
      reference,
      async () => (await context.instance()).host,
    );
    if (!user) throw notFound(reference, [field]);
    return user.apId;
  };
  return {
    state,
    account: await apIdOf('account', account),
    reporter: await apIdOf('reporter', reporter),
    rule: rule && (ruleNumber(rule.databaseId) ?? null),
  };
}

/** NOT_FOUND for a report. */
export function unknownReport(databaseId: string, path: InputPath): Error {
  return failure('NOT_FOUND', `There is no report "${databaseId.slice(0, 100)}".`, path);
}
