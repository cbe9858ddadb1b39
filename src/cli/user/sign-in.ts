import type { UserRow } from '../../database/users.js';
import { userResetMfa } from '../../resolvers/users/mfa.js';
import { userCreatePasswordResetLink } from '../../resolvers/users/password-reset.js';
import { usersSignOut } from '../../resolvers/users/sign-out.js';
import { findLocalUser, referenceTo, shown } from '../targets.js';
import { task, type Work } from '../task.js';

/** `sign_out` */
export const signOutTask = task({
  words: 'sign_out <nickname>',
  summary: 'Sign a local account out from all applications',
  example: 'sign_out lain',
  rehearsable: true,
  run: async ({ context, say }: Work, _options: object, nickname: string) => {
    const { tokens, authorizations } = await usersSignOut(context, {
      users: [referenceTo(await findLocalUser(context, nickname))],
    });
    say(`${nickname} signed out from all apps.`);
    return { tokens, authorizations };
  },
});

/** `reset_password`: prints the whole link, as the documents have it. */
export const resetPasswordTask = task({
  words: 'reset_password <nickname>',
  summary: 'Make a link by which a local account sets a new password',
  example: 'reset_password lain',
  run: async ({ context, say }: Work, _options: object, nickname: string) => {
    const { user, link, expiresAt } = await userCreatePasswordResetLink(context, {
      user: referenceTo(await findLocalUser(context, nickname)),
    });
    sayResetLink(say, user, link);
    return { link, expiresAt };
  },
});

/** `reset_mfa` */
export const resetMfaTask = task({
  words: 'reset_mfa <nickname>',
  summary: 'Disable multi-factor authentication (MFA/2FA) for a local account',
  example: 'reset_mfa lain',
  run: async ({ context, say }: Work, _options: object, nickname: string) => {
    const user = await userResetMfa(context, {
      user: referenceTo(await findLocalUser(context, nickname)),
    });
    say(`Multi-Factor Authentication disabled for ${user.nickname ?? ''}`);
    return shown(user);
  },
});

/** What is said of a link, wherever it was made. */
export function sayResetLink(say: (line: string) => void, user: UserRow, link: string): void {
  say(`Generated password reset token for ${user.nickname ?? ''}`);
  say(`URL: ${link}`);
}
