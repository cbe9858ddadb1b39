import { looksLikeModule } from './atom-text.js';
import { regex, regexSource, type RegexDialect } from './regex.js';
import { atom, text, type Term } from './term.js';
import { TermError } from './term-error.js';

export interface TextOptions {
  /** How new expressions are to be kept, see RegexDialect; letters when not given. */
  readonly regex?: RegexDialect;
  /** Tells whether the instance has a module. One it lacks becomes `:invalid_atom`, as in Akkoma; without this all are taken to exist. */
  readonly hasModule?: (name: string) => boolean;
}

/**
 * What a text in config JSON stands for (docs/instance/config.md#json-to-term): `~r/…/i` an expression, `:name` an atom verbatim, the name
 * of a module that module, anything else itself without surrounding blanks.
 * Throws TermError for a text that begins like an expression and is none, where the instance would store nil.
 */
export function textToTerm(value: string, { regex: dialect, hasModule }: TextOptions = {}): Term {
  const trimmed = value.trim();
  if (trimmed.startsWith('~r')) return expression(trimmed, dialect);
  if (trimmed.startsWith(':')) return atom(trimmed.slice(1));
  if (!looksLikeModule(trimmed)) return text(trimmed);
  return atom(hasModule?.(trimmed) === false ? 'invalid_atom' : `Elixir.${trimmed}`);
}

// The last closing delimiter ends the expression, whatever opened it; Elixir then reads the part between as a sigil.
function expression(value: string, dialect: RegexDialect | undefined): Term {
  let end = value.length;
  while (/[A-Za-z]/.test(value[end - 1] ?? '')) end -= 1;
  const [opening = '', closing = ''] = [value[2], value[end - 1]];
  const source = value.slice(3, end - 1);
  if (
    !'/|"\'([{<'.includes(opening) ||
    !'/|"\')]}>'.includes(closing) ||
    source === '' ||
    source.includes('\n')
  ) {
    throw new TermError('a text that begins with ~r is no regular expression');
  }
  if (source.includes('#{')) throw new TermError('a regular expression must not be interpolated');
  return regex({ source: regexSource(source), letters: value.slice(end) }, dialect);
}
