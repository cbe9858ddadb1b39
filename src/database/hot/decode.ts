import { textArray } from '../pool.js';
import { storedTime } from '../time.js';
import type { Text } from './prepared-query.js';

/** Makes of a column's text what Prisma would have made of it. */
type Decode = (value: string) => unknown;

export const asText: Decode = (value) => value;
/** On the wire `t`, cast to text `true`. */
export const asBoolean: Decode = (value) => value.startsWith('t');
export const asNumber: Decode = Number;
export const asJson: Decode = (value) => JSON.parse(value) as unknown;
/** The instance's times are naive UTC. */
export const asTime: Decode = storedTime;
export const asTexts: Decode = textArray;

/** Columns of a statement, in its order: the name in the row, and how to read it. */
export type Columns = readonly (readonly [name: string, decode: Decode])[];

/** Rows of `columns`. */
export function decodeRows<Row>(rows: readonly (readonly Text[])[], columns: Columns): Row[] {
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index];
      const value = values[index] ?? null;
      if (column)
        row[column[0]] = value === null ? (column[1] === asTexts ? [] : null) : column[1](value);
    }
    return row as Row;
  });
}
