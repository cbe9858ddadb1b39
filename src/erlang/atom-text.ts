import { atomText } from './names.js';
import { text, atom, type Term } from './term.js';
import { TermError } from './term-error.js';

// A config_db.ex:393 and P config_db.ex:386 together; a dot must follow, then the segments of an alias.
const PREFIXED_MODULE =
  /^(?:Pleroma|Phoenix|Tesla|Quack|Ueberauth|Swoosh|Logger|LoggerBackends)(?:\.[A-Z][A-Za-z0-9_]*)+$/;
const WHOLE_MODULES = new Set(['Oban', 'Ueberauth', 'ExSyslogger', 'ConcurrentLimiter']);

/**
 * Whether a text stands for a module in the config JSON and in the columns of `config`
 * (docs/instance/config.md#json-to-term).
 */
export function looksLikeModule(value: string): boolean {
  return WHOLE_MODULES.has(value) || PREFIXED_MODULE.test(value);
}

/**
 * What the instance reads in the columns `group` and `key` (docs/instance/config.md#the-table):
 * after a colon the atom verbatim, quotes
 * included; a module; else just a text, which is no setting to it.
 */
export function columnTerm(column: string): Term {
  if (column.startsWith(':')) return atom(column.slice(1));
  return looksLikeModule(column) ? atom(`Elixir.${column}`) : text(column);
}

/** What the instance stores for an atom in the columns `group` and `key`: its inspection. Throws TermError for other terms. */
export function columnText(term: Term): string {
  if (term.kind !== 'atom')
    throw new TermError('a group or key must begin with a colon or be a module');
  return atomText(term.name);
}

/** The spellings a column may have for the same setting: Pleroma 1.x stored what was sent, mostly without a colon. */
export function columnSpellings(column: string): readonly string[] {
  if (looksLikeModule(column)) return [column];
  const bare = column.replace(/^:/, '');
  return [`:${bare}`, bare];
}
