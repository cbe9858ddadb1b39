import type { OperationContext } from '../../context.js';
import type { ReportRow } from '../../database/reports.js';
import type { RuleRow } from '../../database/rules.js';
import { ruleNumbersOf } from './model.js';

/**
 * The rules a report names, in the order of the instance's list; those that were removed are left
 * out, as by the instance. None where it has no rules.
 */
export async function brokenRules(
  { loaders }: OperationContext,
  report: Pick<ReportRow, 'data'>,
): Promise<RuleRow[]> {
  const rows = await Promise.all(ruleNumbersOf(report).map((id) => loaders.rule.load(id)));
  return rows
    .filter((row) => row !== undefined)
    .sort((one, other) => one.priority - other.priority || Number(one.id - other.id));
}
