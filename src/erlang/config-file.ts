import { conditionalHoles } from './config-conditions.js';
import { hole, settingsOf, type Hole, type StatementPart } from './config-statement.js';
import { wordsOf, type LexOptions } from './elixir-lexer.js';
import { statementsOf } from './elixir-statements.js';
import type { Token } from './elixir-token.js';
import { DEFAULT_LIMITS } from './limits.js';
import { asText, type Term } from './term.js';
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

/** Something in a file that is not data. */
export interface ConfigFault {
  /** Where the first thing that is not data stands, counted from 1. */
  readonly line: number;
  readonly message: string;
  /** The statement as it stands in the file. */
  readonly source: string;
  /** What of the setting could not be read, by column texts and keys; absent where it is not known which. */
  readonly setting?: Pick<Hole, 'group' | 'key' | 'path'>;
}

export interface ConfigFile {
  readonly statements: readonly ConfigStatement[];
  readonly faults: readonly ConfigFault[];
}

/** What a file does, in its order: settings, holes where it cannot be known what is set, and other files it reads. */
export type ConfigPart = (StatementPart | { readonly kind: 'import'; readonly path: string }) & {
  readonly line: number;
};

const BREAK = '\r\n\r\n';
// A file with more is no configuration.
const MAX_FAULTS = 1000;
// They name modules; nothing is set by them.
const DIRECTIVES = new Set(['import', 'use', 'require', 'alias']);
const notRead = 'only `config` statements are read';

/**
 * Reads an Elixir configuration file, exported or written by hand, without evaluating anything.
 * Every `config` statement becomes one statement for each setting whose values are literals, or texts, lists and numbers that
 * `<>`, `++`, `*`, `+` and `-` make of literals. Of a keyword list the keys that are data count; each other one, and every other
 * statement (also a block with `config` in it, or a function reference the instance should not call), becomes a fault. Lines
 * that only name modules (`import Config`, `require Logger`) are passed over. Never throws for what is in the file; a file over
 * the size limit is one fault, and reading stops after a thousand.
 */
export function parseConfigFile(source: string, options: LexOptions = {}): ConfigFile {
  return fileOf([...statementsIn(source, wordsOf(source, options), options)]);
}

/**
 * The same for a server, which has other things to do meanwhile.
 * @param rest called between steps of less than a millisecond or two; it may wait.
 */
export async function parseConfigFileInSteps(
  source: string,
  options: LexOptions,
  rest: () => Promise<void>,
): Promise<ConfigFile> {
  const words: Token[] = [];
  if (source.length <= (options.limits ?? DEFAULT_LIMITS).size) {
    for (const word of wordsOf(source, options)) {
      words.push(word);
      if (words.length % 1_000 === 0) await rest();
    }
  }
  const found: ReadStatement[] = [];
  for (const statement of statementsIn(source, words, options)) {
    found.push(statement);
    await rest();
  }
  return fileOf(found);
}

function fileOf(found: readonly ReadStatement[]): ConfigFile {
  const statements: ConfigStatement[] = [];
  const faults: ConfigFault[] = [];
  for (const { parts, line, text, fault } of found) {
    if (fault !== undefined) faults.push({ line, message: fault, source: text });
    for (const part of parts) {
      if (part.kind === 'setting' && part.value !== undefined)
        statements.push({ group: part.group, key: part.key, value: part.value, line });
      if (part.kind !== 'hole' || fault !== undefined) continue;
      const { group, key, path } = part;
      faults.push({
        line: part.line,
        message: part.message,
        source: text,
        ...(group === undefined ? {} : { setting: { group, key, path } }),
      });
    }
  }
  return { statements, faults };
}

/** The same as parts in the order of the file, by which it can be told what a later line overrides. */
export function partsOfConfigFile(source: string, options: LexOptions = {}): readonly ConfigPart[] {
  return [...statementsIn(source, wordsOf(source, options), options)].flatMap(({ parts, line }) =>
    parts.map((part) => ({ line, ...part })),
  );
}

interface ReadStatement {
  readonly line: number;
  readonly text: string;
  readonly parts: readonly (StatementPart | { readonly kind: 'import'; readonly path: string })[];
  /** Why the statement as a whole is not read. */
  readonly fault?: string;
}

function* statementsIn(
  source: string,
  tokens: Iterable<Token>,
  options: LexOptions,
): Generator<ReadStatement, void> {
  const limits = options.limits ?? DEFAULT_LIMITS;
  if (source.length > limits.size) {
    yield lost(1, '', `the file is longer than ${limits.size} characters`);
    return;
  }
  let faults = 0;
  for (const words of statementsOf(tokens)) {
    const [first, last] = [words[0], words.at(-1)];
    if (first === undefined || last === undefined) continue;
    if (faults >= MAX_FAULTS) {
      yield lost(first.line, source.slice(first.start), 'the rest of the file is not read');
      return;
    }
    const statement = readStatement(words, { source, limits });
    const holes = statement.parts.filter(({ kind }) => kind === 'hole').length;
    faults += statement.fault === undefined ? holes : 1;
    const read = { ...statement, line: first.line, text: source.slice(first.start, last.stop) };
    // A text that is never closed takes all that follows with it.
    const isCutShort = last.kind === 'unreadable' && last.stop >= source.length;
    yield isCutShort
      ? {
          ...read,
          fault: statement.fault ?? last.message,
          parts: [
            ...read.parts,
            hole(undefined, undefined, { line: last.line, message: last.message }),
          ],
        }
      : read;
  }
}

function lost(line: number, text: string, message: string): ReadStatement {
  return { line, text, fault: message, parts: [hole(undefined, undefined, { line, message })] };
}

function readStatement(
  words: readonly Token[],
  reading: Parameters<typeof settingsOf>[1],
): Pick<ReadStatement, 'parts' | 'fault'> {
  const [first, second] = words;
  if (first?.kind === 'unreadable') return { parts: [], fault: first.message };
  const word = first?.kind === 'name' ? first.name : undefined;
  const isAssigned = second?.kind === 'mark' && second.text === '=';
  if (word === 'config' && !isAssigned) return { parts: settingsOf(words, reading) };
  if (word !== undefined && DIRECTIVES.has(word) && !isAssigned) return { parts: [] };
  const path =
    word === 'import_config' && words.length === 2 && second?.kind === 'term'
      ? asText(second.term)
      : undefined;
  return {
    parts: path === undefined ? conditionalHoles(words, reading) : [{ kind: 'import', path }],
    fault: notRead,
  };
}

/**
 * Writes settings as an Elixir configuration file that `import Config` reads, one per paragraph, CRLF line ends, nothing cut.
 * Throws TermError for a group or key that is no atom and for a value that has no text (a fun, pid, port or reference).
 */
export function writeConfigFile(entries: readonly ConfigEntry[]): string {
  const statements = entries.map(({ group, key, value }) => {
    if (group.kind !== 'atom' || key.kind !== 'atom')
      throw new TermError('the group and the key of a setting must be atoms');
    return `config ${toElixir(group)}, ${toElixir(key)}, ${toElixir(value)}${BREAK}`;
  });
  return `import Config${BREAK}${statements.join('')}`;
}
