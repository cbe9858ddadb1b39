import { wordsOf, type LexOptions } from './elixir-lexer.js';
import { describe, type Token } from './elixir-token.js';
import { combine, type Operator } from './elixir-operators.js';
import { Budget, DEFAULT_LIMITS, type Limits } from './limits.js';
import { asText, atom, float, integer, list, map, tuple, type Term } from './term.js';
import { TermError } from './term-error.js';

/**
 * Reads Elixir source that is one literal: atoms, numbers, texts, charlists, lists, keywords, tuples, maps, binaries, `~w ~s ~c ~r`
 * and `&Module.name/arity`. Nothing is evaluated: anything else throws TermError with its line.
 */
export function parseElixirTerm(source: string, options: LexOptions = {}): Term {
  const limits = options.limits ?? DEFAULT_LIMITS;
  if (source.length > limits.size)
    throw new TermError(`the text is longer than ${limits.size} characters`);
  const parser = new ElixirParser(wordsOf(source, options), source, limits);
  const term = parser.term();
  parser.expectEnd();
  return term;
}

// The marks a literal can begin with.
const OPENING = new Set(['[', '{', '%{', '<<', '&', '(', '-', '+']);

/** Reads terms from the words of one statement, asking for no more of them than it needs. */
export class ElixirParser {
  private readonly words: Iterator<Token, unknown>;
  private readonly budget: Budget;
  private token: Token | undefined;
  private line = 1;

  /** @param calculates whether `<>`, `++`, `*`, `+` and `-` between literals are read as what they stand for. */
  constructor(
    words: Iterable<Token>,
    private readonly source: string,
    limits: Limits,
    private readonly calculates = false,
  ) {
    this.words = words[Symbol.iterator]();
    this.budget = new Budget(limits, () => ({ line: this.line }));
    this.advance();
  }

  /** Whether the next word is the mark `text`; if so it is taken. */
  take(text: string): boolean {
    if (this.token?.kind !== 'mark' || this.token.text !== text) return false;
    this.advance();
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) this.unexpected();
  }

  expectEnd(): void {
    if (this.token !== undefined) this.unexpected();
  }

  atKey(): boolean {
    return this.token?.kind === 'key';
  }

  /** One literal. */
  term(): Term {
    this.budget.enter();
    const term = this.calculates ? this.joined() : this.literal();
    this.budget.leave();
    return term;
  }

  // `a <> b <> c` and `a ++ b ++ c`, the operators that bind least.
  private joined(): Term {
    return this.chain(['<>', '++'], () =>
      this.chain(['+', '-'], () => this.chain(['*'], () => this.operand())),
    );
  }

  private chain(operators: readonly Operator[], next: () => Term): Term {
    const first = next();
    const rest: { readonly operator: Operator; readonly term: Term }[] = [];
    for (
      let operator = this.takeOne(operators);
      operator !== undefined;
      operator = this.takeOne(operators)
    )
      rest.push({ operator, term: next() });
    if (rest.length === 0) return first;
    return combine(first, rest) ?? this.fail('an operator stands between values it does not take');
  }

  private operand(): Term {
    this.budget.count(1);
    return this.literal();
  }

  private takeOne(operators: readonly Operator[]): Operator | undefined {
    return operators.find((operator) => this.take(operator));
  }

  /** `a: 1, b: 2` up to something that is not another pair; a comma at the end is taken. */
  keywords(): Term[] {
    const pairs: Term[] = [];
    while (this.token?.kind === 'key') {
      const { name } = this.token;
      this.advance();
      this.budget.atom(name);
      pairs.push(tuple(atom(name), this.term()));
      if (!this.take(',')) break;
    }
    return pairs;
  }

  private literal(): Term {
    const { token } = this;
    if (token?.kind === 'term') return this.counted(token.term);
    if (token?.kind !== 'mark' || !OPENING.has(token.text)) return this.unexpected();
    this.advance();
    switch (token.text) {
      case '[':
        return this.list();
      case '{':
        return tuple(...this.items('}'));
      case '%{':
        return this.map();
      case '<<':
        return this.binary();
      case '&':
        return this.export();
      case '(':
        return this.parenthesised();
      default:
        return this.signed(token.text === '-');
    }
  }

  private counted(term: Term): Term {
    this.advance();
    if (term.kind === 'atom') this.budget.atom(term.name);
    if (term.kind !== 'list') return term;
    this.budget.count(term.items.length);
    for (const item of term.items) if (item.kind === 'atom') this.budget.atom(item.name);
    return term;
  }

  // Elements up to `close`; pairs `a: 1` at their end are the keyword list that is the last element.
  private items(close: string): Term[] {
    const items: Term[] = [];
    while (!this.take(close)) {
      if (this.atKey()) {
        items.push(list(this.keywords()));
        this.expect(close);
        break;
      }
      items.push(this.term());
      if (!this.take(',')) {
        this.expect(close);
        break;
      }
    }
    return items;
  }

  private list(): Term {
    const items: Term[] = [];
    while (!this.take(']')) {
      if (this.atKey()) {
        items.push(...this.keywords());
        this.expect(']');
        break;
      }
      items.push(this.term());
      if (this.take(',')) continue;
      if (this.take('|')) {
        const tail = this.term();
        this.expect(']');
        return list(items, tail);
      }
      this.expect(']');
      break;
    }
    return list(items);
  }

  private map(): Term {
    const entries: (readonly [Term, Term])[] = [];
    while (!this.take('}')) {
      if (this.atKey()) {
        for (const pair of this.keywords())
          if (pair.kind === 'tuple') entries.push([pair.items[0] ?? pair, pair.items[1] ?? pair]);
        this.expect('}');
        break;
      }
      const key = this.term();
      this.expect('=>');
      entries.push([key, this.term()]);
      if (!this.take(',')) {
        this.expect('}');
        break;
      }
    }
    return map(entries);
  }

  // Bytes and texts; only the last may be a number of fewer than eight bits: `<<1, "a", 5::size(3)>>`.
  private binary(): Term {
    const pieces: Uint8Array[] = [];
    while (!this.take('>>')) {
      const piece = this.term();
      if (piece.kind === 'binary') pieces.push(piece.bytes);
      else if (piece.kind !== 'integer' || piece.value < 0n || piece.value > 255n)
        this.fail('a binary holds something that is no byte');
      else if (this.take('::')) return this.bits(pieces, Number(piece.value));
      else pieces.push(Uint8Array.of(Number(piece.value)));
      if (!this.take(',')) {
        this.expect('>>');
        break;
      }
    }
    return { kind: 'binary', bytes: new Uint8Array(Buffer.concat(pieces)) };
  }

  private bits(pieces: Uint8Array[], value: number): Term {
    if (this.token?.kind !== 'name' || this.token.name !== 'size') return this.unexpected();
    this.advance();
    this.expect('(');
    const size = this.term();
    this.expect(')');
    this.expect('>>');
    const bits = size.kind === 'integer' ? Number(size.value) : 0;
    if (bits < 1 || bits > 7 || value >= 2 ** bits)
      return this.fail('a bitstring has an impossible size');
    return {
      kind: 'bitstring',
      bytes: new Uint8Array(Buffer.concat([...pieces, Uint8Array.of(value << (8 - bits))])),
      bits,
    };
  }

  private export(): Term {
    const module = this.literal();
    this.expect('.');
    const { token } = this;
    const name =
      token?.kind === 'name' ? token.name : token?.kind === 'term' ? asText(token.term) : undefined;
    this.advance();
    this.expect('/');
    const arity = this.literal();
    if (
      module.kind !== 'atom' ||
      name === undefined ||
      arity.kind !== 'integer' ||
      arity.value < 0n ||
      arity.value > 255n
    ) {
      return this.fail('a function reference is malformed');
    }
    this.budget.atom(name);
    return { kind: 'export', module: module.name, name, arity: Number(arity.value) };
  }

  private parenthesised(): Term {
    const term = this.term();
    this.expect(')');
    return term;
  }

  private signed(negative: boolean): Term {
    const number = this.literal();
    if (number.kind === 'integer') return integer(negative ? -number.value : number.value);
    if (number.kind === 'float') return float(negative ? -number.value : number.value);
    return this.fail('a sign stands before something that is no number');
  }

  private unexpected(): never {
    const { token } = this;
    if (token === undefined) return this.fail('the text ends within a term');
    return this.fail(
      token.kind === 'unreadable'
        ? token.message
        : `${describe(token, this.source)} is not data here`,
    );
  }

  private fail(message: string): never {
    throw new TermError(message, { line: this.line });
  }

  private advance(): void {
    do {
      const next = this.words.next();
      this.token = next.done === true ? undefined : next.value;
    } while (this.token?.kind === 'end');
    this.line = this.token?.line ?? this.line;
  }
}
