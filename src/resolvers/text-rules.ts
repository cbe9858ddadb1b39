import { refuse, type InputPath, type Issue } from '../errors.js';

/** PostgreSQL stores no NUL and no half of a surrogate pair. */
const unstorable = /\0|\p{Surrogate}/u;

/**
 * Refuses input that holds a text the database can't store, wherever it stands; every operation's input passes here.
 * @throws OperationError INVALID with the path of each.
 */
export function refuseUnstorableText(input: unknown): void {
  refuse([...faults(input, [])]);
}

function* faults(value: unknown, path: InputPath): Generator<Issue> {
  if (typeof value === 'string') {
    if (unstorable.test(value)) yield { code: 'INVALID', message: `${path.join('.')} must not contain NUL or unpaired surrogates.`, inputPath: path };
  } else if (Array.isArray(value) || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)) {
    for (const [key, part] of Object.entries(value)) yield* faults(part, [...path, key]);
  }
}
