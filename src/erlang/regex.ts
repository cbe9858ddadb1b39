import { faultInPattern } from './regex-check.js';
import { asText, atom, list, map, NIL, integer, text, tuple, type Term } from './term.js';
import { TermError } from './term-error.js';

/**
 * How the instance's Elixir keeps a compiled expression: its options as letters (up to 1.16), as atoms (from 1.17), or as atoms
 * with a placeholder the VM recompiles (OTP 28). What each can run:
 * docs/instance/config.md#regular-expressions.
 */
export type RegexDialect = 'letters' | 'atoms' | 'atoms-otp28';

export interface RegexParts {
  readonly source: string;
  /** Elixir's modifiers, in stored order: letters of `uismxfU`. */
  readonly letters: string;
}

const LETTERS = /^[uismxfU]*$/;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['a', '\x07'],
]);
const SHOWN: ReadonlyMap<string, string> = new Map(
  [...ESCAPES].map(([letter, character]) => [character, `\\${letter}`]),
);
const OPTIONS: readonly (readonly [letter: string, atoms: readonly Term[]])[] = [
  ['u', [atom('unicode'), atom('ucp')]],
  ['i', [atom('caseless')]],
  ['s', [atom('dotall'), tuple(atom('newline'), atom('anycrlf'))]],
  ['m', [atom('multiline')]],
  ['x', [atom('extended')]],
  ['f', [atom('firstline')]],
  ['U', [atom('ungreedy')]],
];

/** Source and modifiers of a `Regex` struct in any dialect; undefined for any other term. */
export function regexParts(term: Term): RegexParts | undefined {
  const name = field(term, '__struct__');
  if (name?.kind !== 'atom' || name.name !== 'Elixir.Regex') return undefined;
  const source = asText(field(term, 'source'));
  const options = field(term, 'opts');
  const letters = options?.kind === 'list' ? lettersOf(options.items) : asText(options);
  return source === undefined || letters === undefined ? undefined : { source, letters };
}

/** The dialect of the first expression found in `term`, to write new ones alike; undefined when it holds none. */
export function regexDialectOf(term: Term): RegexDialect | undefined {
  const options = regexParts(term) && field(term, 'opts');
  if (options?.kind === 'binary') return 'letters';
  if (options !== undefined)
    return field(term, 're_version') === undefined ? 'atoms-otp28' : 'atoms';
  for (const part of partsOf(term)) {
    const found = regexDialectOf(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * A `Regex` struct without compiled pattern, which Elixir compiles again at every use.
 * Throws TermError for modifiers Elixir does not know or a source PCRE will certainly refuse.
 */
export function regex({ source, letters }: RegexParts, dialect: RegexDialect = 'letters'): Term {
  const fault = faultInRegex({ source, letters });
  if (fault !== undefined) throw new TermError(`a regular expression cannot be compiled: ${fault}`);
  const options =
    dialect === 'letters'
      ? text(letters)
      : list(
          [...letters].flatMap((letter) => OPTIONS.find(([known]) => known === letter)?.[1] ?? []),
        );
  const placeholder = tuple(atom('re_pattern'), integer(0), integer(0), integer(0), text(''));
  const entries: (readonly [Term, Term])[] = [
    [atom('__struct__'), atom('Elixir.Regex')],
    [atom('opts'), options],
    [atom('re_pattern'), dialect === 'atoms-otp28' ? placeholder : NIL],
    [atom('source'), text(source)],
  ];
  return map(dialect === 'atoms-otp28' ? entries : [...entries, [atom('re_version'), text('')]]);
}

/** Why an expression cannot be compiled, as far as it can be told without PCRE. */
export function faultInRegex({ source, letters }: RegexParts): string | undefined {
  if (!LETTERS.test(letters)) return 'it has unknown modifiers';
  return faultInPattern(source, letters.includes('x') || source.includes('(?x'));
}

/** The expression as Elixir inspects it, always between slashes: `~r/a\/b/i`. */
export function regexText({ source, letters }: RegexParts): string {
  const shown = source.replace(/\\[^]|\/|[\f\n\r\t\v\x07]/gu, (match) =>
    match === '/' ? '\\/' : (SHOWN.get(match) ?? match),
  );
  return `~r/${shown}/${letters}`;
}

/** What the sigil `~r` makes of the text between its delimiters: only the escapes f n r t v a stand for a character. */
export function regexSource(sigil: string): string {
  return sigil.replace(/\\([^])/gu, (pair, escaped: string) => ESCAPES.get(escaped) ?? pair);
}

function lettersOf(options: readonly Term[]): string | undefined {
  const names = options.map((option) =>
    option.kind === 'tuple' ? 'newline' : option.kind === 'atom' ? option.name : '?',
  );
  const letters = OPTIONS.filter(
    ([, [first]]) => first?.kind === 'atom' && names.includes(first.name),
  );
  const known = letters.flatMap(([, atoms]) =>
    atoms.map((part) => (part.kind === 'atom' ? part.name : 'newline')),
  );
  if (!names.every((name) => known.includes(name))) return undefined;
  const position = ([, [first]]: (typeof OPTIONS)[number]): number =>
    first?.kind === 'atom' ? names.indexOf(first.name) : 0;
  return [...letters]
    .sort((a, b) => position(a) - position(b))
    .map(([letter]) => letter)
    .join('');
}

function field(term: Term, name: string): Term | undefined {
  if (term.kind !== 'map') return undefined;
  return term.entries.find(([key]) => key.kind === 'atom' && key.name === name)?.[1];
}

function partsOf(term: Term): readonly Term[] {
  if (term.kind === 'map') return term.entries.flat();
  return term.kind === 'tuple' || term.kind === 'list' ? term.items : [];
}
