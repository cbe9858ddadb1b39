/** A user as log rows name them. */
export interface LoggedUser {
  readonly id: string | null;
  readonly nickname: string | null;
  readonly type: 'user';
}

/**
 * What can stand in the moderation log: only actions the instance knows, because its own log page fails on any other
 * (facts/moderation.md §4.2). Keys are those of the row's `data`.
 */
export type LogEntry =
  | { readonly action: 'create'; readonly subjects: readonly LoggedUser[] }
  | { readonly action: UserListAction; readonly subject: readonly LoggedUser[] }
  | { readonly action: 'follow' | 'unfollow'; readonly follower: LoggedUser; readonly followed: LoggedUser }
  | { readonly action: 'tag' | 'untag'; readonly nicknames: readonly string[]; readonly tags: readonly string[] }
  | { readonly action: 'grant' | 'revoke'; readonly subject: readonly LoggedUser[]; readonly permission: 'admin' | 'moderator' };

type UserListAction = keyof typeof userListVerbs;

const userListVerbs = {
  delete: 'deleted users',
  activate: 'activated users',
  deactivate: 'deactivated users',
  approve: 'approved users',
  confirm_email: 'confirmed email for users',
  resend_confirmation_email: 're-sent confirmation email for users',
  add_suggestion: 'added suggested users',
  remove_suggestion: 'removed suggested users',
  force_password_reset: 'forced password reset for users',
  updated_users: 'updated users',
} as const;

/** The sentence the instance would write for an entry (facts/users.md §7). */
export function logMessage(actor: LoggedUser, entry: LogEntry): string {
  return `@${actor.nickname ?? ''} ${predicate(entry)}`;
}

function predicate(entry: LogEntry): string {
  switch (entry.action) {
    case 'create':
      return `created users: ${names(entry.subjects)}`;
    case 'follow':
    case 'unfollow':
      return `made @${entry.follower.nickname ?? ''} ${entry.action} @${entry.followed.nickname ?? ''}`;
    case 'tag':
      return `added tags: ${entry.tags.join(', ')} to users: ${mentions(entry.nicknames)}`;
    case 'untag':
      return `removed tags: ${entry.tags.join(', ')} from users: ${mentions(entry.nicknames)}`;
    case 'grant':
      return `made ${names(entry.subject)} ${entry.permission}`;
    case 'revoke':
      return `revoked ${entry.permission} role from ${names(entry.subject)}`;
    default:
      return `${userListVerbs[entry.action]}: ${names(entry.subject)}`;
  }
}

function names(users: readonly LoggedUser[]): string {
  return mentions(users.map((user) => user.nickname ?? ''));
}

function mentions(nicknames: readonly string[]): string {
  return nicknames.map((nickname) => `@${nickname}`).join(', ');
}
