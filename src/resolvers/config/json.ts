import { JsonFloat, type JsonValue } from '../../erlang/json.js';
import { TermError } from '../../erlang/term-error.js';

const deepest = 200;

/**
 * A value in plain JSON, for callers whose numbers are JavaScript's: an integer beyond 2^53 becomes `{"integer": "…"}`; a whole float looks
 * like an integer, and stays a float when it is saved over one.
 */
export function plainJson(value: JsonValue): unknown {
  if (typeof value === 'bigint') return { integer: value.toString() };
  if (value instanceof JsonFloat) return value.value;
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value as Readonly<Record<string, JsonValue>>).map(([key, part]) => [
        key,
        plainJson(part),
      ]),
    );
  return value;
}

/** The other way. Throws TermError for what is nested too deep to be a setting. */
export function fromPlainJson(value: unknown, depth = 0): unknown {
  if (depth > deepest) throw new TermError(`terms are nested deeper than ${deepest}`);
  if (Array.isArray(value)) return value.map((part) => fromPlainJson(part, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, digits] = []] = entries;
  if (
    entries.length === 1 &&
    name === 'integer' &&
    typeof digits === 'string' &&
    /^-?\d{16,2400}$/.test(digits)
  )
    return BigInt(digits);
  return Object.fromEntries(entries.map(([key, part]) => [key, fromPlainJson(part, depth + 1)]));
}
