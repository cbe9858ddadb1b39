import { addressText } from './ip.js';
import { JsonFloat, type JsonValue } from './json.js';
import { JsonPath } from './json-path.js';
import { atomText } from './names.js';
import { regexParts, regexText } from './regex.js';
import { asText, type Term } from './term.js';
import { toElixir } from './to-elixir.js';

/** `modern`: Akkoma and Pleroma since 2.0. `legacy`: Pleroma 1.1. */
export type JsonDialect = 'modern' | 'legacy';

type Kind<K extends Term['kind']> = Extract<Term, { kind: K }>;
type Pair = readonly [name: string, value: Term];

/**
 * A term in the JSON of the config endpoints, as `ConfigDB.to_json_types` makes it
 * (docs/instance/config.md#term-to-json).
 * Throws TermError with the JSON path for what has no JSON: structs other than Regex, binaries that are not UTF-8, improper
 * lists, funs and the like, maps with keys that are no text or would become the same text.
 */
export function toJson(term: Term, dialect: JsonDialect = 'modern'): JsonValue {
  return new JsonWriter(dialect).value(term);
}

/** The text an atom, binary, regex or function reference has in JSON; undefined for other terms and for true, false and nil. */
export function leafText(term: Term, dialect: JsonDialect): string | undefined {
  if (term.kind === 'atom') return isConstant(term.name) ? undefined : atomJson(term.name, dialect);
  if (term.kind === 'binary') return asText(term);
  if (term.kind === 'export') return toElixir(term);
  const expression = regexParts(term);
  return expression && regexText(expression);
}

/** The name of a map key in JSON; undefined when it has none. */
export function keyJson(key: Term, dialect: JsonDialect): string | undefined {
  if (
    key.kind === 'integer' ||
    key.kind === 'float' ||
    (key.kind === 'atom' && isConstant(key.name))
  )
    return toElixir(key);
  return leafText(key, dialect);
}

/** The text of the host in a `:proxy_url` tuple. */
export function hostText(host: Term): string | undefined {
  if (host.kind === 'atom') return host.name === 'localhost' ? host.name : undefined;
  if (host.kind === 'list' && host.tail === undefined) return charactersOf(host.items);
  return addressText(host) ?? asText(host);
}

class JsonWriter {
  private readonly path = new JsonPath();

  constructor(private readonly dialect: JsonDialect) {}

  value(term: Term): JsonValue {
    switch (term.kind) {
      case 'list':
        return this.list(term);
      case 'map':
        return leafText(term, this.dialect) ?? this.map(term);
      case 'tuple':
        return { tuple: this.path.at('tuple', () => this.pair(term) ?? this.items(term.items)) };
      case 'binary':
      case 'export':
        return leafText(term, this.dialect) ?? this.path.fail('a binary is not UTF-8');
      case 'integer':
        return Number.isSafeInteger(Number(term.value)) ? Number(term.value) : term.value;
      case 'float':
        return Number.isInteger(term.value) ? new JsonFloat(term.value) : term.value;
      case 'atom':
        return term.name === 'nil'
          ? null
          : isConstant(term.name)
            ? term.name === 'true'
            : atomJson(term.name, this.dialect);
      default:
        return this.path.fail(
          `a ${term.kind === 'bitstring' ? 'bitstring' : 'fun, pid, port or reference'} has no JSON`,
        );
    }
  }

  private items(items: readonly Term[]): readonly JsonValue[] {
    return items.map((item, index) => this.path.at(index, () => this.value(item)));
  }

  private list({ items, tail }: Kind<'list'>): JsonValue {
    return tail === undefined ? this.items(items) : this.path.fail('an improper list has no JSON');
  }

  private map({ entries }: Kind<'map'>): JsonValue {
    const names = new Set<string>();
    const properties = entries.map(([key, value]): [string, JsonValue] => {
      const name = keyJson(key, this.dialect) ?? this.path.fail('a key of a map is no text');
      if (name === ':__struct__') this.path.fail('a struct has no JSON');
      if (names.has(name)) this.path.fail(`two keys of a map are both ${name} in JSON`);
      names.add(name);
      return [name, this.path.at(name, () => this.value(value))];
    });
    return Object.fromEntries(properties);
  }

  // The pairs that are shown in a form of their own.
  private pair(term: Kind<'tuple'>): readonly JsonValue[] | undefined {
    const [name, value, ...rest] = term.items;
    if (name?.kind !== 'atom' || value === undefined || rest.length > 0) return undefined;
    return this.dialect === 'modern'
      ? this.modernPair([name.name, value])
      : this.legacyPair([name.name, value]);
  }

  private modernPair([name, value]: Pair): readonly JsonValue[] | undefined {
    if (name === 'args' && value.kind === 'list' && value.tail === undefined)
      return [':args', this.path.at(1, () => this.args(value.items))];
    if (name === 'proxy_url' && value.kind === 'tuple' && value.items.length === 3)
      return this.proxy(value.items);
    return undefined;
  }

  private legacyPair([name, value]: Pair): readonly JsonValue[] | undefined {
    if (name !== 'dispatch' || value.kind !== 'list' || value.tail !== undefined) return undefined;
    const [only, ...rest] = value.items;
    return only === undefined || rest.length > 0
      ? undefined
      : [':dispatch', [this.path.locate(() => toElixir(only))]];
  }

  private args(items: readonly Term[]): readonly JsonValue[] {
    return items.map((item, index) =>
      this.path.at(index, () =>
        item.kind === 'tuple' ? this.path.locate(() => toElixir(item)) : this.value(item),
      ),
    );
  }

  private proxy([type, host, port]: readonly Term[]): readonly JsonValue[] | undefined {
    const shown = host && hostText(host);
    if (type === undefined || shown === undefined || port === undefined) return undefined;
    return [':proxy_url', { tuple: [this.value(type), shown, this.value(port)] }];
  }
}

function atomJson(name: string, dialect: JsonDialect): string {
  if (dialect === 'legacy')
    return name.startsWith('Elixir.') ? name.slice('Elixir.'.length) : `:${name}`;
  return /^tlsv1\.[123]$/.test(name) ? `:${name}` : atomText(name);
}

function isConstant(name: string): boolean {
  return name === 'nil' || name === 'true' || name === 'false';
}

function charactersOf(items: readonly Term[]): string | undefined {
  const codes = items.map((item) => (item.kind === 'integer' ? Number(item.value) : -1));
  const valid = codes.every(
    (code) => code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff),
  );
  return valid ? codes.map((code) => String.fromCodePoint(code)).join('') : undefined;
}
