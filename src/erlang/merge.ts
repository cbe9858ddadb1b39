import { equals, list, type Term } from './term.js';
import { TermError } from './term-error.js';

type Pair = readonly [key: string, value: Term];

// A config_db.ex: settings a new value replaces whole.
const FULL_UPDATE = new Set([
  'pleroma ecto_repos',
  'mime types',
  'cors_plug max_age',
  'cors_plug methods',
  'cors_plug expose',
  'cors_plug headers',
  'swarm node_blacklist',
  'logger backends',
]);

// A config_db.ex:17-23: the one entry of a setting that is replaced instead of merged.
const FULL_SUBKEYS: ReadonlyMap<string, string> = new Map([
  ['pleroma assets', 'mascots'],
  ['pleroma emoji', 'groups'],
  ['pleroma workers', 'retries'],
  ['pleroma mrf_subchain', 'match_actor'],
  ['pleroma mrf_keyword', 'replace'],
]);

/**
 * The value a stored setting has after `next` was posted for it, as `ConfigDB.update_or_create` computes it
 * (docs/instance/config.md#updating): two lists are merged key by key, anything else is replaced. `group` and `key` are the atoms of the setting.
 * Throws TermError when two lists meet and one is no keyword list, where the instance crashes.
 */
export function mergeSetting(group: Term, key: Term, previous: Term, next: Term): Term {
  if (previous.kind !== 'list' || next.kind !== 'list') return next;
  if (equals(previous, next)) return previous;
  const setting = group.kind === 'atom' && key.kind === 'atom' ? `${group.name} ${key.name}` : '';
  if (FULL_UPDATE.has(setting)) return next;
  const [before, after] = [pairsOf(previous), pairsOf(next)];
  if (before === undefined || after === undefined)
    throw new TermError('a list can only be merged with a list when both are keyword lists');
  const merged = mergePairs(before, after);
  const replaced = FULL_SUBKEYS.get(setting);
  const value =
    replaced !== undefined && before.some(([name]) => name === replaced)
      ? after.find(([name]) => name === replaced)?.[1]
      : undefined;
  const result = keywordList(
    replaced === undefined || value === undefined
      ? merged
      : [[replaced, value], ...merged.filter(([name]) => name !== replaced)],
  );
  return isSameSetting(previous, result) ? previous : result;
}

/** Whether two values set the same: in keyword lists the order of different keys says nothing. */
export function isSameSetting(one: Term, other: Term): boolean {
  const [before, after] = [pairsOf(one), pairsOf(other)];
  if (before === undefined || after === undefined || before.length !== after.length)
    return equals(one, other);
  const values = valuesByName(after);
  return before.every(([name, value]) => {
    const counterpart = values.get(name)?.shift();
    return counterpart !== undefined && isSameSetting(value, counterpart);
  });
}

/**
 * The value after a configuration file sets a setting again: keyword lists are merged as above, anything else is replaced, lists that
 * are none included.
 */
export function overlaySetting(group: Term, key: Term, previous: Term, next: Term): Term {
  return pairsOf(previous) && pairsOf(next) ? mergeSetting(group, key, previous, next) : next;
}

/** Removes every entry of the given atom keys from a keyword list. Throws TermError when `value` is none. */
export function deleteSubkeys(value: Term, subkeys: readonly Term[]): Term {
  const pairs = pairsOf(value);
  if (pairs === undefined) throw new TermError('subkeys can only be deleted from a keyword list');
  const names = new Set(
    subkeys.map((subkey) => (subkey.kind === 'atom' ? subkey.name : undefined)),
  );
  return keywordList(pairs.filter(([name]) => !names.has(name)));
}

/** The keys of a keyword list, in order; undefined when `value` is none. The empty list has none. */
export function keywordKeys(value: Term): readonly Term[] | undefined {
  return pairsOf(value)?.map(([name]): Term => ({ kind: 'atom', name }));
}

// Elixir's Keyword.merge/3: what only the old list has, in its order, then the new list, merged with the old value of its key.
function mergePairs(before: readonly Pair[], after: readonly Pair[]): readonly Pair[] {
  const old = valuesByName(before);
  const replaced = new Set(after.map(([name]) => name));
  const merged = after.map(([name, value]): Pair => {
    const previous = old.get(name)?.shift();
    return [name, previous === undefined ? value : mergeValues(previous, value)];
  });
  return [...before.filter(([name]) => !replaced.has(name)), ...merged];
}

function valuesByName(pairs: readonly Pair[]): ReadonlyMap<string, Term[]> {
  const found = new Map<string, Term[]>();
  for (const [name, value] of pairs) {
    const values = found.get(name);
    if (values === undefined) found.set(name, [value]);
    else values.push(value);
  }
  return found;
}

function mergeValues(previous: Term, next: Term): Term {
  const [before, after] = [pairsOf(previous), pairsOf(next)];
  return before === undefined || after === undefined
    ? next
    : keywordList(mergePairs(before, after));
}

function keywordList(pairs: readonly Pair[]): Term {
  return list(
    pairs.map(([name, value]): Term => ({ kind: 'tuple', items: [{ kind: 'atom', name }, value] })),
  );
}

function pairsOf(term: Term): readonly Pair[] | undefined {
  if (term.kind !== 'list' || term.tail !== undefined) return undefined;
  const pairs: Pair[] = [];
  for (const item of term.items) {
    const [name, value, ...rest] = item.kind === 'tuple' ? item.items : [];
    if (name?.kind !== 'atom' || value === undefined || rest.length > 0) return undefined;
    pairs.push([name.name, value]);
  }
  return pairs;
}
