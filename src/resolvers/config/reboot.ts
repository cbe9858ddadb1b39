import type { Family } from '../../database/family.js';
import { equals, keyword, type Term } from '../../erlang/term.js';
import type { SettingName } from './names.js';
import type { Slot } from './plan.js';

interface RebootList {
  readonly keys: readonly string[];
  /** Parts of a setting, by its key. */
  readonly parts: Readonly<Record<string, readonly string[]>>;
}

/** docs/instance/config.md#what-needs-a-restart; all in the group `:pleroma`. */
const lists: Readonly<Record<Family, RebootList>> = {
  akkoma: {
    keys: ['Oban', ':rate_limit', ':markup', ':streamer'],
    parts: {
      'Pleroma.Captcha': ['seconds_valid'],
      ':instance': ['upload_limit'],
      ':http': ['pool_size', 'proxy_url'],
    },
  },
  pleroma: {
    keys: [
      ':hackney_pools',
      ':shout',
      'Oban',
      ':rate_limit',
      ':markup',
      ':streamer',
      ':pools',
      ':connections_pool',
    ],
    parts: {
      'Pleroma.Captcha': ['seconds_valid'],
      'Pleroma.Upload': ['proxy_remote'],
      ':instance': ['upload_limit'],
      ':gopher': ['enabled'],
    },
  },
};

/**
 * Whether even a change made in the instance's own dashboard waits for a reboot. What another process writes always does: the instance
 * reads the table when it starts.
 */
export function waitsForReboot(
  family: Family,
  { group, key }: SettingName,
  value: Term | undefined,
): boolean {
  const { keys, parts } = lists[family];
  return (
    group === ':pleroma' &&
    (keys.includes(key) ||
      (parts[key] ?? []).some((part) => value !== undefined && keyword(value, part) !== undefined))
  );
}

/**
 * Whether a changed setting takes effect only at the start, even where the companion module has the instance
 * read its settings: by the instance's own list, of whose parts only those count that differ.
 */
export function isReadAtStart(
  family: Family,
  { name: { group, key }, stored, next }: Slot,
): boolean {
  const { keys, parts } = lists[family];
  const isOther = (part: string): boolean => {
    const [before, after] = [stored, next].map((term) => term && keyword(term, part));
    return before && after ? !equals(before, after) : before !== after;
  };
  if (group === ':logger') return true;
  return group === ':pleroma' && (keys.includes(key) || (parts[key] ?? []).some(isOther));
}
