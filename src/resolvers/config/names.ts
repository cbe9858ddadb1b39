import { columnSpellings, columnTerm, columnText } from '../../erlang/atom-text.js';
import type { Term } from '../../erlang/term.js';
import { isMissingModule } from '../../instance/modules.js';
import { overflowsColumn } from '../../lib/text-length.js';

/** A setting as the columns `group` and `key` name it: `:pleroma`, `:instance` or `Pleroma.Upload`. */
export interface SettingName {
  readonly group: string;
  readonly key: string;
}

const maxNameLength = 255;

/**
 * One part of a name in the spelling the instance reads, or why it is none.
 * @param bare whether a word without a colon counts as an atom: so the documents write groups
 * (docs/documented-api.md#where-the-documents-and-the-programs-differ).
 */
export function spelled(
  name: string,
  bare: boolean,
  ownModules: readonly string[],
): { readonly text: string } | { readonly fault: string } {
  const trimmed = name.trim();
  const given = columnTerm(trimmed);
  if (given.kind !== 'atom' && (!bare || trimmed === ''))
    return {
      fault: 'must begin with a colon, as `:instance`, or be a module, as `Pleroma.Upload`',
    };
  const text = columnText(given.kind === 'atom' ? given : columnTerm(`:${trimmed}`));
  if (overflowsColumn(text, maxNameLength))
    return { fault: `must have at most ${maxNameLength} characters` };
  if (isMissingModule(text, ownModules))
    return { fault: `names the module ${text}, which the instance does not have` };
  return { text };
}

/** The two atoms of a setting. */
export function termsOf({ group, key }: SettingName): readonly [group: Term, key: Term] {
  return [atomOf(group), atomOf(key)];
}

/** What a column stands for, also in the spelling of Pleroma 1.x, which has no colon. */
function atomOf(column: string): Term {
  const term = columnTerm(column);
  return term.kind === 'atom' ? term : columnTerm(`:${column}`);
}

/** Whether a row is the one of this setting, in whatever generation's spelling it was written. */
export function isNamed(
  row: { readonly group: string | null; readonly key: string },
  { group, key }: SettingName,
): boolean {
  return columnSpellings(group).includes(row.group ?? '') && columnSpellings(key).includes(row.key);
}

/** Every spelling the columns of these settings can have. */
export function spellingsOf(names: readonly SettingName[]): {
  readonly groups: readonly string[];
  readonly keys: readonly string[];
} {
  const distinct = (columns: readonly string[]): readonly string[] => [
    ...new Set(columns.flatMap(columnSpellings)),
  ];
  return {
    groups: distinct(names.map(({ group }) => group)),
    keys: distinct(names.map(({ key }) => key)),
  };
}
