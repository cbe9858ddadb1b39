import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { columnTerm } from '../erlang/atom-text.js';
import { fromJson } from '../erlang/from-json.js';
import { textToTerm } from '../erlang/from-text.js';
import { deleteSubkeys } from '../erlang/merge.js';
import { parseJson } from '../erlang/parse-json.js';
import type { Term } from '../erlang/term.js';
import { TermError } from '../erlang/term-error.js';
import { isKeywordList, sourceOf, type ConfigSource, type Layer } from './config-source.js';

/** The file of CONFIG_DEFAULTS is no answer of `GET /config`. */
export class DefaultsError extends Error {
  override readonly name = 'DefaultsError';
}

/**
 * Reads what the instance itself answered to `GET /api/v1/pleroma/admin/config`: its defaults, with what its table held then. What came
 * from the table (`db` names it) is no default: it is left out, and `unread` says so.
 * @throws DefaultsError for a file that can't be read or holds something else.
 */
export function readConfigDefaults(path: string): ConfigSource {
  const layers = entriesOf(path).flatMap((entry) => layersOf(entry, basename(path)));
  const values = new Map(
    layers.flatMap((layer) =>
      layer.kind === 'value' ? [[`${layer.group}.${layer.key}`, layer.value] as const] : [],
    ),
  );
  return sourceOf(values, layers);
}

function entriesOf(path: string): readonly unknown[] {
  const answer = contentOf(path);
  const configs: unknown = Array.isArray(answer)
    ? answer
    : typeof answer === 'object' && answer !== null
      ? Reflect.get(answer, 'configs')
      : undefined;
  if (!Array.isArray(configs))
    throw new DefaultsError(
      'must be what the instance answers to GET /api/v1/pleroma/admin/config: an object with a list `configs`',
    );
  return configs as unknown[];
}

function contentOf(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new DefaultsError(`the file cannot be read: ${String(error.code)}`);
  }
  try {
    return parseJson(text);
  } catch {
    throw new DefaultsError('the file holds no JSON');
  }
}

function layersOf(entry: unknown, file: string): readonly Layer[] {
  const [group, key, value, stored] = ['group', 'key', 'value', 'db'].map((name): unknown =>
    typeof entry === 'object' && entry !== null ? Reflect.get(entry, name) : undefined,
  );
  if (
    typeof group !== 'string' ||
    typeof key !== 'string' ||
    columnTerm(group).kind !== 'atom' ||
    columnTerm(key).kind !== 'atom'
  )
    return [];
  const unread = (path: readonly string[], message: string): Layer => ({
    kind: 'unread',
    where: file,
    group,
    key,
    path,
    message,
  });
  const term = termOf(value);
  if (term === undefined) return [unread([], 'the value has no term')];
  const names = Array.isArray(stored)
    ? stored.filter((name): name is string => typeof name === 'string')
    : [];
  if (names.length === 0) return [{ kind: 'value', group, key, value: term }];
  const message = 'the table held it when the file was made';
  if (!isKeywordList(term)) return [unread([], message)];
  const subkeys = names.map((name) => textToTerm(name)).filter((subkey) => subkey.kind === 'atom');
  return [
    { kind: 'value', group, key, value: deleteSubkeys(term, subkeys) },
    ...subkeys.map(({ name }) => unread([name], message)),
  ];
}

function termOf(value: unknown): Term | undefined {
  try {
    return value === undefined ? undefined : fromJson(value);
  } catch (error) {
    if (error instanceof TermError) return undefined;
    throw error;
  }
}
