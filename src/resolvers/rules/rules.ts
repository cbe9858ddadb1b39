import type { OperationContext } from '../../context.js';
import { failure, refuse, type Issue } from '../../errors.js';
import { isLongerThan } from '../../lib/text-length.js';

/** The rules of the instance belong to its admins; no privilege opens them to moderators. */
export const readAccess = { role: 'admin', scope: 'admin:read' } as const;
export const writeAccess = { role: 'admin', scope: 'admin:write' } as const;

const maxTextLength = 100_000;
/** PostgreSQL's `integer`. */
const priorityRange = { min: -2_147_483_648, max: 2_147_483_647 };

/** How a caller names a rule. */
export interface RuleReference {
  readonly databaseId: string;
}

/** What can be said of a rule; what is absent stays, or takes its default. */
export interface RuleInput {
  readonly text?: string | undefined;
  /** Rules are listed by it, the lowest first. */
  readonly priority?: number | undefined;
  /** What explains the text; null = nothing. */
  readonly hint?: string | null | undefined;
}

/** @throws OperationError UNSUPPORTED where the instance has no table of rules. */
export function demandRules({ database }: OperationContext): void {
  if (!database.schema.optional.rules)
    throw failure(
      'UNSUPPORTED',
      'This instance has no rules: only Pleroma 2.7 and later has them.',
    );
}

/** @throws OperationError INVALID for a text nobody can read, or what the instance cannot store. */
export function refuseFaults({ text, priority, hint }: RuleInput): void {
  const fault = (field: string, message: string): Issue[] => [
    { code: 'INVALID', message: `${field} ${message}`, inputPath: [field] },
  ];
  const tooLong = `must have at most ${maxTextLength} characters.`;
  const { min, max } = priorityRange;
  refuse([
    ...(text !== undefined && text.trim() === '' ? fault('text', "can't be blank.") : []),
    ...(isLongerThan(text ?? '', maxTextLength) ? fault('text', tooLong) : []),
    ...(isLongerThan(hint ?? '', maxTextLength) ? fault('hint', tooLong) : []),
    ...(priority !== undefined &&
    !(Number.isInteger(priority) && priority >= min && priority <= max)
      ? fault('priority', `must be an integer from ${min} to ${max}.`)
      : []),
  ]);
}

/** The number of a rule, of the text that names it; undefined for a text that names none. */
export function ruleNumber(databaseId: string): bigint | undefined {
  return /^\d{1,18}$/.test(databaseId) ? BigInt(databaseId) : undefined;
}

export function unknownRule(): Error {
  return failure('NOT_FOUND', 'There is no such rule.', ['rule', 'databaseId']);
}
