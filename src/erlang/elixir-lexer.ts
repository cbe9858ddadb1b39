import { characterCode, unescapeText } from './elixir-escape.js';
import { charlistWord, sigilWord } from './elixir-sigil.js';
import type { Token, Word } from './elixir-token.js';
import { DEFAULT_LIMITS, MAX_INTEGER_DIGITS, type Limits } from './limits.js';
import { OPERATOR_ATOMS } from './names.js';
import type { RegexDialect } from './regex.js';
import { asText, atom, float, integer, FALSE, NIL, TRUE, type Term } from './term.js';

const BLANK = /(?:[^\S\n]+|#[^\n]*|\\\r?\n)+/uy;
const NAME = /[\p{ID_Start}_][\p{ID_Continue}@]*[?!]?/uy;
const ALIAS = /[A-Z][A-Za-z0-9_]*(?:\.[A-Z][A-Za-z0-9_]*)*/y;
const NUMBER = /0x[0-9A-Fa-f]+|0b[01]+|0o[0-7]+|\d+(?:_\d+)*(?:\.\d+(?:_\d+)*(?:[eE][-+]?\d+)?)?/y;
const CHARACTER = /\?(?:\\[^]|[^\\\s])/uy;
const SIGIL = /~([A-Za-z])(?="""|'''|[/|"'([{<])/y;
const MODIFIERS = /[A-Za-z]*/y;
const MARK =
  /<<<|>>>|===|!==|\.\.\.|<<|>>|%\{|=>|->|<-|::|\|>|<>|\+\+|--|&&|\|\||\.\.|==|!=|<=|>=|=~|\\\\|[[\](){},|&.+\-*/=<>!^@%~:]/y;
const KEY_END = /:(?=\s)/y;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const CONSTANTS: Readonly<Record<string, Term>> = { true: TRUE, false: FALSE, nil: NIL };

// Strings within interpolations within strings.
const MAX_INTERPOLATION_DEPTH = 50;

// More words than any value within the limit on terms needs.
const WORDS_PER_TERM = 4;

export interface LexOptions {
  readonly limits?: Limits;
  /** How expressions are to be kept, see RegexDialect; letters when not given. */
  readonly regex?: RegexDialect;
}

/**
 * Splits Elixir source into words, as they are asked for, without understanding it. What is not data (interpolation, unknown
 * sigils) becomes an `unreadable` word; so does all that follows a text that is never closed, or too many words. Never throws.
 */
export function* wordsOf(
  source: string,
  { limits = DEFAULT_LIMITS, regex }: LexOptions,
): Generator<Token, void> {
  const lexer = new Lexer(source, regex);
  let left = limits.terms * WORDS_PER_TERM;
  for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
    if (left === 0) {
      yield {
        ...token,
        kind: 'unreadable',
        message: 'the text has too many words',
        stop: source.length,
      };
      return;
    }
    left -= 1;
    yield token;
  }
}

/** What is between two delimiters, and what is wrong with it. */
interface Quoted {
  readonly raw: string;
  readonly fault?: string;
}

const UNCLOSED: Quoted = { raw: '', fault: 'a text is not closed' };
const INTERPOLATED = 'a text is interpolated';

class Lexer {
  private position = 0;
  private interpolations = 0;
  private line = 1;
  private lineSeenTo = 0;

  constructor(
    private readonly source: string,
    private readonly dialect: RegexDialect | undefined,
  ) {}

  /** The next word, or undefined at the end of the source. */
  next(): Token | undefined {
    this.skip(BLANK);
    const start = this.position;
    if (start >= this.source.length) return undefined;
    const line = this.lineOf(start);
    return { ...this.word(), start, stop: this.position, line };
  }

  private word(): Word {
    const character = this.source[this.position] ?? '';
    if (character === '\n' || character === ';') return this.end();
    if (character === '"' || character === "'") return this.quoted(character);
    if (character === ':') return this.colon();
    if (character === '~' && this.skip(SIGIL)) return this.sigil();
    if (character >= '0' && character <= '9') return this.number(this.match(NUMBER) ?? '');
    if (character === '?') return this.character();
    return (/[A-Za-z_\x80-\uffff]/.test(character) ? this.name() : undefined) ?? this.mark();
  }

  private end(): Word {
    this.position += 1;
    return { kind: 'end' };
  }

  private character(): Word {
    const code = this.match(CHARACTER);
    return code === undefined
      ? this.mark()
      : { kind: 'term', term: integer(characterCode(code.slice(1))) };
  }

  private name(): Word | undefined {
    const start = this.position;
    const name = this.match(NAME);
    if (name === undefined) return undefined;
    if (this.skip(KEY_END)) return { kind: 'key', name };
    const constant = Object.hasOwn(CONSTANTS, name) ? CONSTANTS[name] : undefined;
    if (constant !== undefined) return { kind: 'term', term: constant };
    if (!/^[A-Z]/.test(name)) return { kind: 'name', name };
    this.position = start;
    const alias = this.match(ALIAS) ?? name;
    return { kind: 'term', term: atom(/^Elixir(?:\.|$)/.test(alias) ? alias : `Elixir.${alias}`) };
  }

  private mark(): Word {
    const text = this.match(MARK);
    if (text !== undefined) return { kind: 'mark', text };
    this.position += (this.source.codePointAt(this.position) ?? 0) > 0xffff ? 2 : 1;
    return { kind: 'unreadable', message: 'a character is not Elixir' };
  }

  private number(text: string): Word {
    const digits = text.replaceAll('_', '');
    if (digits.length > MAX_INTEGER_DIGITS)
      return { kind: 'unreadable', message: 'a number has too many digits' };
    if (!/^\d+\./.test(digits)) return { kind: 'term', term: integer(BigInt(digits)) };
    const value = Number(digits);
    return Number.isFinite(value)
      ? { kind: 'term', term: float(value) }
      : { kind: 'unreadable', message: 'a float is too large' };
  }

  private colon(): Word {
    const { source, position } = this;
    const quote = source[position + 1];
    if (quote === '"' || quote === "'") {
      this.position += 1;
      return named(this.body(quote), (name) => ({ kind: 'term', term: atom(name) }));
    }
    this.position += 1;
    const name = this.match(NAME) ?? (source[this.position] === ':' ? undefined : this.operator());
    if (name !== undefined) return { kind: 'term', term: atom(name) };
    this.position = position;
    return this.mark();
  }

  private operator(): string | undefined {
    const operator = OPERATOR_ATOMS.find((candidate) =>
      this.source.startsWith(candidate, this.position),
    );
    this.position += operator?.length ?? 0;
    return operator;
  }

  private quoted(quote: string): Word {
    const body = this.body(quote);
    if (this.skip(KEY_END)) return named(body, (name) => ({ kind: 'key', name }));
    if (!(body instanceof Uint8Array)) return body;
    return quote === '"'
      ? { kind: 'term', term: { kind: 'binary', bytes: body } }
      : charlistWord(body);
  }

  private body(quote: string): Uint8Array | Word {
    const heredoc = quote.repeat(3);
    const { raw, fault } = this.source.startsWith(heredoc, this.position)
      ? this.heredoc(heredoc, true)
      : this.delimited(quote, true);
    if (fault !== undefined) return { kind: 'unreadable', message: fault };
    return (
      unescapeText(raw) ?? { kind: 'unreadable', message: 'a text has an escape of no character' }
    );
  }

  private sigil(): Word {
    const letter = this.source[this.position - 1] ?? '';
    const interpolates = letter === letter.toLowerCase();
    const open = this.source.slice(this.position, this.position + 3);
    const { raw, fault } =
      open === '"""' || open === "'''"
        ? this.heredoc(open, interpolates)
        : this.delimited(open.slice(0, 1), interpolates);
    const modifiers = this.match(MODIFIERS) ?? '';
    return fault === undefined
      ? sigilWord({ letter, raw, modifiers }, this.dialect)
      : { kind: 'unreadable', message: fault };
  }

  // Up to the counterpart of `open`; the backslash before an escaped counterpart is dropped.
  private delimited(open: string, interpolates: boolean): Quoted {
    const close = CLOSING[open] ?? open;
    const pieces: string[] = [];
    let interpolated = false;
    let from = (this.position += 1);
    for (
      let character = this.source[from];
      character !== close;
      character = this.source[this.position]
    ) {
      if (character === undefined) return this.unclosed();
      if (character === '\\') {
        if (this.source[this.position + 1] === close) {
          pieces.push(this.source.slice(from, this.position));
          from = this.position + 1;
        }
        this.position += 2;
      } else if (interpolates && character === '#' && this.source[this.position + 1] === '{') {
        interpolated = true;
        this.skipInterpolation();
      } else {
        this.position += 1;
      }
    }
    pieces.push(this.source.slice(from, this.position));
    this.position += 1;
    return interpolated ? { raw: '', fault: INTERPOLATED } : { raw: pieces.join('') };
  }

  // Three quotes end the line that opens it and begin the line that closes it, whose indentation every line loses.
  private heredoc(quotes: string, interpolates: boolean): Quoted {
    const { source } = this;
    const lines: string[] = [];
    let start = source.indexOf('\n', this.position) + 1;
    while (start > 0 && start < source.length) {
      const end = source.indexOf('\n', start) + 1 || source.length;
      const line = source.slice(start, end);
      const indentation = indentationOf(line);
      if (line.startsWith(quotes, indentation)) {
        this.position = start + indentation + quotes.length;
        const raw = lines
          .map((each) => each.slice(Math.min(indentation, indentationOf(each))))
          .join('');
        return interpolates && /(?<!\\)(?:\\\\)*#\{/.test(raw)
          ? { raw: '', fault: INTERPOLATED }
          : { raw };
      }
      lines.push(line);
      start = end;
    }
    return this.unclosed();
  }

  private skipInterpolation(): void {
    this.interpolations += 1;
    this.position += 2;
    if (this.interpolations > MAX_INTERPOLATION_DEPTH) this.unclosed();
    for (let open = 1; open > 0;) {
      const token = this.next();
      if (token === undefined) break;
      if (token.kind !== 'mark') continue;
      if (token.text === '{' || token.text === '%{') open += 1;
      if (token.text === '}') open -= 1;
    }
    this.interpolations -= 1;
  }

  private unclosed(): Quoted {
    this.position = this.source.length;
    return UNCLOSED;
  }

  // Words are asked for in order, so the lines before are counted once.
  private lineOf(position: number): number {
    for (; this.lineSeenTo < position; this.lineSeenTo += 1)
      if (this.source[this.lineSeenTo] === '\n') this.line += 1;
    return this.line;
  }

  private match(pattern: RegExp): string | undefined {
    const start = this.position;
    return this.skip(pattern) ? this.source.slice(start, this.position) : undefined;
  }

  // `test` on a sticky pattern moves its lastIndex, which saves making a result.
  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.position;
    if (!pattern.test(this.source)) return false;
    this.position = pattern.lastIndex;
    return true;
  }
}

function indentationOf(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0;
}

function named(body: Uint8Array | Word, make: (name: string) => Word): Word {
  if (!(body instanceof Uint8Array)) return body;
  const name = asText({ kind: 'binary', bytes: body });
  return name === undefined ? { kind: 'unreadable', message: 'an atom is not UTF-8' } : make(name);
}
