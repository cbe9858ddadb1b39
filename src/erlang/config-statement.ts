import { columnText } from './atom-text.js';
import { ElixirParser } from './elixir-parser.js';
import { depthStep } from './elixir-statements.js';
import type { Token } from './elixir-token.js';
import { refuseFunctions } from './function-guard.js';
import type { Limits } from './limits.js';
import { atom, list, tuple, type Term } from './term.js';
import { TermError } from './term-error.js';

/** One setting of a statement, as far as it is data. */
export interface ReadSetting {
  readonly kind: 'setting';
  readonly group: Term;
  readonly key: Term;
  /** Without the keys that could not be read; undefined = nothing of it could. */
  readonly value: Term | undefined;
}

/** Something that sets a value nobody can know without running the file. */
export interface Hole {
  readonly kind: 'hole';
  /** Column text of the group; undefined = any group. */
  readonly group: string | undefined;
  /** Column text of the key; undefined = any key of the group. */
  readonly key: string | undefined;
  /** The keys within the value down to what could not be read; empty = the whole value. */
  readonly path: readonly string[];
  /** Whether the statement runs only under some condition. */
  readonly isConditional: boolean;
  readonly line: number;
  readonly message: string;
}

export type StatementPart = ReadSetting | Hole;

// Deeper keyword lists are read whole or not at all.
const deepest = 6;
// So are longer ones: no keyword list of settings is.
const longest = 20_000;

/** What a file is read with. */
export interface Reading {
  readonly source: string;
  readonly limits: Limits;
}

/** A value and the holes in it, each with the path to it. */
interface PartlyRead {
  readonly value: Term | undefined;
  readonly holes: readonly {
    readonly path: readonly string[];
    readonly line: number;
    readonly message: string;
  }[];
}

/** The settings and holes of a statement that begins with the word `config`. */
export function settingsOf(words: readonly Token[], reading: Reading): readonly StatementPart[] {
  const line = words[0]?.line ?? 1;
  const [groupWords = [], ...rest] = argumentsOf(words.slice(1));
  const group = attempt(line, () => nameOf(groupWords, line, reading));
  if ('fault' in group) return [hole(undefined, undefined, group.fault)];
  const settings = attempt(line, () => pairsOf(group.value, rest, line, reading));
  if ('fault' in settings) return [hole(columnText(group.value), undefined, settings.fault)];
  return settings.value.flatMap(({ key, read }) => partsOf(group.value, key, read));
}

interface Pair {
  readonly key: Term;
  readonly read: PartlyRead;
}

// `:key, value`, `:key, a: 1, b: 2` or, without a key, `key: value, other: value`.
function pairsOf(
  group: Term,
  rest: readonly (readonly Token[])[],
  line: number,
  reading: Reading,
): readonly Pair[] {
  const [first = [], ...others] = rest;
  if (first[0]?.kind === 'key')
    return keywordsOf(rest, reading, 0).map(({ name, ...read }) => ({ key: atom(name), read }));
  if (others.length > 0) {
    const key = nameOf(first, line, reading);
    const keywords = others[0]?.[0]?.kind === 'key';
    if (!keywords && others.length > 1)
      throw new TermError('a setting has more than one value', { line });
    return [
      {
        key,
        read: keywords ? keywordList(others, reading, 0) : partlyRead(others[0] ?? [], reading, 0),
      },
    ];
  }
  const items = first[0]?.kind === 'mark' && first[0].text === '[' ? listItems(first) : undefined;
  if (items === undefined)
    throw new TermError(
      first.length === 0 ? 'the text ends within a term' : 'a setting has no value',
      { line },
    );
  return items.map((item) => {
    const pair = pairWords(item, reading);
    if (pair === undefined) throw new TermError('a setting is no pair of key and value', { line });
    return { key: atom(pair.name), read: partlyRead(pair.words, reading, 0) };
  });
}

function partsOf(group: Term, key: Term, { value, holes }: PartlyRead): readonly StatementPart[] {
  const names = [columnText(group), columnText(key)] as const;
  return [
    ...(value === undefined ? [] : [{ kind: 'setting', group, key, value } as const]),
    ...holes.map(({ path, ...place }) => ({ ...hole(...names, place), path })),
  ];
}

/** A value: as a whole where it is data, else key by key where it is a keyword list. */
function partlyRead(words: readonly Token[], reading: Reading, depth: number): PartlyRead {
  const whole = attempt(words[0]?.line, () => literalOf(words, reading));
  if (!('fault' in whole)) {
    const refused = attempt(words[0]?.line, () => {
      refuseFunctions(whole.value);
    });
    return 'fault' in refused
      ? { value: undefined, holes: [{ path: [], ...refused.fault }] }
      : { value: whole.value, holes: [] };
  }
  const items = depth < deepest && words.length <= longest ? listItems(words) : undefined;
  const pairs = items?.map((item) => pairWords(item, reading));
  if (!pairs || !pairs.every((pair) => pair !== undefined) || !areDistinct(pairs))
    return { value: undefined, holes: [{ path: [], ...whole.fault }] };
  return joined(
    pairs.map(({ name, words: inner }) => ({ name, ...partlyRead(inner, reading, depth + 1) })),
  );
}

// A name that comes twice is an item of some other list, which is not itself without one of them.
function areDistinct(pairs: readonly { readonly name: string }[]): boolean {
  return new Set(pairs.map(({ name }) => name)).size === pairs.length;
}

function keywordList(
  slices: readonly (readonly Token[])[],
  reading: Reading,
  depth: number,
): PartlyRead {
  return joined(keywordsOf(slices, reading, depth));
}

function keywordsOf(
  slices: readonly (readonly Token[])[],
  reading: Reading,
  depth: number,
): readonly ({ readonly name: string } & PartlyRead)[] {
  return slices.map((slice) => {
    const pair = pairWords(slice, reading);
    if (pair === undefined)
      throw new TermError('a setting is no pair of key and value', { line: slice[0]?.line ?? 1 });
    return { name: pair.name, ...partlyRead(pair.words, reading, depth + 1) };
  });
}

function joined(pairs: readonly ({ readonly name: string } & PartlyRead)[]): PartlyRead {
  const known = pairs.flatMap(({ name, value }) =>
    value === undefined ? [] : [tuple(atom(name), value)],
  );
  const holes = pairs.flatMap(({ name, holes: inner }) =>
    inner.map(({ path, ...place }) => ({ path: [name, ...path], ...place })),
  );
  return { value: known.length === 0 && holes.length > 0 ? undefined : list(known), holes };
}

/** `name: …` or `{:name, …}` as its name and the words of its value. */
function pairWords(
  words: readonly Token[],
  reading: Reading,
): { readonly name: string; readonly words: readonly Token[] } | undefined {
  const [first, ...rest] = words;
  if (first?.kind === 'key') return { name: first.name, words: rest };
  const items = first?.kind === 'mark' && first.text === '{' ? bracketed(words, '}') : undefined;
  const [name, value, ...more] = items ?? [];
  if (name === undefined || value === undefined || more.length > 0) return undefined;
  const read = attempt(name[0]?.line, () => literalOf(name, reading));
  return 'fault' in read || read.value.kind !== 'atom'
    ? undefined
    : { name: read.value.name, words: value };
}

/** The words of each item of a list that is written out, without a tail. */
function listItems(words: readonly Token[]): readonly (readonly Token[])[] | undefined {
  const [first] = words;
  return first?.kind === 'mark' && first.text === '[' ? bracketed(words, ']') : undefined;
}

function bracketed(
  words: readonly Token[],
  close: string,
): readonly (readonly Token[])[] | undefined {
  const last = words.at(-1);
  if (last?.kind !== 'mark' || last.text !== close) return undefined;
  return slices(words.slice(1, -1));
}

/** The words between commas that stand in no bracket or block; undefined when a bracket closes that was never opened, or `|` divides them. */
function slices(words: readonly Token[]): readonly (readonly Token[])[] | undefined {
  const found: Token[][] = [];
  let [current, depth]: [Token[], number] = [[], 0];
  for (const [index, word] of words.entries()) {
    depth += depthStep(word, words[index - 1]);
    if (depth < 0 || (depth === 0 && word.kind === 'mark' && word.text === '|')) return undefined;
    if (depth === 0 && word.kind === 'mark' && word.text === ',') {
      found.push(current);
      current = [];
    } else current.push(word);
  }
  return current.length > 0 ? [...found, current] : found;
}

function argumentsOf(words: readonly Token[]): readonly (readonly Token[])[] {
  const [first] = words;
  const inner =
    first?.kind === 'mark' && first.text === '(' && closesAtEnd(words) ? words.slice(1, -1) : words;
  return slices(inner) ?? [];
}

// Whether the bracket that opens first closes last: `(a)`, and not `(a) <> (b)`.
function closesAtEnd(words: readonly Token[]): boolean {
  let depth = 0;
  return (
    words.every((word, index) => {
      depth += depthStep(word, words[index - 1]);
      return depth > 0 || index === words.length - 1;
    }) && depth === 0
  );
}

const maxAtomLength = 255;

function literalOf(words: readonly Token[], { source, limits }: Reading): Term {
  const [only, ...others] = words;
  // Most values are a single word, and files have many.
  if (
    only?.kind === 'term' &&
    others.length === 0 &&
    only.term.kind === 'atom' &&
    only.term.name.length <= maxAtomLength
  )
    return only.term;
  const parser = new ElixirParser(words, source, limits, true);
  const term = parser.term();
  parser.expectEnd();
  return term;
}

function nameOf(words: readonly Token[], line: number, reading: Reading): Term {
  if (words.length === 0) throw new TermError('the text ends within a term', { line });
  const term = literalOf(words, reading);
  if (term.kind !== 'atom')
    throw new TermError('the group and the key of a setting must be atoms', { line });
  return term;
}

interface Fault {
  readonly line: number;
  readonly message: string;
}

function attempt<Value>(
  line: number | undefined,
  work: () => Value,
): { readonly value: Value } | { readonly fault: Fault } {
  try {
    return { value: work() };
  } catch (error) {
    if (!(error instanceof TermError)) throw error;
    return { fault: { line: error.line ?? line ?? 1, message: error.message } };
  }
}

/** A hole for a whole setting, group or file. */
export function hole(
  group: string | undefined,
  key: string | undefined,
  { line, message }: Fault,
): Hole {
  return { kind: 'hole', group, key, path: [], isConditional: false, line, message };
}
