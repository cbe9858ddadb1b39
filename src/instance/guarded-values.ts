import { privileges, type Privilege } from './privileges.js';
import { asAtoms, asBoolean, keyword, list, type Term } from '../erlang/term.js';
import { isKeywordList, type ConfigSource, type Unread } from './config-source.js';

/** A switch that restricts: where it is set to something that is no switch, or could not be read, it is closed. nil is false, as in Elixir. */
export function guardIn(
  sources: readonly ConfigSource[],
  [key = '', ...path]: readonly string[],
  { fallback, closed }: { readonly fallback: boolean; readonly closed: boolean },
): boolean {
  for (const source of sources) {
    if (source.unreadAt?.(':pleroma', key, path)) return closed;
    const value = valueAt(source.get(`:pleroma.${key}`), path);
    if (value !== undefined)
      return value === 'odd'
        ? closed
        : value.kind === 'atom' && value.name === 'nil'
          ? false
          : (asBoolean(value) ?? closed);
  }
  return fallback;
}

/** What stands at a path within a setting; `odd` = a value on the way has no keys. */
function valueAt(
  term: Term | undefined,
  [first, ...rest]: readonly string[],
): Term | 'odd' | undefined {
  if (term === undefined || first === undefined) return term;
  return isKeywordList(term) ? valueAt(keyword(term, first), rest) : 'odd';
}

export function unreadIn(
  sources: readonly ConfigSource[],
  [key = '', ...path]: readonly string[],
): Unread | undefined {
  for (const source of sources) {
    const unread = source.unreadAt?.(':pleroma', key, path);
    if (unread) return unread;
    if (valueAt(source.get(`:pleroma.${key}`), path) !== undefined) return undefined;
  }
  return undefined;
}

/**
 * The privileges a role has by the strongest source that names its list; undefined when none does.
 * A list that is none, or could not be read, gives nobody a privilege.
 */
export function privilegesIn(
  sources: readonly ConfigSource[],
  key: 'admin_privileges' | 'moderator_privileges',
): readonly Privilege[] | undefined {
  for (const source of sources) {
    if (source.unreadAt?.(':pleroma', ':instance', [key])) return [];
    const value = valueAt(source.get(':pleroma.:instance'), [key]);
    if (value === 'odd') return [];
    if (value) return privileges.filter((name) => asAtoms(value).includes(name));
  }
  return undefined;
}

/** The whitelist of one source; one that could not be read lets nothing through. */
export function whitelistIn(source: ConfigSource): readonly Term[] {
  if (source.unreadAt?.(':pleroma', ':database_config_whitelist', [])) return [list([])];
  return [source.get(':pleroma.:database_config_whitelist') ?? []].flat();
}
