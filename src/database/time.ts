/**
 * The times that every reader of the database can show: PostgreSQL, Elixir, GraphQL and JSON agree on the years 1 to 9999 in UTC and on
 * nothing else. Times outside are refused when they are given and shown as the nearest of these two when another writer stored them.
 */
export const minTime = new Date('0001-01-01T00:00:00.000Z');
export const maxTime = new Date('9999-12-31T23:59:59.999Z');

/** The rule as refusals word it. */
export const timeRule = 'must lie in the years 0001 to 9999 (UTC)';

/** Whether a time lies within {@link minTime} and {@link maxTime}; false for an invalid one. */
export function isInCalendar(time: Date): boolean {
  return time >= minTime && time <= maxTime;
}

/** The nearest time within the calendar: for times that are computed, e.g. from a lifetime in the settings. */
export function withinCalendar(milliseconds: number): Date {
  const bounded = Math.min(Math.max(milliseconds, minTime.getTime()), maxTime.getTime());
  return new Date(Number.isNaN(bounded) ? maxTime : bounded);
}

const isoTime = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(\.\d{1,9})?\d*)?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * Reads a time in ISO 8601; without an offset it is UTC. The one parser of times, whoever wrote them.
 * @returns undefined for what is no time, for a day the calendar does not have, and for a time outside the years 1 to 9999.
 */
export function timeFrom(text: string): Date | undefined {
  const [, day = '', minutes = '', seconds = '00', fraction = '', offset = 'Z'] =
    isoTime.exec(text) ?? [];
  if (dayFrom(day) === undefined) return undefined;
  const time = new Date(
    `${day}T${minutes}:${seconds}${fraction.slice(0, 4)}${offset.toUpperCase().replace(/^(...)(\d\d)$/, '$1:$2')}`,
  );
  return isInCalendar(time) ? time : undefined;
}

/** Reads a day of the calendar, `2030-04-05`, as its midnight in UTC; undefined for what is none. */
export function dayFrom(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  return isInCalendar(day) && day.toISOString().startsWith(text) ? day : undefined;
}

/**
 * Reads a time of a `timestamp` or `date` column as PostgreSQL writes it, in UTC. `infinity` and years that only PostgreSQL knows become the
 * nearest time of the calendar, so that comparisons hold and no door fails.
 */
export function storedTime(text: string): Date {
  const plain = isOfCalendar(text)
    ? new Date(`${text.slice(0, 10)}T${text.slice(11) || '00:00:00'}Z`)
    : undefined;
  return plain && isInCalendar(plain)
    ? plain
    : new Date(isBeforeCalendar(text) ? minTime : maxTime);
}

/** Whether PostgreSQL wrote a year of four digits of our era. */
export function isOfCalendar(text: string): boolean {
  return text.charAt(4) === '-' && !text.includes('BC');
}

/** Of a time that is not of the calendar: whether it lies before it. */
export function isBeforeCalendar(text: string): boolean {
  return text.startsWith('-') || text.includes('BC');
}

/** The instance stores most times as naive UTC in whole seconds; PostgreSQL would round, Ecto cuts. */
export function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
