import { z } from 'zod';
import { uuidFromFlake } from '../database/flake.js';
import { dayFrom, timeFrom, timeRule } from '../database/time.js';

const maxAccounts = 'Must hold 1 to 100 accounts';

/** A whole number, also as text; `page_size=ten` is refused as Akkoma words it. */
export function wholeNumber({
  min,
  max,
  fallback,
}: {
  min: number;
  max: number;
  fallback: number;
}): z.ZodType<number> {
  return z.preprocess(
    (value) =>
      value === '' || value === undefined
        ? fallback
        : typeof value === 'string' && /^-?\d{1,15}$/.test(value)
          ? Number(value)
          : value,
    z
      .number()
      .int()
      .min(min, `Must be ${String(min)} or more`)
      .max(max, `Must be ${String(max)} or less`)
      .meta({ default: fallback }),
  );
}

/** A whole number where the instance reads what digits lead a text, and takes `fallback` when there are none. */
export function leadingNumber({
  min,
  max,
  fallback,
}: {
  min: number;
  max: number;
  fallback: number;
}): z.ZodType<number> {
  return z.preprocess(
    (value) =>
      typeof value === 'number'
        ? value
        : Number(/^[+-]?\d{1,15}/.exec(typeof value === 'string' ? value : '')?.[0] ?? fallback),
    z
      .number()
      .int()
      .min(min, `Must be ${String(min)} or more`)
      .max(max, `Must be ${String(max)} or less`)
      .meta({ default: fallback }),
  );
}

/** true or false, also as text. */
export const flag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean(),
);

/** The same in a query, where an empty text counts as absent, as in the instance's. */
export const optionalFlag = z.preprocess(emptyAsAbsent, flag.optional());

/** Set only by a literal true, as a boolean or a text; anything else is no. */
export const literalTrue = z.preprocess(
  (value) => value === true || value === 'true',
  z.boolean().meta({ default: false }),
);

/** The id of a user, report or status, as the uuid it stands for. */
export const optionalFlake = z
  .preprocess(emptyAsAbsent, z.string().optional())
  .refine((text) => text === undefined || uuidFromFlake(text) !== undefined, 'Invalid id')
  .transform((text) => (text === undefined ? undefined : uuidFromFlake(text)));

/** A moment with its offset, e.g. `2026-11-21T00:09:29.000Z`. @param error says what a text that is none is told. */
export function moment(error: string) {
  return z.iso.datetime({ offset: true, error }).transform((text, context) => {
    const time = timeFrom(text);
    if (time === undefined)
      context.issues.push({ code: 'custom', message: `It ${timeRule}`, input: text });
    return time ?? z.NEVER;
  });
}

/** The same in a query, where an empty text counts as absent. */
export const optionalTime = z.preprocess(emptyAsAbsent, moment('Invalid date-time').optional());

/** Text; an empty one counts as absent, as in the instance's queries. */
export const optionalText = z.preprocess(emptyAsAbsent, z.string().optional());

/** Any text, empty ones too. */
export const plainText = z.string();

/** A whole number, also as text. What the column can hold is the operation's business. */
export const integer = z.preprocess(
  (value) => (typeof value === 'string' && /^[+-]?\d{1,15}$/.test(value) ? Number(value) : value),
  z.number().int(),
);

/** A day of the calendar, `2019-04-07`, as midnight UTC. */
export const calendarDay = plainText
  .pipe(z.iso.date({ error: 'Invalid format. Expected :date' }))
  .transform((text, context) => {
    const day = dayFrom(text);
    if (day === undefined)
      context.issues.push({ code: 'custom', message: `It ${timeRule}`, input: text });
    return day ?? z.NEVER;
  });

/** A list of texts. */
export const texts = z.array(plainText);

/** Whose accounts a list changes; how many one request may change is the operation's rule (resolvers/users/targets.ts). */
export const nicknameList = texts.min(1, maxAccounts).max(100, maxAccounts);

/** The same in a query, where an empty text counts as absent. */
export const optionalTexts = z.preprocess(emptyAsAbsent, texts.optional());

/** true or false, also as text or number, as Ecto casts booleans. */
export const looseBoolean = z.preprocess(
  (value) =>
    value === 'true' || value === '1' || value === 1
      ? true
      : value === 'false' || value === '0' || value === 0
        ? false
        : value,
  z.boolean(),
);

/** A value of the wrong type as Akkoma's OpenAPI layer words it; every route's parameters are read with it. */
export function typeFault({ code, expected, input }: z.core.$ZodRawIssue): string | undefined {
  if (code !== 'invalid_type' || input === undefined) return undefined;
  const type = expected === 'number' || expected === 'int' ? 'integer' : String(expected);
  return input === null
    ? `null value where ${type} expected`
    : `Invalid ${type}. Got: ${typeName(input)}`;
}

function emptyAsAbsent(value: unknown): unknown {
  return value === '' ? undefined : value;
}

function typeName(value: unknown): string {
  return Array.isArray(value)
    ? 'array'
    : typeof value === 'number'
      ? Number.isInteger(value)
        ? 'integer'
        : 'number'
      : typeof value;
}
