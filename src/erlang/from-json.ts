import { parseElixirTerm } from './elixir-parser.js';
import { refuseFunctions } from './function-guard.js';
import { addressTuple } from './ip.js';
import { textToTerm, type TextOptions } from './from-text.js';
import { JsonFloat } from './json.js';
import { JsonPath } from './json-path.js';
import { Budget, DEFAULT_LIMITS, type Limits } from './limits.js';
import { PreviousEntries, PreviousItems, previousPair, type Previous } from './previous.js';
import { atom, boolean, float, integer, list, map, NIL, tuple, type Term } from './term.js';
import { TermError } from './term-error.js';
import { hostText, leafText, type JsonDialect } from './to-json.js';
import { toElixir } from './to-elixir.js';

export interface FromJsonOptions extends TextOptions {
  /** The stored term: where its JSON equals what was posted, its floats, regexes, quoted atoms and the like are kept. */
  readonly previous?: Term;
  readonly dialect?: JsonDialect;
  readonly limits?: Limits;
}

/**
 * The term that JSON posted to the config endpoints stands for, as `ConfigDB.to_elixir_types` makes it
 * (docs/instance/config.md#json-to-term), except that nothing is ever evaluated: the texts Akkoma evaluates (`:args`, `:partial_chain`, in the legacy dialect
 * `:dispatch`) must be literals.
 * In: a JSON value, from `parseJson` where whole floats and integers beyond 2^53 matter, else from JSON.parse.
 * Throws TermError with the JSON path for what is no JSON or no data, and for what exceeds a limit.
 */
export function fromJson(value: unknown, options: FromJsonOptions = {}): Term {
  return new JsonTerms(options).value(value, options.previous);
}

class JsonTerms {
  private readonly path = new JsonPath();
  private readonly budget: Budget;
  private readonly dialect: JsonDialect;

  constructor(private readonly options: FromJsonOptions) {
    this.budget = new Budget(options.limits ?? DEFAULT_LIMITS, () => ({
      path: this.path.toString(),
    }));
    this.dialect = options.dialect ?? 'modern';
  }

  value(value: unknown, previous: Previous): Term {
    this.budget.enter();
    const term = this.convert(value, previous);
    if (term.kind === 'atom') this.budget.atom(term.name);
    this.budget.leave();
    return term;
  }

  private convert(value: unknown, previous: Previous): Term {
    if (value === null) return NIL;
    if (typeof value === 'boolean') return boolean(value);
    if (typeof value === 'number') return this.number(value, previous);
    if (typeof value === 'bigint') return integer(value);
    if (typeof value === 'string') return this.text(value, previous);
    if (value instanceof JsonFloat) return this.path.locate(() => float(value.value));
    if (Array.isArray(value)) return this.list(value, previous);
    if (typeof value === 'object' && Object.hasOwn(value, 'tuple'))
      return this.path.at('tuple', () => this.tuple(Reflect.get(value, 'tuple'), previous));
    return typeof value === 'object'
      ? this.map(Object.entries(value), previous)
      : this.path.fail(`a ${typeof value} is no JSON`);
  }

  private number(value: number, previous: Previous): Term {
    if (previous?.kind === 'float' || !Number.isInteger(value))
      return this.path.locate(() => float(value));
    return this.path.locate(() => integer(value));
  }

  private text(value: string, previous: Previous): Term {
    if (previous !== undefined && leafText(previous, this.dialect) === value) return previous;
    return this.path.locate(() => textToTerm(value, this.options));
  }

  private list(values: readonly unknown[], previous: Previous): Term {
    const before = new PreviousItems(previous, this.dialect);
    return list(
      values.map((value, index) =>
        this.path.at(index, () => this.value(value, before.of(value, index))),
      ),
    );
  }

  private map(entries: readonly (readonly [string, unknown])[], previous: Previous): Term {
    const stored = new PreviousEntries(previous, this.dialect);
    return map(
      entries.map(([name, value]) => {
        const [key, before] = stored.of(name);
        return this.path.at(name, () => [
          key ?? this.value(name, undefined),
          this.value(value, before),
        ]);
      }),
    );
  }

  private tuple(values: unknown, previous: Previous): Term {
    if (!Array.isArray(values)) return this.path.fail('a tuple must be an array');
    const items: readonly unknown[] = values;
    return this.pair(items, previous) ?? tuple(...this.items(items, previous));
  }

  private items(values: readonly unknown[], previous: Previous): readonly Term[] {
    const before =
      previous?.kind === 'tuple' && previous.items.length === values.length ? previous.items : [];
    return values.map((value, index) =>
      this.path.at(index, () => this.value(value, before[index])),
    );
  }

  // The pairs that have a form of their own.
  private pair(values: readonly unknown[], previous: Previous): Term | undefined {
    const [name, value, ...rest] = values;
    if (rest.length > 0) return undefined;
    const term = this.path.at(1, () => this.special(name, value, previousPair(previous)));
    return term && typeof name === 'string' ? tuple(atom(name.slice(1)), term) : undefined;
  }

  private special(name: unknown, value: unknown, previous: Previous): Term | undefined {
    if (name === ':partial_chain' && typeof value === 'string')
      return this.literal(value, previous);
    if (this.dialect === 'legacy')
      return name === ':dispatch' && Array.isArray(value)
        ? this.dispatch(value, previous)
        : undefined;
    if (name === ':args' && Array.isArray(value)) return this.args(value, previous);
    return name === ':proxy_url' ? this.proxy(value, previous) : undefined;
  }

  private args(values: readonly unknown[], previous: Previous): Term {
    const before = previous?.kind === 'list' ? previous.items : [];
    return list(
      values.map((value, index) =>
        this.path.at(index, () =>
          typeof value === 'string' && /[{}]/.test(value)
            ? this.literal(value, before[index])
            : this.value(value, before[index]),
        ),
      ),
    );
  }

  private dispatch(values: readonly unknown[], previous: Previous): Term | undefined {
    const [value, ...rest] = values;
    if (typeof value !== 'string' || rest.length > 0) return undefined;
    const before = previous?.kind === 'list' ? previous.items[0] : undefined;
    return list([this.path.at(0, () => this.literal(value, before))]);
  }

  private proxy(value: unknown, previous: Previous): Term | undefined {
    const items: unknown =
      typeof value === 'object' && value !== null && Reflect.get(value, 'tuple');
    if (!Array.isArray(items)) return undefined;
    const [type, host, port, ...rest] = items as readonly unknown[];
    if (typeof host !== 'string' || port === undefined || rest.length > 0) return undefined;
    const before = previous?.kind === 'tuple' && previous.items.length === 3 ? previous.items : [];
    const kept = before[1] && hostText(before[1]) === host ? before[1] : undefined;
    return tuple(
      this.path.at('tuple', () => this.path.at(0, () => this.value(type, before[0]))),
      kept ?? hostTerm(host),
      this.path.at('tuple', () => this.path.at(2, () => this.value(port, before[2]))),
    );
  }

  private literal(source: string, previous: Previous): Term {
    if (previous !== undefined && isShownAs(previous, source, this.dialect)) return previous;
    return this.path.locate(() => {
      const term = parseElixirTerm(source, this.options);
      refuseFunctions(term);
      return term;
    });
  }
}

function isShownAs(term: Term, shown: string, dialect: JsonDialect): boolean {
  try {
    return leafText(term, dialect) === shown || toElixir(term) === shown;
  } catch (error) {
    if (error instanceof TermError) return false;
    throw error;
  }
}

function hostTerm(host: string): Term {
  if (host === 'localhost') return atom(host);
  return (
    addressTuple(host) ??
    list(Array.from(host, (character) => integer(character.codePointAt(0) ?? 0)))
  );
}
