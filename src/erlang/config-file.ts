import { wordsOf, type LexOptions } from './elixir-lexer.js';
import { ElixirParser } from './elixir-parser.js';
import { statementsOf } from './elixir-statements.js';
import type { Token } from './elixir-token.js';
import { refuseFunctions } from './function-guard.js';
import { DEFAULT_LIMITS, type Limits } from './limits.js';
import { list, type Term } from './term.js';
import { TermError } from './term-error.js';
import { toElixir } from './to-elixir.js';

/** One setting: `config :group, :key, value`. `group` and `key` are atoms. */
export interface ConfigEntry {
  readonly group: Term;
  readonly key: Term;
  readonly value: Term;
}

export interface ConfigStatement extends ConfigEntry {
  /** Where the statement begins, counted from 1. */
  readonly line: number;
}

/** A statement that is not data. */
export interface ConfigFault {
  /** Where the first thing that is not data stands, counted from 1. */
  readonly line: number;
  readonly message: string;
  /** The statement as it stands in the file. */
  readonly source: string;
}

export interface ConfigFile {
  readonly statements: readonly ConfigStatement[];
  readonly faults: readonly ConfigFault[];
}

const BREAK = '\r\n\r\n';
// A file with more is no configuration.
const MAX_FAULTS = 1000;
const HEADERS = new Set(['import Config', 'use Mix.Config']);

/**
 * Reads an Elixir configuration file, exported or written by hand (facts/moderation.md §3.7), without evaluating anything.
 * Every `config` statement whose values are literals becomes a statement (`config :app, a: 1, b: 2` one per key); every other
 * one, also a block with `config` in it or a function reference the instance should not call, becomes a fault. Never throws for
 * what is in the file; a file over the size limit is one fault, and reading stops after a thousand.
 */
export function parseConfigFile(source: string, options: LexOptions = {}): ConfigFile {
  const limits = options.limits ?? DEFAULT_LIMITS;
  if (source.length > limits.size) return { statements: [], faults: [{ line: 1, message: `the file is longer than ${limits.size} characters`, source: '' }] };
  const statements: ConfigStatement[] = [];
  const faults: ConfigFault[] = [];
  for (const words of statementsOf(wordsOf(source, options))) {
    const [first, last] = [words[0], words.at(-1)];
    if (first === undefined || last === undefined) continue;
    const text = source.slice(first.start, last.stop);
    if (faults.length === MAX_FAULTS) {
      faults.push({ line: first.line, message: 'the rest of the file is not read', source: source.slice(first.start) });
      break;
    }
    if (HEADERS.has(text.replace(/\s+/g, ' '))) continue;
    try {
      for (const entry of entriesOf(words, source, limits)) statements.push({ ...entry, line: first.line });
    } catch (error) {
      if (!(error instanceof TermError)) throw error;
      faults.push({ line: error.line ?? first.line, message: error.message, source: text });
    }
  }
  return { statements, faults };
}

/**
 * Writes settings as an Elixir configuration file that `import Config` reads, one per paragraph, CRLF line ends, nothing cut.
 * Throws TermError for a group or key that is no atom and for a value that has no text (a fun, pid, port or reference).
 */
export function writeConfigFile(entries: readonly ConfigEntry[]): string {
  const statements = entries.map(({ group, key, value }) => {
    if (group.kind !== 'atom' || key.kind !== 'atom') throw new TermError('the group and the key of a setting must be atoms');
    return `config ${toElixir(group)}, ${toElixir(key)}, ${toElixir(value)}${BREAK}`;
  });
  return `import Config${BREAK}${statements.join('')}`;
}

function entriesOf(words: readonly Token[], source: string, limits: Limits): readonly ConfigEntry[] {
  const [first] = words;
  if (first?.kind === 'unreadable') throw new TermError(first.message);
  if (first?.kind !== 'name' || first.name !== 'config') throw new TermError('only `config` statements are read');
  const parser = new ElixirParser(words.slice(1), source, limits);
  const parenthesised = parser.take('(');
  const group = parser.term();
  parser.expect(',');
  const entries = parser.atKey() ? settings(group, list(parser.keywords())) : entriesAfterComma(parser, group);
  if (parenthesised) parser.expect(')');
  parser.expectEnd();
  if (group.kind !== 'atom' || entries.some(({ key }) => key.kind !== 'atom')) throw new TermError('the group and the key of a setting must be atoms');
  for (const { value } of entries) refuseFunctions(value);
  return entries;
}

function entriesAfterComma(parser: ElixirParser, group: Term): readonly ConfigEntry[] {
  const key = parser.term();
  if (!parser.take(',')) return settings(group, key);
  return [{ group, key, value: parser.atKey() ? list(parser.keywords()) : parser.term() }];
}

// `config :app, a: 1, b: 2`: a keyword list instead of a key.
function settings(group: Term, keywords: Term): readonly ConfigEntry[] {
  const items = keywords.kind === 'list' && keywords.tail === undefined ? keywords.items : undefined;
  if (items === undefined) throw new TermError('a setting has no value');
  return items.map((item) => {
    const [key, value, ...rest] = item.kind === 'tuple' ? item.items : [];
    if (key === undefined || value === undefined || rest.length > 0) throw new TermError('a setting is no pair of key and value');
    return { group, key, value };
  });
}
