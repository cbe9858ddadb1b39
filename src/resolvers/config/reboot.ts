import type { Family } from '../../database/family.js';
import { keyword, type Term } from '../../erlang/term.js';
import type { SettingName } from './names.js';

interface RebootList {
  readonly keys: readonly string[];
  /** Parts of a setting, by its key. */
  readonly parts: Readonly<Record<string, readonly string[]>>;
}

/** docs/instance/config.md#what-needs-a-restart; all in the group `:pleroma`. */
const lists: Readonly<Record<Family, RebootList>> = {
  akkoma: {
    keys: ['Oban', ':rate_limit', ':markup', ':streamer'],
    parts: { 'Pleroma.Captcha': ['seconds_valid'], ':instance': ['upload_limit'], ':http': ['pool_size', 'proxy_url'] },
  },
  pleroma: {
    keys: [':hackney_pools', ':shout', 'Oban', ':rate_limit', ':markup', ':streamer', ':pools', ':connections_pool'],
    parts: { 'Pleroma.Captcha': ['seconds_valid'], 'Pleroma.Upload': ['proxy_remote'], ':instance': ['upload_limit'], ':gopher': ['enabled'] },
  },
};

/**
 * Whether even a change made in the instance's own dashboard waits for a reboot. What another process writes always does: the instance
 * reads the table when it starts.
 */
export function waitsForReboot(family: Family, { group, key }: SettingName, value: Term | undefined): boolean {
  const { keys, parts } = lists[family];
  return group === ':pleroma' && (keys.includes(key) || (parts[key] ?? []).some((part) => value !== undefined && keyword(value, part) !== undefined));
}
