import type { AccountRow } from '../../database/accounts.js';
import type { OperationContext } from '../../context.js';
import type { ReportRow } from '../../database/reports.js';
import { ownTick } from '../../instance/own-tick.js';
import { reporterOf } from '../../resolvers/reports/model.js';
import { brokenRules } from '../../resolvers/reports/broken-rules.js';
import { reportedAccount, reportedStatuses } from '../../resolvers/reports/subject.js';
import type { Dialect } from '../dialect.js';
import { mergedAccount, type AccountSetting } from '../serialize/mastodon-account.js';
import { report, reportNote } from '../serialize/report.js';
import { ruleAnswer } from '../serialize/rule.js';
import { statusesJson } from '../statuses/answers.js';

/** One report as JSON (docs/instance/moderation.md#report-json). */
export async function reportJson(
  context: OperationContext,
  dialect: Dialect,
  row: ReportRow,
): Promise<unknown> {
  const { loaders } = context;
  const setting = {
    instance: await context.instance(),
    family: context.database.family,
    dialect,
  };
  const [accountApId, reporterApId] = [reportedAccount(row), reporterOf(row)];
  const [account, actor, statuses, notes, rules] = await Promise.all([
    accountApId === undefined ? undefined : loaders.accountByApId.load(accountApId),
    reporterApId === undefined ? undefined : loaders.accountByApId.load(reporterApId),
    statusesOf(context, dialect, row),
    notesOf(context, row, setting),
    brokenRules(context, row),
  ]);
  const [accountJson, actorJson] = await Promise.all([
    accountView(context, account, setting),
    accountView(context, actor, setting),
  ]);
  return report(row, {
    account: accountJson,
    actor: actorJson,
    statuses,
    notes,
    rules: context.database.schema.optional.rules ? rules.map(ruleAnswer) : undefined,
  });
}

/** The same for many, in a constant number of statements. */
export function reportsJson(
  context: OperationContext,
  dialect: Dialect,
  rows: readonly ReportRow[],
): Promise<unknown[]> {
  return Promise.all(rows.map((row) => reportJson(context, dialect, row)));
}

async function statusesOf(
  context: OperationContext,
  dialect: Dialect,
  row: ReportRow,
): Promise<unknown[]> {
  const found = await Promise.all(
    reportedStatuses(row).map(({ apId }) => context.loaders.statusByApId.load(apId)),
  );
  return statusesJson(
    context,
    dialect,
    found.filter((status) => status !== undefined),
  );
}

async function notesOf(
  context: OperationContext,
  row: ReportRow,
  setting: AccountSetting,
): Promise<unknown[]> {
  const notes = await context.loaders.notes.load(row.id);
  return Promise.all(
    notes.map(async (note) => {
      const author =
        note.userId === null ? undefined : await context.loaders.accountById.load(note.userId);
      return reportNote(note, await accountView(context, author, setting));
    }),
  );
}

/** Reports show an account by both views merged; of one that is no more an empty object. */
async function accountView(
  { loaders }: OperationContext,
  account: AccountRow | undefined,
  setting: AccountSetting,
): Promise<unknown> {
  if (!account) return {};
  const extras = await loaders.extras.load(account.id);
  await ownTick(account.bio.length);
  return mergedAccount(account, extras, setting);
}
