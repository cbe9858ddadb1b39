import { z } from 'zod';
import { uuidFromFlake } from '../database/flake.js';

/** A whole number, also as text; `page_size=ten` is refused as Akkoma words it. */
export function wholeNumber({ min, max, fallback }: { min: number; max: number; fallback: number }): z.ZodType<number> {
  return z.preprocess(
    (value) => (value === '' || value === undefined ? fallback : typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    z.number({ error: (issue) => `Invalid integer. Got: ${typeName(issue.input)}` }).int().min(min, `Must be ${String(min)} or more`).max(max, `Must be ${String(max)} or less`).meta({ default: fallback }),
  );
}

/** A whole number where the instance reads what digits lead a text, and takes `fallback` when there are none. */
export function leadingNumber({ min, max, fallback }: { min: number; max: number; fallback: number }): z.ZodType<number> {
  return z.preprocess(
    (value) => (typeof value === 'number' ? value : Number(/^[+-]?\d{1,15}/.exec(typeof value === 'string' ? value : '')?.[0] ?? fallback)),
    z.number().int().min(min, `Must be ${String(min)} or more`).max(max, `Must be ${String(max)} or less`).meta({ default: fallback }),
  );
}

/** Set only by a literal true, as a boolean or a text; anything else is no. */
export const literalTrue = z.preprocess((value) => value === true || value === 'true', z.boolean().meta({ default: false }));

/** The id of a user, report or status, as the uuid it stands for. */
export const optionalFlake = z
  .preprocess((value) => (value === '' ? undefined : value), z.string().optional())
  .refine((text) => text === undefined || uuidFromFlake(text) !== undefined, 'Invalid id')
  .transform((text) => (text === undefined ? undefined : uuidFromFlake(text)));

/** A moment with its offset, e.g. `2026-11-21T00:09:29.000Z`. */
export const optionalTime = z
  .preprocess((value) => (value === '' ? undefined : value), z.iso.datetime({ offset: true, error: 'Invalid date-time' }).optional())
  .transform((text) => (text === undefined ? undefined : new Date(text)));

/** Text; an empty one counts as absent, as in the instance's queries. */
export const optionalText = z.preprocess((value) => (value === '' ? undefined : value), z.string({ error: (issue) => `Invalid string. Got: ${typeName(issue.input)}` }).optional());

/** Any text, empty ones too. */
export const plainText = z.string({ error: (issue) => mismatch('string', issue.input) });

/** A list. */
export function listOf<Item extends z.ZodType>(item: Item): z.ZodArray<Item> {
  return z.array(item, { error: (issue) => (issue.input === undefined ? 'Missing field' : `Invalid array. Got: ${typeName(issue.input)}`) });
}

/** A whole number, also as text. What the column can hold is the operation's business. */
export const integer = z.preprocess((value) => (typeof value === 'string' && /^[+-]?\d{1,15}$/.test(value) ? Number(value) : value), z.number({ error: (issue) => mismatch('integer', issue.input) }).int());

/** A day of the calendar, `2019-04-07`, as midnight UTC. */
export const calendarDay = plainText.pipe(z.iso.date({ error: 'Invalid format. Expected :date' })).transform((day) => new Date(`${day}T00:00:00Z`));

/** A list of texts. */
export const texts = listOf(plainText);

/** true or false, also as text or number, as Ecto casts booleans. */
export const looseBoolean = z.preprocess(
  (value) => (value === 'true' || value === '1' || value === 1 ? true : value === 'false' || value === '0' || value === 0 ? false : value),
  z.boolean({ error: (issue) => `Invalid boolean. Got: ${typeName(issue.input)}` }),
);

function mismatch(expected: string, given: unknown): string {
  return given === null ? 'null value' : `Invalid ${expected}. Got: ${typeName(given)}`;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;
}
