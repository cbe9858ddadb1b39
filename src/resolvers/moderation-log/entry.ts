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

/** Actions on a list of accounts, with nothing else to say. */
type UserListAction =
  | 'delete'
  | 'activate'
  | 'deactivate'
  | 'approve'
  | 'confirm_email'
  | 'resend_confirmation_email'
  | 'add_suggestion'
  | 'remove_suggestion'
  | 'force_password_reset'
  | 'updated_users';
