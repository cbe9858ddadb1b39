import type { ConfigRow } from '../../database/config.js';
import { columnText } from '../../erlang/atom-text.js';
import { decodeTerm } from '../../erlang/decode.js';
import type { JsonValue } from '../../erlang/json.js';
import { keywordKeys } from '../../erlang/merge.js';
import type { Term } from '../../erlang/term.js';
import { TermError } from '../../erlang/term-error.js';
import { toElixir } from '../../erlang/to-elixir.js';
import { toJson, type JsonDialect } from '../../erlang/to-json.js';
import { maskSecrets } from './secrets.js';

/** A value, or why there is none. */
export type Shown<Value> =
  | { readonly value: Value; readonly fault?: undefined }
  | { readonly value?: undefined; readonly fault: string };

/** Runs what may throw TermError. */
export function attempt<Value>(work: () => Value): Shown<Value> {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof TermError) return { fault: describe(error) };
    throw error;
  }
}

/** A TermError's sentence with the place, for people. */
export function describe({ message, path, offset, line }: TermError): string {
  const place =
    path ??
    (line === undefined ? (offset === undefined ? undefined : `byte ${offset}`) : `line ${line}`);
  return place === undefined || place === '$' ? message : `${message} (${place})`;
}

/** The term a row holds, its secrets masked unless they are asked for. */
export function termOf(
  { key, value }: Pick<ConfigRow, 'key' | 'value'>,
  reveal: boolean,
): Shown<Term> {
  return attempt(() => {
    const term = decodeTerm(value);
    return reveal ? term : maskSecrets(key, term);
  });
}

/** The JSON of the config endpoints. */
export function jsonOf(
  row: Pick<ConfigRow, 'key' | 'value'>,
  reveal: boolean,
  dialect: JsonDialect = 'modern',
): Shown<JsonValue> {
  const { value, fault } = termOf(row, reveal);
  return value === undefined ? { fault } : attempt(() => toJson(value, dialect));
}

/** The value as Elixir writes it; nothing is lost in it. */
export function elixirOf(row: Pick<ConfigRow, 'key' | 'value'>, reveal: boolean): Shown<string> {
  const { value, fault } = termOf(row, reveal);
  return value === undefined ? { fault } : attempt(() => toElixir(value));
}

/**
 * What of a setting is stored, as `db` of the config endpoints says it
 * (docs/instance/config.md#updating): the keys of a keyword list, else the
 * setting's own key; nothing of an empty list.
 */
export function storedKeys(key: string, value: Term): readonly string[] {
  return keywordKeys(value)?.map(columnText) ?? [key];
}
