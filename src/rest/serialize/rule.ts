import type { RuleRow } from '../../database/rules.js';

/** A rule of the instance, in its list and in reports (docs/instance/pleroma.md). */
export function ruleAnswer({ id, priority, text, hint }: RuleRow): Record<string, unknown> {
  return { id: String(id), priority, text, hint };
}
