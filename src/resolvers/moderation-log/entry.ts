/** A user as log rows name them. */
export interface LoggedUser {
  readonly id: string | null;
  readonly nickname: string | null;
  readonly type: 'user';
}

/**
 * What can stand in the moderation log: only actions the instance knows, because its own log page fails on any other
 * (docs/instance/moderation.md#actions-and-sentences). Keys are those of the row's `data`.
 */
export type LogEntry =
  | { readonly action: 'create'; readonly subjects: readonly LoggedUser[] }
  | { readonly action: 'create_backup'; readonly subject: LoggedUser }
  | { readonly action: UserListAction; readonly subject: readonly LoggedUser[] }
  | {
      readonly action: 'deactivate' | 'delete' | 'confirm_email' | 'updated_users';
      readonly subject: readonly LoggedUser[];
      readonly steward_action: UnknownTask;
      readonly steward_details?: Details;
    }
  | {
      readonly action: 'follow' | 'unfollow';
      readonly follower: LoggedUser;
      readonly followed: LoggedUser;
    }
  | {
      readonly action: 'tag' | 'untag';
      readonly nicknames: readonly string[];
      readonly tags: readonly string[];
    }
  | {
      readonly action: 'grant' | 'revoke';
      readonly subject: readonly LoggedUser[];
      readonly permission: 'admin' | 'moderator';
    }
  | { readonly action: 'relay_follow' | 'relay_unfollow'; readonly target: string }
  | {
      readonly action: 'report_update';
      readonly subject: LoggedReport;
      readonly subject_actor?: LoggedUser;
    }
  | ({
      readonly action: 'report_note' | 'report_note_delete';
      readonly subject: LoggedReport;
      readonly subject_actor?: LoggedUser;
      readonly text: string;
    } & Partial<Response>)
  | {
      readonly action: 'status_update';
      readonly subject: { readonly type: 'status'; readonly id: string };
      readonly sensitive: boolean | null;
      readonly visibility: string | null;
    }
  | { readonly action: 'status_delete'; readonly subject_id: string };

/** A report as log rows name it, in the state it had then. */
export interface LoggedReport {
  readonly type: 'report';
  readonly id: string;
  readonly state: string;
}

/**
 * What tells a response from a note: today's instances know no action for it, and pass over keys
 * they do not know (docs/instance/moderation.md#actions-and-sentences).
 */
interface Response {
  readonly steward_action: 'report_response';
  readonly status_id: string;
}

/**
 * What the instance never logs and knows no action for, tasks of the shell for the most part: it stands under the nearest true one, with what was done in keys the
 * instance passes over.
 */
type UnknownTask =
  | 'reset_mfa'
  | 'password_reset_link'
  | 'delete_activities'
  | 'sign_out'
  | 'set'
  | 'unsubscribe'
  | 'confirm_all'
  | 'unconfirm_all'
  | 'toggle_confirmed'
  | 'fix_follow_state'
  | 'delete_instance';

/** What such a row says beyond its accounts; `total` when they are more than the row names. */
interface Details {
  readonly [key: string]: string | number | boolean;
}

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
