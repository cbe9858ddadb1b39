import { LoginError } from '../../auth/login-error.js';
import type { SignInRow } from '../../database/sign-in.js';
import { accountStatus, type AccountStatus } from '../users/model.js';

const reasons = {
  DEACTIVATED: 'deactivated',
  PASSWORD_RESET_PENDING: 'password-reset-pending',
  APPROVAL_PENDING: 'unapproved',
  CONFIRMATION_PENDING: 'unconfirmed',
} as const satisfies Record<Exclude<AccountStatus, 'ACTIVE'>, string>;

/** Lets only active accounts of this instance pass; the first reason that holds is told. @throws LoginError */
export function demandActive(account: SignInRow): void {
  const status = accountStatus({ ...account, local: true });
  if (status !== 'ACTIVE') throw new LoginError({ kind: reasons[status] });
}
