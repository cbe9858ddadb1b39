import { z } from 'zod';

/** A whole number, also as text; `page_size=ten` is refused as Akkoma words it. */
export function wholeNumber({ min, max, fallback }: { min: number; max: number; fallback: number }): z.ZodType<number> {
  return z.preprocess(
    (value) => (value === '' || value === undefined ? fallback : typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    z.number({ error: (issue) => `Invalid integer. Got: ${typeName(issue.input)}` }).int().min(min, `Must be ${String(min)} or more`).max(max, `Must be ${String(max)} or less`),
  );
}

/** Text; an empty one counts as absent, as in the instance's queries. */
export const optionalText = z.preprocess((value) => (value === '' ? undefined : value), z.string({ error: (issue) => `Invalid string. Got: ${typeName(issue.input)}` }).optional());

/** A list of texts. */
export const texts = z.array(z.string({ error: (issue) => `Invalid string. Got: ${typeName(issue.input)}` }), { error: (issue) => (issue.input === undefined ? 'Missing field' : `Invalid array. Got: ${typeName(issue.input)}`) });

/** true or false, also as text or number, as Ecto casts booleans. */
export const looseBoolean = z.preprocess(
  (value) => (value === 'true' || value === '1' || value === 1 ? true : value === 'false' || value === '0' || value === 0 ? false : value),
  z.boolean({ error: (issue) => `Invalid boolean. Got: ${typeName(issue.input)}` }),
);

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;
}
