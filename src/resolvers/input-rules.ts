import { failure, refuse, type InputPath, type Issue } from '../errors.js';

/** PostgreSQL stores no NUL and no half of a surrogate pair. */
const unstorable = /\0|\p{Surrogate}/u;

/** Bounds on every input whatever it is for (security.md §2, CVE-2026-23962): rules of single fields are stricter. */
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
 * Refuses input that holds a text the database can't store, or one that is too long, a list that is too long, or that is nested too deeply,
 * wherever it stands; every operation's input passes here.
 * @throws OperationError INVALID with the path of each.
 */
export function refuseUnfitInput(input: unknown, limits: Partial<InputLimits> = {}): void {
  refuse([...faults(input, [], { ...usual, ...limits })]);
}

function* faults(value: unknown, path: InputPath, limits: InputLimits): Generator<Issue> {
  if (path.length > deepest) throw failure('INVALID', `${String(path[0])} must not be nested deeper than ${deepest} levels.`, path.slice(0, 1));
  if (typeof value === 'string') {
    if (value.length > limits.text) yield { code: 'INVALID', message: `${path.join('.')} must have at most ${limits.text} characters.`, inputPath: path };
    else if (unstorable.test(value)) yield { code: 'INVALID', message: `${path.join('.')} must not contain NUL or unpaired surrogates.`, inputPath: path };
  } else if (Array.isArray(value)) {
    if (value.length > limits.list) yield { code: 'INVALID', message: `${path.join('.')} must hold at most ${limits.list} items.`, inputPath: path };
    else yield* faultsOfParts(value, path, limits);
  } else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) yield* faultsOfParts(value, path, limits);
}

function* faultsOfParts(value: object, path: InputPath, limits: InputLimits): Generator<Issue> {
  for (const [key, part] of Object.entries(value)) yield* faults(part, [...path, key], limits);
}
