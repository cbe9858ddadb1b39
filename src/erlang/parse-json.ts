import { JsonFloat, type JsonValue } from './json.js';
import { Budget, DEFAULT_LIMITS, MAX_INTEGER_DIGITS, type Limits } from './limits.js';
import { TermError } from './term-error.js';

const BLANK = /[ \t\n\r]+/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const CONSTANT = /true|false|null/y;

/**
 * Reads JSON text without losing what JSON.parse loses: integers beyond 2^53 become bigint, `1.0` becomes JsonFloat.
 * Throws TermError for anything that is not JSON or exceeds a limit.
 */
export function parseJson(source: string, limits: Limits = DEFAULT_LIMITS): JsonValue {
  if (source.length > limits.size)
    throw new TermError(`the JSON is longer than ${limits.size} characters`);
  return new JsonReader(source, limits).whole();
}

class JsonReader {
  private position = 0;
  private readonly budget: Budget;

  constructor(
    private readonly source: string,
    limits: Limits,
  ) {
    this.budget = new Budget(limits, () => ({ offset: this.position }));
  }

  whole(): JsonValue {
    const value = this.value();
    return this.position === this.source.length ? value : this.fail();
  }

  private value(): JsonValue {
    this.budget.enter();
    this.match(BLANK);
    const value = this.bare();
    this.match(BLANK);
    this.budget.leave();
    return value;
  }

  private bare(): JsonValue {
    const character = this.source[this.position];
    if (character === '{') return this.object();
    if (character === '[') return this.array();
    if (character === '"') return this.string();
    const constant = this.match(CONSTANT)?.[0];
    if (constant !== undefined) return constant === 'null' ? null : constant === 'true';
    return this.number();
  }

  private object(): JsonValue {
    const entries: [string, JsonValue][] = [];
    this.position += 1;
    this.match(BLANK);
    if (this.take('}')) return {};
    do {
      this.match(BLANK);
      const key = this.string();
      this.match(BLANK);
      if (!this.take(':')) this.fail();
      entries.push([key, this.value()]);
    } while (this.take(','));
    // fromEntries makes a `__proto__` an ordinary key
    return this.take('}') ? Object.fromEntries(entries) : this.fail();
  }

  private array(): JsonValue {
    const items: JsonValue[] = [];
    this.position += 1;
    this.match(BLANK);
    if (this.take(']')) return items;
    do items.push(this.value());
    while (this.take(','));
    return this.take(']') ? items : this.fail();
  }

  private string(): string {
    const start = this.position;
    if (this.source[start] !== '"') this.fail();
    let end = start + 1;
    while (end < this.source.length && this.source[end] !== '"')
      end += this.source[end] === '\\' ? 2 : 1;
    this.position = end + 1;
    try {
      return String(JSON.parse(this.source.slice(start, end + 1)));
    } catch {
      return this.fail('a string is not JSON');
    }
  }

  private number(): number | bigint | JsonFloat {
    const [text, fraction, exponent] = this.match(NUMBER) ?? this.fail();
    if (fraction === undefined && exponent === undefined) {
      if (text.length > MAX_INTEGER_DIGITS) this.fail('a number has too many digits');
      return Number.isSafeInteger(Number(text)) ? Number(text) + 0 : BigInt(text);
    }
    const value = Number(text);
    if (!Number.isFinite(value)) this.fail('a float is too large');
    return Number.isInteger(value) ? new JsonFloat(value) : value;
  }

  private take(character: string): boolean {
    if (this.source[this.position] !== character) return false;
    this.position += 1;
    return true;
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.source) ?? undefined;
    this.position += found?.[0].length ?? 0;
    return found;
  }

  private fail(message = 'this is not JSON'): never {
    throw new TermError(message, { offset: this.position });
  }
}
