import { equals, type Term } from '../../erlang/term.js';
import type { SettingName } from './names.js';
import type { Slot } from './plan.js';
import { maskSecrets } from './secrets.js';

/** What a request makes, or would make, of one setting; secrets are masked. */
export interface ConfigDifference extends SettingName {
  readonly kind: 'ADDED' | 'CHANGED' | 'REMOVED' | 'UNCHANGED';
  readonly before: Term | undefined;
  readonly after: Term | undefined;
}

/** Whether a slot ends as it began: then its row is not touched. */
export function isUnchanged({ row, stored, next }: Slot): boolean {
  if (next === undefined) return row === undefined;
  return stored !== undefined && equals(stored, next);
}

/** The difference of a slot. */
export function differenceOf(slot: Slot): ConfigDifference {
  const { name, row, stored, next } = slot;
  const shown = (term: Term | undefined): Term | undefined => term && maskSecrets(name.key, term);
  const change = next === undefined ? 'REMOVED' : row === undefined ? 'ADDED' : 'CHANGED';
  return {
    ...name,
    kind: isUnchanged(slot) ? 'UNCHANGED' : change,
    before: shown(stored),
    after: shown(next),
  };
}
