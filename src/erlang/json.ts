import { floatText } from './float-text.js';

/** A whole number that is a float in Erlang: 1.0 is not 1. Floats with a fraction are plain numbers. */
export class JsonFloat {
  constructor(readonly value: number) {}

  /** For JSON.stringify, which has only one kind of number. */
  toJSON(): number {
    return this.value;
  }
}

/** A JSON value that keeps what Erlang tells apart: bigint for integers beyond 2^53, JsonFloat for whole floats. */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | JsonFloat
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Writes a value as JSON text; a float has a point or an exponent, an integer has neither. */
export function writeJson(value: JsonValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof JsonFloat) return floatText(value.value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${writeJson(item)}`)
    .join(',')}}`;
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
