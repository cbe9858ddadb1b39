import { Option } from 'commander';
import type { OperationContext } from '../../context.js';
import type { UserRow } from '../../database/users.js';
import { userUpdateFlags, type UserFlags } from '../../resolvers/users/flags.js';
import { findLocalUser, referenceTo, shown } from '../targets.js';
import { task, type Work } from '../task.js';

interface SetOptions {
  readonly admin?: boolean;
  readonly confirmed?: boolean;
  readonly locked?: boolean;
  readonly moderator?: boolean;
}

/** Both ways of a switch: absent means "as it is". */
const either = (name: string, text: string): Option[] => [
  new Option(`--${name}`, `the account ${text}`),
  new Option(`--no-${name}`, 'the opposite'),
];

/** `set`: all that is given at once. */
export const setTask = task({
  words: 'set <nickname>',
  summary: 'Set the value of the given settings of a local account',
  example: 'set lain --locked --no-moderator',
  options: [
    ...either('admin', 'is an admin'),
    ...either('confirmed', 'is confirmed'),
    ...either('locked', 'approves followers by hand'),
    ...either('moderator', 'is a moderator'),
  ],
  run: async (
    { context, say }: Work,
    { admin, confirmed, locked, moderator }: SetOptions,
    nickname: string,
  ) => {
    const user = await findLocalUser(context, nickname);
    return shown(
      await setFlags(context, say, user, {
        isAdmin: admin,
        isConfirmed: confirmed,
        isLocked: locked,
        isModerator: moderator,
      }),
    );
  },
});

const names: readonly (readonly [keyof UserFlags, string])[] = [
  ['isAdmin', 'Admin'],
  ['isConfirmed', 'Confirmation'],
  ['isLocked', 'Locked'],
  ['isModerator', 'Moderator'],
];

/** Sets flags and says what each is now; nothing given changes nothing. */
export async function setFlags(
  context: OperationContext,
  say: (line: string) => void,
  user: UserRow,
  flags: UserFlags,
): Promise<UserRow> {
  const given = names.filter(([flag]) => flags[flag] !== undefined);
  if (given.length === 0) return user;
  const now = await userUpdateFlags(context, { user: referenceTo(user), ...flags });
  for (const [flag, name] of given)
    say(`${name} status of ${now.nickname ?? ''}: ${String(now[flag])}`);
  return now;
}
