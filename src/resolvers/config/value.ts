import { parseElixirTerm } from '../../erlang/elixir-parser.js';
import { fromJson } from '../../erlang/from-json.js';
import type { TextOptions } from '../../erlang/from-text.js';
import { refuseFunctions } from '../../erlang/function-guard.js';
import { regexDialectOf, type RegexDialect } from '../../erlang/regex.js';
import { equals, type Term } from '../../erlang/term.js';
import { TermError } from '../../erlang/term-error.js';
import type { JsonDialect } from '../../erlang/to-json.js';
import { isMissingModule } from '../../instance/modules.js';

/**
 * A posted value, in whatever notation: becomes a term once it is known what is stored, so that what JSON cannot tell apart (1 and 1.0,
 * a compiled expression and its text) stays as it is. Throws TermError for what is no data. Nothing is ever evaluated.
 */
export type PostedValue = (stored: Term | undefined, options: TextOptions) => Term;

/** A value in the JSON of the config endpoints. */
export function jsonValue(value: unknown, dialect: JsonDialect = 'modern'): PostedValue {
  return (previous, options) =>
    fromJson(value, { ...options, dialect, ...(previous ? { previous } : {}) });
}

/** A value written in Elixir, e.g. `[name: "Town", ratio: 1.0]`; it must be a literal. */
export function elixirValue(source: string): PostedValue {
  return (stored, options) => {
    const term = parseElixirTerm(source, options);
    if (!stored || !equals(stored, term)) refuseFunctions(term);
    return term;
  };
}

/** What to do with a module the instance lacks: refuse it, or like Akkoma store the atom `:invalid_atom`. */
export type MissingModules = 'refuse' | 'invalidate';

/** How texts become terms here. */
export function textOptions(
  ownModules: readonly string[],
  missing: MissingModules,
  regex: RegexDialect,
): TextOptions {
  return {
    regex,
    hasModule: (name) => {
      if (!isMissingModule(name, ownModules)) return true;
      if (missing === 'invalidate') return false;
      throw new TermError(`the instance has no module ${name}`);
    },
  };
}

/**
 * New expressions are kept as those already stored, which the running Elixir wrote; else as the
 * operator says (docs/instance/config.md#regular-expressions).
 */
export function regexDialect(
  stored: readonly Term[],
  fallback: RegexDialect | undefined,
): RegexDialect {
  for (const term of stored) {
    const found = regexDialectOf(term);
    if (found) return found;
  }
  return fallback ?? 'letters';
}

const maxAtoms = 5_000;

/** Refuses more new names than one request has use for: the instance never frees an atom. */
export function refuseAtomFlood(terms: readonly Term[]): void {
  const names = new Set<string>();
  const collect = (term: Term): void => {
    if (term.kind === 'atom') names.add(term.name);
    if (term.kind === 'list' || term.kind === 'tuple') term.items.forEach(collect);
    if (term.kind === 'map') term.entries.flat().forEach(collect);
  };
  terms.forEach(collect);
  if (names.size > maxAtoms)
    throw new TermError(`there are more than ${maxAtoms} different atoms in one request`);
}
