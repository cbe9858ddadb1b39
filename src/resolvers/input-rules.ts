import { isInCalendar, timeRule } from '../database/time.js';
import { failure, refuse, type Issue } from '../errors.js';

/** PostgreSQL stores no NUL and no half of a surrogate pair. */
const unstorable = /\0|\p{Surrogate}/u;

/**
 * Bounds on every input whatever it is for (docs/security-checklist.md#s12, CVE-2026-23962): rules of
 * single fields are stricter.
 */
const usual = { text: 10_000, list: 1_000 };
const deepest = 2_000;

export interface InputLimits {
  /** Characters in one text. */
  readonly text: number;
  /** Items in one list. */
  readonly list: number;
}

/** For settings, and for what a route may be given: its operation has its own rule. */
export const wholeRequests: InputLimits = { text: 2_097_152, list: 100_000 };

/** For texts whose length the instance settles, e.g. a biography; its own rule follows. */
export const longTexts = { text: 200_000 };

/**
 * Refuses input that holds a text or a time the database can't store, a text or a list that is too long, or that is nested too deeply,
 * wherever it stands; every operation's input passes here.
 * @throws OperationError INVALID with the path of each.
 */
export function refuseUnfitInput(input: unknown, limits: Partial<InputLimits> = {}): void {
  refuse(faultsOf(input, { ...usual, ...limits }));
}

/** Goes no deeper than is allowed, for which there is stack enough. */
function faultsOf(input: unknown, limits: InputLimits): Issue[] {
  const issues: Issue[] = [];
  const path: string[] = [];
  const look = (value: unknown): void => {
    if (path.length > deepest)
      throw failure(
        'INVALID',
        `${path[0] ?? ''} must not be nested deeper than ${deepest} levels.`,
        path.slice(0, 1),
      );
    const rule = brokenRule(value, limits);
    if (rule !== undefined)
      issues.push({ code: 'INVALID', message: `${path.join('.')} ${rule}.`, inputPath: [...path] });
    else if (isNested(value))
      for (const key of Object.keys(value)) {
        path.push(key);
        look(value[key]);
        path.pop();
      }
  };
  look(input);
  return issues;
}

function brokenRule(value: unknown, { text, list }: InputLimits): string | undefined {
  if (Array.isArray(value))
    return value.length > list ? `must hold at most ${list} items` : undefined;
  if (value instanceof Date) return isInCalendar(value) ? undefined : timeRule;
  if (typeof value !== 'string') return undefined;
  if (value.length > text) return `must have at most ${text} characters`;
  return unstorable.test(value) ? 'must not contain NUL or unpaired surrogates' : undefined;
}

function isNested(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)
  );
}
