import { Option } from 'commander';
import type { UserRow } from '../../database/users.js';
import { usersConfirmAll, usersUnconfirmAll } from '../../resolvers/users/confirm-all.js';
import { usersConfirmEmail } from '../../resolvers/users/confirm-email.js';
import { usersResendConfirmationEmail } from '../../resolvers/users/resend-confirmation.js';
import { userToggleConfirmed } from '../../resolvers/users/toggle-confirmed.js';
import { countOf, findUser, referenceTo, shown } from '../targets.js';
import { task, type AddTask, type Work } from '../task.js';

/**
 * `confirm`, and of old `toggle_confirmed`
 * (docs/documented-api.md#where-the-documents-and-the-programs-differ)
 */
export const confirmTask = confirming(
  'confirm',
  'Confirm the e-mail address of an account',
  async (context, user) =>
    (await usersConfirmEmail(context, { users: [referenceTo(user)] }))[0] ?? user,
);
export const toggleConfirmedTask = confirming(
  'toggle_confirmed',
  'Toggle whether an account is confirmed',
  (context, user) => userToggleConfirmed(context, { user: referenceTo(user) }),
);

function confirming(
  name: string,
  summary: string,
  change: (context: Work['context'], user: UserRow) => Promise<UserRow>,
): AddTask {
  return task({
    words: `${name} <nickname>`,
    summary,
    example: `${name} lain`,
    run: async ({ context, say }: Work, _options: object, nickname: string) => {
      const user = await change(
        context,
        await findUser(context, nickname, `No local user ${nickname}`),
      );
      say(`${nickname} ${user.isConfirmed ? "doesn't need" : 'needs'} confirmation.`);
      return shown(user);
    },
  });
}

/** `confirm_all` and `unconfirm_all`: silent, as documented. */
export const confirmAllTask = everybody(
  'confirm_all',
  'Confirm all regular active accounts, staff excluded',
  (count) => `Confirm ${countOf(count, 'regular account', 'regular accounts')}?`,
  usersConfirmAll,
);
export const unconfirmAllTask = everybody(
  'unconfirm_all',
  'Make all regular active accounts unconfirmed, staff excluded',
  (count) => `Make ${countOf(count, 'regular account', 'regular accounts')} unconfirmed?`,
  usersUnconfirmAll,
);

function everybody(
  name: string,
  summary: string,
  question: (count: number) => string,
  change: typeof usersConfirmAll,
): AddTask {
  return task({
    words: name,
    summary,
    example: `${name} --dry-run`,
    options: [new Option('--dry-run', 'only say how many it would be')],
    question: async ({ context }) => {
      const { count } = await change(context, { dryRun: true });
      return count === 0 ? undefined : question(count);
    },
    run: async ({ context, say }: Work, { dryRun = false }: { readonly dryRun?: boolean }) => {
      const { count, sample } = await change(context, { dryRun });
      if (dryRun) say(`${String(count)} accounts would be changed.`);
      return { count, sample: sample.map(({ nickname }) => nickname), dryRun };
    },
  });
}

/** `send_confirmation`, which the documents do not name and the tasks have. */
export const sendConfirmationTask = task({
  words: 'send_confirmation <nickname>',
  summary: 'Send a local account another mail to confirm its address',
  example: 'send_confirmation lain',
  run: async ({ context, say }: Work, _options: object, nickname: string) => {
    const user = await findUser(context, nickname, `No local user ${nickname}`);
    await usersResendConfirmationEmail(context, { users: [referenceTo(user)] });
    say(`${nickname}'s email sent`);
    return shown(user);
  },
});
