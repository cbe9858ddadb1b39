/** Someone signed in with an account of the instance. */
export interface AccountActor {
  readonly kind: 'account';
  /** uuid of the users row. */
  readonly id: string;
  readonly nickname: string;
  readonly apId: string;
  readonly isAdmin: boolean;
  readonly isModerator: boolean;
  /** OAuth scopes of the token; HTTP Basic carries `all` (docs/instance/oauth.md#http-basic). */
  readonly scopes: readonly string[] | 'all';
  /** Absent = HTTP Basic, which has no token, or a token that never expires. */
  readonly tokenExpiresAt?: Date | undefined;
}

/**
 * Who asks. `secret` holds the x-admin-token: an administrator without an account
 * (docs/instance/oauth.md#admin-secret);
 * `operator` is at the shell of the machine and has every right, as with the instance's own tasks.
 */
export type Actor = AccountActor | { readonly kind: 'secret' } | { readonly kind: 'operator' };

/** An admin by role, whatever the scopes say. */
export function isAdministrator(actor: Actor): boolean {
  return actor.kind !== 'account' || actor.isAdmin;
}
