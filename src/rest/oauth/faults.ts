import { LoginError, type LoginFault } from '../../auth/login-error.js';
import { errorAnswer } from '../errors.js';
import type { RestAnswer } from '../route.js';

/**
 * Why nobody was let in, word for word as the instance says it (docs/instance/oauth.md#tokens,
 * docs/instance/oauth.md#second-factor). A request it crashed on is a bad one.
 */
function loginAnswer(fault: LoginFault): RestAnswer {
  switch (fault.kind) {
    case 'credentials':
      return { status: 400, body: { error: 'Invalid credentials' } };
    case 'deactivated':
      return {
        status: 403,
        body: { error: 'Your account is currently disabled', identifier: 'account_is_disabled' },
      };
    case 'password-reset-pending':
      return {
        status: 403,
        body: { error: 'Password reset is required', identifier: 'password_reset_required' },
      };
    case 'unconfirmed':
      return {
        status: 403,
        body: {
          error: 'Your login is missing a confirmed e-mail address',
          identifier: 'missing_confirmed_email',
        },
      };
    case 'unapproved':
      return {
        status: 403,
        body: { error: 'Your account is awaiting approval.', identifier: 'awaiting_approval' },
      };
    case 'second-factor':
      return {
        status: 403,
        body: {
          error: 'mfa_required',
          mfa_token: fault.mfaToken,
          supported_challenge_types: 'totp',
        },
      };
    case 'code':
      return { status: 400, body: { error: 'Invalid code' } };
    case 'request':
      return { status: 400, body: { error: 'Bad request' } };
  }
}

/** The answer to an expected failure of these routes; undefined for anything else. */
export function faultAnswer(error: unknown): RestAnswer | undefined {
  return error instanceof LoginError ? loginAnswer(error.fault) : errorAnswer(error, 'v1');
}
