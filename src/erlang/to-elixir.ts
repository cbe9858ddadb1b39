import { floatText } from './float-text.js';
import { atomText, escapeText, isPrintable, keyText } from './names.js';
import { regexLiteral } from './regex-literal.js';
import { asText, type Term } from './term.js';
import { TermError } from './term-error.js';

type Kind<K extends Term['kind']> = Extract<Term, { kind: K }>;

/**
 * A term as Elixir source on one line, as `inspect` with no limit writes it
 * (docs/instance/config.md#exported-file): nothing is ever cut.
 * Charlists are written `~c"…"`, which every Elixir reads. Throws TermError for funs, pids, ports and references.
 */
export function toElixir(term: Term): string {
  switch (term.kind) {
    case 'atom':
      return atomText(term.name);
    case 'integer':
      return term.value.toString();
    case 'float':
      return floatText(term.value);
    case 'binary':
      return binary(term);
    case 'bitstring':
      return `<<${[...term.bytes.slice(0, -1), `${(term.bytes.at(-1) ?? 0) >> (8 - term.bits)}::size(${term.bits})`].join(', ')}>>`;
    case 'tuple':
      return `{${term.items.map(toElixir).join(', ')}}`;
    case 'list':
      return list(term);
    case 'map':
      return regexLiteral(term) ?? map(term);
    case 'export':
      return `&${moduleText(term.module)}.${functionText(term.name)}/${term.arity}`;
    case 'opaque':
      throw new TermError('a fun, pid, port or reference cannot be written as text');
  }
}

function binary(term: Kind<'binary'>): string {
  const text = asText(term);
  return text !== undefined && isPrintable(text)
    ? `"${escapeText(text)}"`
    : `<<${term.bytes.join(', ')}>>`;
}

function list(term: Kind<'list'>): string {
  const tail = term.tail === undefined ? '' : ` | ${toElixir(term.tail)}`;
  const characters = tail === '' ? charlist(term.items) : undefined;
  if (characters !== undefined) return `~c"${escapeText(characters)}"`;
  const entries = term.items.map((item) =>
    item.kind === 'tuple' && item.items.length === 2 ? item.items : [],
  );
  const pairs = tail === '' ? keywords(entries) : undefined;
  return `[${pairs ?? term.items.map(toElixir).join(', ') + tail}]`;
}

function map({ entries }: Kind<'map'>): string {
  return `%{${keywords(entries) ?? entries.map(([key, value]) => `${toElixir(key)} => ${toElixir(value)}`).join(', ')}}`;
}

// `a: 1, b: 2`, when every key is an atom that is no module.
function keywords(entries: readonly (readonly Term[])[]): string | undefined {
  const pairs: string[] = [];
  for (const [key, value] of entries) {
    if (key?.kind !== 'atom' || value === undefined || /^Elixir(?:\.|$)/.test(key.name))
      return undefined;
    pairs.push(`${keyText(key.name)} ${toElixir(value)}`);
  }
  return pairs.join(', ');
}

// An operator would run into the point that follows it.
function moduleText(name: string): string {
  return /^[\p{L}_]/u.test(name) ? atomText(name) : `:"${escapeText(name)}"`;
}

function functionText(name: string): string {
  const plain = /^[a-z_][A-Za-z0-9_]*[?!]?$/.test(name) && !/^(?:nil|true|false)$/.test(name);
  return plain ? name : `"${escapeText(name)}"`;
}

function charlist(items: readonly Term[]): string | undefined {
  const codes = items.map((item) =>
    item.kind === 'integer' && item.value >= 7n && item.value <= 126n ? Number(item.value) : 0,
  );
  const characters = String.fromCharCode(...codes.slice(0, 10_000));
  return codes.length > 0 && codes.length <= 10_000 && /^[\x07-\r\x1b\x20-\x7e]+$/.test(characters)
    ? characters
    : undefined;
}
