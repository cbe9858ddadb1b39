import type { Word } from './elixir-token.js';
import { unescapeText } from './elixir-escape.js';
import { regex, regexSource, type RegexDialect } from './regex.js';
import { asText, atom, integer, list, text, type Term } from './term.js';
import { TermError } from './term-error.js';

/** A sigil taken apart: `~w(a b)a` is letter `w`, raw `a b`, modifiers `a`. */
export interface Sigil {
  readonly letter: string;
  readonly raw: string;
  readonly modifiers: string;
}

// Longer lists than any setting has are not made from a text.
const MAX_LIST_TEXT = 100_000;

/** The term of a sigil `s`, `c`, `w` or `r`, of a capital letter the same without escapes; any other is not data. */
export function sigilWord(
  { letter, raw, modifiers }: Sigil,
  dialect: RegexDialect | undefined,
): Word {
  const plain = letter !== letter.toLowerCase();
  const kind = letter.toLowerCase();
  if (kind === 'r') return regexWord(plain ? raw : regexSource(raw), modifiers, dialect);
  const bytes = plain ? new Uint8Array(Buffer.from(raw)) : unescapeText(raw);
  if (bytes === undefined)
    return { kind: 'unreadable', message: 'a text has an escape of no character' };
  if (kind === 's' && modifiers === '') return { kind: 'term', term: { kind: 'binary', bytes } };
  if (kind === 'c' && modifiers === '') return charlistWord(bytes);
  if (kind === 'w') return wordsWord(bytes, modifiers);
  return { kind: 'unreadable', message: `the sigil ~${letter} is not data` };
}

/** A list of the codes of the characters in `bytes`. */
export function charlistWord(bytes: Uint8Array): Word {
  const characters = asText({ kind: 'binary', bytes });
  if (characters === undefined || bytes.length > MAX_LIST_TEXT)
    return { kind: 'unreadable', message: 'a charlist is too long or not UTF-8' };
  return { kind: 'term', term: codes(characters) };
}

function codes(characters: string): Term {
  return list(Array.from(characters, (character) => integer(character.codePointAt(0) ?? 0)));
}

const wordMakers = new Map<string, (word: string) => Term>([
  ['', text],
  ['s', text],
  ['a', atom],
  ['c', codes],
]);

function wordsWord(bytes: Uint8Array, modifiers: string): Word {
  const make = wordMakers.get(modifiers);
  const words = asText({ kind: 'binary', bytes });
  if (make === undefined || words === undefined || bytes.length > MAX_LIST_TEXT)
    return { kind: 'unreadable', message: 'a list of words is not readable' };
  return {
    kind: 'term',
    term: list(
      words
        .split(/\s+/u)
        .filter((word) => word !== '')
        .map(make),
    ),
  };
}

function regexWord(source: string, letters: string, dialect: RegexDialect | undefined): Word {
  try {
    return { kind: 'term', term: regex({ source, letters }, dialect) };
  } catch (error) {
    if (error instanceof TermError) return { kind: 'unreadable', message: error.message };
    throw error;
  }
}
