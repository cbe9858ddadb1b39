import type { Unread } from './config-source.js';

/** Settings that restrict something, as docs/config.md lists them: while one cannot be read it has its restrictive value. */
export const guards: readonly (readonly [key: string, ...path: string[]])[] = [
  [':configurable_from_database'],
  [':database_config_whitelist'],
  [':instance', 'registrations_open'],
  [':instance', 'invites_enabled'],
  [':instance', 'account_approval_required'],
  [':instance', 'account_activation_required'],
  [':instance', 'privileged_staff'],
  [':instance', 'admin_privileges'],
  [':instance', 'moderator_privileges'],
  [':instance', 'federating'],
  [':instance', 'extended_nickname_format'],
  [':instance', 'safe_dm_mentions'],
  [':user', 'deny_follow_blocked'],
  ['Pleroma.User', 'restricted_nicknames'],
  ['Pleroma.User', 'email_blacklist'],
];

/** One line for each: where it stands, what it sets, why it could not be read, and which restrictions are closed for it. */
export function unreadLines(unread: readonly Unread[]): readonly string[] {
  return unread.map((one) => {
    const closed = guards
      .filter((guard) => concerns(one, guard))
      .map(([key, ...path]) => [key, ...path].join(' '));
    const what =
      one.group === undefined
        ? 'any setting'
        : [one.group, one.key ?? 'any key', ...one.path].join(' ');
    return `${one.where}: ${what} cannot be read (${one.message})${closed.length === 0 ? '' : `; closed unless set elsewhere: ${closed.join(', ')}`}`;
  });
}

function concerns(
  { group, key, path }: Unread,
  [guardKey, ...guardPath]: readonly [string, ...string[]],
): boolean {
  return (
    (group ?? ':pleroma') === ':pleroma' &&
    (key ?? guardKey) === guardKey &&
    path.slice(0, guardPath.length).every((part, index) => part === guardPath[index])
  );
}
