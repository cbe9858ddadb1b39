/**
 * Why nobody was let in. Doors have a status and a text for each (docs/instance/oauth.md#tokens,
 * docs/instance/oauth.md#second-factor).
 */
export type LoginFault =
  /** Account, password, client, scopes or code are wrong; which one is not told. */
  | { readonly kind: 'credentials' }
  | { readonly kind: 'deactivated' | 'password-reset-pending' | 'unconfirmed' | 'unapproved' }
  /** The password was right; a code is asked for under this token. */
  | { readonly kind: 'second-factor'; readonly mfaToken: string }
  /** The code of the second factor is wrong, or what it belongs to is. */
  | { readonly kind: 'code' }
  /** The request lacks what is needed to say anything. */
  | { readonly kind: 'request' };

export class LoginError extends Error {
  override readonly name = 'LoginError';

  constructor(readonly fault: LoginFault) {
    super(fault.kind);
  }
}
