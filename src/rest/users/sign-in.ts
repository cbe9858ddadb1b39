import { z } from 'zod';
import { userRequestBackup } from '../../resolvers/users/backup.js';
import { userResetMfa } from '../../resolvers/users/mfa.js';
import {
  userCreatePasswordResetLink,
  usersForcePasswordReset,
} from '../../resolvers/users/password-reset.js';
import { usersResendConfirmationEmail } from '../../resolvers/users/resend-confirmation.js';
import { nicknameList } from '../parameters.js';
import { route, type Route } from '../route.js';
import { examples } from '../schemas/examples.js';
import { nothing, shown } from '../schemas/parts.js';

const nickname = z.object({ nickname: z.string() });
const nicknames = z.object({ nicknames: nicknameList });
const byNickname = (names: readonly string[]): { nickname: string }[] =>
  names.map((name) => ({ nickname: name }));

const resetToken = shown(z.string(), examples.inviteToken);

/** What helps people to get into their accounts, or keeps others out. */
export const userSignInRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/users/:nickname/password_reset',
    summary: 'Make a link for a new password; the documents know only its token',
    operation: userCreatePasswordResetLink,
    input: nickname,
    answers: {
      v1: z.object({
        token: resetToken,
        link: shown(
          z.string(),
          `${examples.url}/api/v1/pleroma/password_reset/${examples.inviteToken}`,
        ),
      }),
      legacy: resetToken,
    },
    example: { nickname: examples.otherNickname },
    run: async ({ context, dialect, input }) => {
      const { token, link } = await userCreatePasswordResetLink(context, {
        user: { nickname: input.nickname },
        logsAsInstance: dialect === 'v1',
      });
      return dialect === 'legacy' ? token : { token, link };
    },
  }),
  route({
    method: 'PATCH',
    path: '/users/force_password_reset',
    summary: 'Make accounts set a new password',
    operation: usersForcePasswordReset,
    input: nicknames,
    answers: nothing,
    example: { nicknames: [examples.otherNickname] },
    needs: ['nicknames'],
    status: 204,
    run: async ({ context, input }) =>
      void (await usersForcePasswordReset(context, { users: byNickname(input.nicknames) })),
  }),
  route({
    method: 'PUT',
    path: '/users/disable_mfa',
    summary: 'Turn the second factor of an account off',
    operation: userResetMfa,
    input: nickname,
    answers: shown(z.string(), examples.otherNickname),
    example: { nickname: examples.otherNickname },
    needs: ['nickname'],
    run: async ({ context, dialect, input }) => {
      await userResetMfa(context, {
        user: { nickname: input.nickname },
        logsAsInstance: dialect === 'v1',
      });
      return input.nickname;
    },
  }),
  route({
    method: 'PATCH',
    path: '/users/resend_confirmation_email',
    summary: 'Mail accounts once more how to confirm their address',
    operation: usersResendConfirmationEmail,
    input: nicknames,
    answers: z.literal(''),
    example: { nicknames: [examples.unconfirmedNickname] },
    needs: ['nicknames'],
    run: async ({ context, dialect, input }) => {
      await usersResendConfirmationEmail(context, {
        users: byNickname(input.nicknames),
        skipsConfirmed: dialect === 'v1',
      });
      return '';
    },
  }),
  route({
    method: 'POST',
    path: '/backups',
    summary: "Ask the instance for an archive of an account's statuses",
    operation: userRequestBackup,
    input: nickname,
    answers: z.literal(''),
    example: { nickname: examples.otherNickname },
    needs: ['nickname'],
    run: async ({ context, input }) => {
      await userRequestBackup(context, { user: { nickname: input.nickname } });
      return '';
    },
  }),
];
