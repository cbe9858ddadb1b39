import { compareTerms } from './order.js';
import { TermError } from './term-error.js';
import type { Term } from './term-kinds.js';

export type { Term };

const LONE_SURROGATE = /\p{Surrogate}/u;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The atom `name`, without a leading colon; a module is the atom `Elixir.<Name>`. */
export function atom(name: string): Term {
  return { kind: 'atom', name };
}

/** A binary holding `value` as UTF-8. Throws TermError for half of a surrogate pair. */
export function text(value: string): Term {
  if (LONE_SURROGATE.test(value)) throw new TermError('a text holds half a surrogate pair');
  return { kind: 'binary', bytes: new TextEncoder().encode(value) };
}

/** An integer of any size. Throws TermError for a number that is none or beyond 2^53. */
export function integer(value: number | bigint): Term {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new TermError(`${value} is not an exact integer`);
  return { kind: 'integer', value: BigInt(value) };
}

/** A float, also when the value is whole. Throws TermError for NaN and infinity, which Erlang does not have. */
export function float(value: number): Term {
  if (!Number.isFinite(value)) throw new TermError(`${value} is not a float in Erlang`);
  return { kind: 'float', value };
}

export function tuple(...items: readonly Term[]): Term {
  return { kind: 'tuple', items };
}

/** The list of `items`; with `tail` the improper list `[items | tail]`, flattened when the tail is itself a list. */
export function list(items: readonly Term[], tail?: Term): Term {
  if (tail === undefined) return { kind: 'list', items };
  if (tail.kind === 'list') return list([...items, ...tail.items], tail.tail);
  return items.length === 0 ? tail : { kind: 'list', items, tail };
}

/** A map, its entries sorted as Erlang sorts them; of two equal keys the later wins. */
export function map(entries: readonly (readonly [Term, Term])[]): Term {
  const sorted = [...entries].sort(([a], [b]) => compareTerms(a, b));
  const unique = sorted.filter(([key], index) => {
    const next = sorted[index + 1];
    return next === undefined || compareTerms(key, next[0]) !== 0;
  });
  return { kind: 'map', entries: unique };
}

export const NIL: Term = atom('nil');
export const TRUE: Term = atom('true');
export const FALSE: Term = atom('false');

export function boolean(value: boolean): Term {
  return value ? TRUE : FALSE;
}

/** Whether both are exactly the same term: 1 is not 1.0, "a" is not :a. */
export function equals(a: Term, b: Term): boolean {
  return compareTerms(a, b) === 0;
}

/** The value of the first entry `key: value` of a keyword list; undefined when there is none or it is no list. */
export function keyword(term: Term, key: string): Term | undefined {
  if (term.kind !== 'list') return undefined;
  for (const item of term.items) {
    if (item.kind !== 'tuple' || item.items.length !== 2) continue;
    const [name, value] = item.items;
    if (name?.kind === 'atom' && name.name === key) return value;
  }
  return undefined;
}

/** The text of a UTF-8 binary; undefined for anything else. */
export function asText(term: Term | undefined): string | undefined {
  if (term?.kind !== 'binary') return undefined;
  try {
    return decoder.decode(term.bytes);
  } catch {
    return undefined;
  }
}

/** true or false for these two atoms, undefined for anything else. */
export function asBoolean(term: Term | undefined): boolean | undefined {
  if (term?.kind !== 'atom') return undefined;
  return term.name === 'true' ? true : term.name === 'false' ? false : undefined;
}

/** An integer up to 2^53 as a number; undefined for anything else. */
export function asInteger(term: Term | undefined): number | undefined {
  if (term?.kind !== 'integer') return undefined;
  const value = Number(term.value);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The texts of a proper list that holds nothing but UTF-8 binaries; undefined for anything else. */
export function asTextList(term: Term | undefined): readonly string[] | undefined {
  if (term?.kind !== 'list' || term.tail !== undefined) return undefined;
  const texts = term.items.map(asText);
  return texts.every((item) => item !== undefined) ? texts : undefined;
}

/** The names of the atoms in a proper list; nothing for anything else. */
export function asAtoms(term: Term): readonly string[] {
  if (term.kind !== 'list' || term.tail !== undefined) return [];
  return term.items.flatMap((item) => (item.kind === 'atom' ? [item.name] : []));
}
