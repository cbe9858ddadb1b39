import { equals, keyword, type Term } from '../../erlang/term.js';
import { columnText } from '../../erlang/atom-text.js';
import { TermError } from '../../erlang/term-error.js';
import type { SettingName } from './names.js';

/** A setting nobody may change through Steward unless the operator says so in CONFIG_ALLOW. */
interface Guarded {
  /** Absent = any group. */
  readonly group?: string;
  /** Absent = all keys of the group. */
  readonly key?: string;
  /** Only these parts of the value. */
  readonly parts?: readonly string[];
  readonly reason: string;
}

const system = 'belongs to the Erlang system: it can load code and open the node to others';
const startOnly =
  'is needed before the table can be read; in the table it can keep the instance from starting';

/** docs/config.md lists the same rows; a test compares the two. */
export const guardedSettings: readonly Guarded[] = [
  {
    group: ':pleroma',
    key: ':modules',
    reason: 'names a directory whose source files are compiled and run at start',
  },
  {
    group: ':pleroma',
    key: 'Pleroma.Web.MediaProxy.Invalidation.Script',
    reason: 'names a program that is run',
  },
  {
    group: ':pleroma',
    key: 'Pleroma.Emails.Mailer',
    parts: ['cmd_path', 'cmd_args'],
    reason: 'name a program that is run and its arguments',
  },
  { group: ':esshd', reason: 'opens a shell on the instance and names the code behind it' },
  {
    key: 'Pleroma.Repo',
    reason: 'is the connection to the database: a wrong one keeps the instance from starting',
  },
  {
    key: 'Pleroma.Web.Endpoint',
    reason: 'holds the secrets that sign sessions, and the code behind each path',
  },
  { group: ':pleroma', key: ':env', reason: startOnly },
  { group: ':pleroma', key: ':database', reason: startOnly },
  { group: ':pleroma', key: ':swarm', reason: startOnly },
  { group: ':pleroma', key: ':configurable_from_database', reason: 'turns this table off' },
  { group: ':pleroma', key: ':database_config_whitelist', reason: 'says what may be written here' },
  {
    group: ':logger',
    reason: 'can stop the log or send it elsewhere, and has kept instances from starting',
  },
  { group: ':postgrex', reason: startOnly },
  { group: ':tesla', reason: startOnly },
  { group: ':phoenix', key: ':serve_endpoints', reason: startOnly },
  { group: ':kernel', reason: system },
  { group: ':stdlib', reason: system },
  { group: ':sasl', reason: system },
  { group: ':elixir', reason: system },
  { group: ':iex', reason: system },
  { group: ':mix', reason: system },
];

/**
 * Why this setting may not be changed; undefined when it may.
 * @param allowed what the operator opened: `:group.key` or `:group`.
 */
export function refusalOf(
  name: SettingName,
  before: Term | undefined,
  after: Term | undefined,
  allowed: readonly string[],
): string | undefined {
  const { group, key } = name;
  if (allowed.includes(group) || allowed.includes(`${group}.${key}`)) return undefined;
  const guarded = guardedSettings.find(
    (row) =>
      (row.group ?? group) === group &&
      (row.key ?? key) === key &&
      (row.parts?.some((part) => isNew(part, before, after)) ?? true),
  );
  if (!guarded) return undefined;
  const what =
    guarded.parts === undefined ? '' : ` ${guarded.parts.map((part) => `:${part}`).join(' and ')}`;
  return `${group} ${key}${what} ${guarded.reason}. The operator can allow it in CONFIG_ALLOW.`;
}

function isNew(part: string, before: Term | undefined, after: Term | undefined): boolean {
  const value = after && keyword(after, part);
  const known = before && keyword(before, part);
  return value !== undefined && !(known && equals(known, value));
}

/**
 * Whether the instance's own `database_config_whitelist` lets a setting be written
 * (docs/instance/config.md#what-may-be-written): a list of `{group}` and
 * `{group, key}`; nil lets everything, what is no list nothing. A setting without key is a whole group.
 */
export function isWhitelisted(
  whitelists: readonly Term[],
  group: string,
  key: string | undefined,
): boolean {
  return whitelists.every(
    (whitelist) =>
      isNone(whitelist) ||
      (whitelist.kind === 'list' && whitelist.items.some((item) => admits(item, group, key))),
  );
}

/** Elixir takes these for "there is no whitelist"; anything else that is no list admits nothing. */
function isNone(term: Term): boolean {
  return term.kind === 'atom' && (term.name === 'nil' || term.name === 'false');
}

function admits(item: Term, group: string, key: string | undefined): boolean {
  if (item.kind !== 'tuple') return false;
  const [first, second, ...rest] = item.items.map(nameOf);
  return (
    first === group &&
    rest.length === 0 &&
    (item.items.length === 1 || (second !== undefined && second === key))
  );
}

function nameOf(term: Term): string | undefined {
  try {
    return columnText(term);
  } catch (error) {
    if (error instanceof TermError) return undefined;
    throw error;
  }
}
