import type { ConfigRow } from '../../database/config.js';
import { textToTerm, type TextOptions } from '../../erlang/from-text.js';
import { deleteSubkeys, keywordKeys, mergeSetting, overlaySetting } from '../../erlang/merge.js';
import type { Term } from '../../erlang/term.js';
import { TermError } from '../../erlang/term-error.js';
import { isNamed, termsOf, type SettingName } from './names.js';
import { restoreSecrets } from './secrets.js';
import { termOf } from './setting.js';
import type { PostedValue } from './value.js';

/**
 * What to do with one setting. `set` replaces, `merge` merges keyword lists as Akkoma does
 * (docs/instance/config.md#updating), `overlay` merges
 * where both are keyword lists and replaces everything else.
 */
export type ConfigAction =
  | { readonly kind: 'set' | 'merge' | 'overlay'; readonly value: PostedValue }
  | { readonly kind: 'remove' }
  /** `keepEmpty` stores an empty list where Akkoma deletes the row, as Pleroma 1.x did. */
  | {
      readonly kind: 'remove-subkeys';
      readonly subkeys: readonly string[];
      readonly keepEmpty: boolean;
    };

/** One setting on its way from what is stored to what will be. */
export interface Slot {
  readonly name: SettingName;
  readonly row: ConfigRow | undefined;
  /** undefined = there is no row, or one that is no term; `fault` says so. */
  readonly stored: Term | undefined;
  readonly fault: string | undefined;
  /** What it will be; undefined = no row. */
  next: Term | undefined;
}

/** A slot for a setting; of rows in two spellings the one the instance reads counts. */
export function slotOf(name: SettingName, rows: readonly ConfigRow[]): Slot {
  const own = rows.filter((row) => isNamed(row, name));
  const row = own.find(({ group, key }) => group === name.group && key === name.key) ?? own[0];
  const { value: stored, fault } = row ? termOf(row, true) : {};
  return { name, row, stored, fault, next: stored };
}

/**
 * Applies one action to a slot.
 * @param below what counts where the table has nothing: the instance's defaults and its file.
 * @returns the value that was posted, with the secrets it keeps.
 * @throws TermError for a value that is no data, a mask without secret, and for merging or shortening what is no keyword list.
 */
export function applyAction(
  slot: Slot,
  action: ConfigAction,
  options: TextOptions,
  below?: Term,
): Term | undefined {
  switch (action.kind) {
    case 'remove':
      slot.next = undefined;
      return undefined;
    case 'remove-subkeys': {
      const rest = deleteSubkeys(
        readable(slot),
        action.subkeys.map((subkey) => textToTerm(subkey, options)),
      );
      slot.next = action.keepEmpty || keywordKeys(rest)?.length !== 0 ? rest : undefined;
      return undefined;
    }
    default: {
      const before = shownBefore(slot, below);
      const value = restoreSecrets(slot.name.key, action.value(before, options), before);
      const isNew = slot.next === undefined && slot.fault === undefined;
      const combine = action.kind === 'overlay' ? overlaySetting : mergeSetting;
      slot.next =
        action.kind === 'set' || isNew
          ? value
          : combine(...termsOf(slot.name), readable(slot), value);
      return value;
    }
  }
}

/** What a caller was shown of a setting: the row over what counts without it. */
export function shownBefore({ name, next }: Slot, below: Term | undefined): Term | undefined {
  return next && below ? overlaySetting(...termsOf(name), below, next) : (next ?? below);
}

function readable({ next, fault }: Slot): Term {
  if (next === undefined)
    throw new TermError(
      fault === undefined ? 'there is no such setting' : `what is stored cannot be read: ${fault}`,
    );
  return next;
}
