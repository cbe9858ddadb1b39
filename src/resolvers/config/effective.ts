import type { OperationContext } from '../../context.js';
import type { ConfigRow } from '../../database/config.js';
import { overlaySetting } from '../../erlang/merge.js';
import { keyword, type Term } from '../../erlang/term.js';
import { isKeywordList } from '../../instance/config-source.js';
import { mayHoldList } from '../../instance/list-settings.js';
import { termsOf, type SettingName } from './names.js';
import { termOf } from './setting.js';

/** Where a value comes from: the instance's default (CONFIG_DEFAULTS), its file (INSTANCE_CONFIG) or a row of the table. */
export type ValueSource = 'DEFAULT' | 'FILE' | 'ROW';

/** A setting as the instance has it after its next start. */
export interface EffectiveSetting extends SettingName {
  /** Undefined where the row is no term: what the instance makes of that nobody knows. */
  readonly value: Term | undefined;
  /** The strongest source that sets anything of it. */
  readonly source: ValueSource;
  readonly row: ConfigRow | undefined;
  /** Where the value at a path within a keyword list comes from; undefined = nothing known sets it. */
  readonly sourceAt: (path: readonly string[]) => ValueSource | undefined;
}

/** What the instance reads before the table, and so never from it. */
function isReadBefore({ group, key }: SettingName): boolean {
  return (
    [':postgrex', ':tesla'].includes(group) ||
    [
      'Pleroma.Repo',
      'Pleroma.Web.Endpoint',
      ':env',
      ':configurable_from_database',
      ':database',
      ':swarm',
    ].includes(key) ||
    (group === ':phoenix' && key === ':serve_endpoints')
  );
}

type Sources = Pick<OperationContext['config'], 'defaults' | 'file'>;

/** Every setting that a default, the file or a row sets: rows win over the file, the file over the defaults, keyword lists key by key. */
export function effectiveSettings(
  sources: Sources,
  rows: readonly ConfigRow[],
): readonly EffectiveSetting[] {
  const names = new Map<string, SettingName>();
  for (const source of [sources.defaults, sources.file]) {
    for (const name of source?.keys() ?? []) {
      const [group = '', ...key] = name.split('.');
      const setting = { group, key: key.join('.') };
      if (!isReadBefore(setting)) names.set(name, setting);
    }
  }
  const byName = new Map(rows.map((row) => [`${row.group ?? ''}.${row.key}`, row]));
  for (const [name, row] of byName) names.set(name, { group: row.group ?? '', key: row.key });
  return [...names].flatMap(
    ([name, setting]) => effectiveSetting(sources, setting, byName.get(name)) ?? [],
  );
}

/** One of them, with the row it has; undefined when nothing known sets it. */
export function effectiveSetting(
  sources: Sources,
  name: SettingName,
  row: ConfigRow | undefined,
): EffectiveSetting | undefined {
  const stored = row && termOf(row, true).value;
  const known = layersBelow(sources, name);
  if (row === undefined && known.length === 0) return undefined;
  const layers = [
    ...known,
    ...(stored === undefined ? [] : [{ source: 'ROW', value: stored } as const]),
  ];
  const value =
    row && stored === undefined
      ? undefined
      : merged(
          name,
          layers.map((layer) => layer.value),
        );
  const sourceAt = (path: readonly string[]): ValueSource | undefined =>
    layers.findLast((layer) => valueAt(layer.value, path) !== undefined)?.source;
  return {
    ...name,
    value,
    source: row ? 'ROW' : (layers.at(-1)?.source ?? 'DEFAULT'),
    row,
    sourceAt,
  };
}

/** What counts while a setting has no row. */
export function valueBelow(sources: Sources, name: SettingName): Term | undefined {
  return merged(
    name,
    layersBelow(sources, name).map(({ value }) => value),
  );
}

function layersBelow(
  { defaults, file }: Sources,
  { group, key }: SettingName,
): readonly { readonly source: ValueSource; readonly value: Term }[] {
  const [fromDefaults, fromFile] = [defaults?.get(`${group}.${key}`), file?.get(`${group}.${key}`)];
  return [
    ...(fromDefaults ? [{ source: 'DEFAULT', value: fromDefaults } as const] : []),
    ...(fromFile ? [{ source: 'FILE', value: fromFile } as const] : []),
  ];
}

function merged(name: SettingName, values: readonly Term[]): Term | undefined {
  return values.reduce<Term | undefined>(
    (below, value) => (below ? overlaySetting(...termsOf(name), below, value) : value),
    undefined,
  );
}

/** What stands at a path of keys; undefined when nothing does. */
export function valueAt(
  value: Term | undefined,
  [first, ...rest]: readonly string[],
): Term | undefined {
  return value === undefined || first === undefined ? value : valueAt(keyword(value, first), rest);
}

// The instance replaces these whole with every write, so whoever writes one writes all of it.
const replacedWhole = [
  ':assets mascots',
  ':emoji groups',
  ':workers retries',
  ':mrf_subchain match_actor',
  ':mrf_keyword replace',
];

/**
 * The first list in a value to be merged that would replace one nobody here knows: the table has none in its place, and neither defaults
 * nor a readable line of the file say what the instance uses now. Keyword lists replace nothing.
 * @returns the keys down to it; undefined when there is none.
 */
export function blindlyReplaced(
  sources: Sources,
  name: SettingName,
  stored: Term | undefined,
  posted: Term,
): readonly string[] | undefined {
  if (!mayHoldList(name.group, name.key)) return undefined;
  const below = valueBelow(sources, name);
  return listsIn(posted, []).find((path) => {
    if (
      valueAt(stored, path) !== undefined ||
      replacedWhole.includes(`${name.key} ${path.join(' ')}`)
    )
      return false;
    const unread = sources.file?.unreadAt?.(name.group, name.key, path);
    if (unread) return true;
    if (sources.file && valueAt(sources.file.get(`${name.group}.${name.key}`), path) !== undefined)
      return false;
    return sources.defaults === undefined
      ? valueAt(below, path) === undefined
      : sources.defaults.unreadAt?.(name.group, name.key, path) !== undefined;
  });
}

/** The paths of all lists of names within keyword lists. */
function listsIn(value: Term, path: readonly string[]): readonly (readonly string[])[] {
  if (value.kind !== 'list') return [];
  if (value.items.length === 0) return path.length === 0 ? [] : [path];
  if (!isKeywordList(value)) return value.items.some(isName) ? [path] : [];
  return value.items.flatMap((item) => {
    const [key, part] = item.kind === 'tuple' ? item.items : [];
    return key?.kind === 'atom' && part ? listsIn(part, [...path, key.name]) : [];
  });
}

/** A text, an atom, an expression, or a tuple that begins with one; numbers name nothing. */
function isName(item: Term): boolean {
  if (item.kind === 'tuple') return item.items.slice(0, 1).some(isName);
  return (
    item.kind === 'binary' || item.kind === 'atom' || item.kind === 'map' || item.kind === 'list'
  );
}
