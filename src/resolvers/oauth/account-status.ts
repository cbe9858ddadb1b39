import { LoginError } from '../../auth/login-error.js';
import type { SignInRow } from '../../database/sign-in.js';

/** Lets only active accounts pass; the first reason that holds is told (facts/users.md §1.3, §3.9). @throws LoginError */
export function demandActive({ isActive, passwordResetPending, isApproved, isConfirmed }: SignInRow): void {
  if (!isActive) throw new LoginError({ kind: 'deactivated' });
  if (passwordResetPending) throw new LoginError({ kind: 'password-reset-pending' });
  if (!isApproved) throw new LoginError({ kind: 'unapproved' });
  if (!isConfirmed) throw new LoginError({ kind: 'unconfirmed' });
}
