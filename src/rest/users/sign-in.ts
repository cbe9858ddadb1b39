import { z } from 'zod';
import { userRequestBackup } from '../../resolvers/users/backup.js';
import { userResetMfa } from '../../resolvers/users/mfa.js';
import { userCreatePasswordResetLink, usersForcePasswordReset } from '../../resolvers/users/password-reset.js';
import { usersResendConfirmationEmail } from '../../resolvers/users/resend-confirmation.js';
import { texts } from '../parameters.js';
import { route, type Route } from '../route.js';

const nickname = z.object({ nickname: z.string() });
const nicknames = z.object({ nicknames: texts });
const byNickname = (names: readonly string[]): { nickname: string }[] => names.map((name) => ({ nickname: name }));

/** What helps people to get into their accounts, or keeps others out. */
export const userSignInRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/users/:nickname/password_reset',
    summary: 'Make a link for a new password; the documents know only its token',
    operation: userCreatePasswordResetLink,
    input: nickname,
    run: async ({ context, dialect, input }) => {
      const { token, link } = await userCreatePasswordResetLink(context, { user: { nickname: input.nickname } });
      return dialect === 'legacy' ? token : { token, link };
    },
  }),
  route({
    method: 'PATCH',
    path: '/users/force_password_reset',
    summary: 'Make accounts set a new password',
    operation: usersForcePasswordReset,
    input: nicknames,
    needs: ['nicknames'],
    status: 204,
    run: async ({ context, input }) => void (await usersForcePasswordReset(context, { users: byNickname(input.nicknames) })),
  }),
  route({
    method: 'PUT',
    path: '/users/disable_mfa',
    summary: 'Turn the second factor of an account off',
    operation: userResetMfa,
    input: nickname,
    needs: ['nickname'],
    run: async ({ context, input }) => {
      await userResetMfa(context, { user: { nickname: input.nickname } });
      return input.nickname;
    },
  }),
  route({
    method: 'PATCH',
    path: '/users/resend_confirmation_email',
    summary: 'Mail accounts once more how to confirm their address',
    operation: usersResendConfirmationEmail,
    input: nicknames,
    needs: ['nicknames'],
    run: async ({ context, input }) => {
      await usersResendConfirmationEmail(context, { users: byNickname(input.nicknames) });
      return '';
    },
  }),
  route({
    method: 'POST',
    path: '/backups',
    summary: "Ask the instance for an archive of an account's statuses",
    operation: userRequestBackup,
    input: nickname,
    needs: ['nickname'],
    run: async ({ context, input }) => {
      await userRequestBackup(context, { user: { nickname: input.nickname } });
      return '';
    },
  }),
];
