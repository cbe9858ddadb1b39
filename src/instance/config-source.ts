import { keyword, type Term } from '../erlang/term.js';

/** Something a source sets to a value nobody could read. */
export interface Unread {
  /** `the file prod.secret.exs, line 12`, or `the table config`. */
  readonly where: string;
  /** Column text of the group, e.g. `:pleroma`; undefined = any. */
  readonly group: string | undefined;
  /** Column text of the key, e.g. `:instance`; undefined = any of the group. */
  readonly key: string | undefined;
  /** The keys within the value; empty = the whole value. */
  readonly path: readonly string[];
  readonly message: string;
}

/** A configuration value by `group.key`, e.g. `:pleroma.:instance`; one source of settings. */
export interface ConfigSource extends ReadonlyMap<string, Term> {
  /** What the source holds besides, and could not be read. */
  readonly unread?: readonly Unread[];
  /** The same for one place, unless something readable overrides it there. Absent = everything could be read. */
  readonly unreadAt?: (group: string, key: string, path: readonly string[]) => Unread | undefined;
}

/** One thing a source does: it sets a value, or something that could not be read. */
export type Layer =
  | { readonly kind: 'value'; readonly group: string; readonly key: string; readonly value: Term }
  | ({ readonly kind: 'unread' } & Unread);

/** A source made of values and of layers in their order, the later ones stronger. */
export function sourceOf(
  values: ReadonlyMap<string, Term>,
  layers: readonly Layer[],
): ConfigSource {
  const unread = layers.filter((layer) => layer.kind === 'unread');
  if (unread.length === 0) return values;
  return Object.assign(new Map(values), {
    unread,
    unreadAt: (group: string, key: string, path: readonly string[]) =>
      unreadIn(layers, group, key, path),
  });
}

function unreadIn(
  layers: readonly Layer[],
  group: string,
  key: string,
  path: readonly string[],
): Unread | undefined {
  for (const layer of layers.toReversed()) {
    if (layer.kind === 'unread') {
      if (
        (layer.group ?? group) === group &&
        (layer.key ?? key) === key &&
        isOnTheWay(layer.path, path)
      )
        return layer;
    } else if (layer.group === group && layer.key === key && decides(layer.value, path))
      return undefined;
  }
  return undefined;
}

/** Whether one path begins with the other: what could not be read holds the place, or is a part of it. */
function isOnTheWay(one: readonly string[], other: readonly string[]): boolean {
  return one.slice(0, other.length).every((part, index) => part === other[index]);
}

/** Whether a value says what stands at a path, whatever was set before: keyword lists are merged key by key, everything else is replaced. */
function decides(value: Term, path: readonly string[]): boolean {
  const [first, ...rest] = path;
  if (first === undefined || value.kind !== 'list') return true;
  const part = keyword(value, first);
  return part === undefined ? !isKeywordList(value) : decides(part, rest);
}

/** Whether a term is a keyword list; the empty list is one. */
export function isKeywordList(term: Term): boolean {
  return (
    term.kind === 'list' &&
    term.tail === undefined &&
    term.items.every(
      (item) => item.kind === 'tuple' && item.items.length === 2 && item.items[0]?.kind === 'atom',
    )
  );
}
