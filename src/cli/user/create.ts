import { randomBytes } from 'node:crypto';
import { Option } from 'commander';
import type { UserRow } from '../../database/users.js';
import { userCreatePasswordResetLink } from '../../resolvers/users/password-reset.js';
import { usersCreate } from '../../resolvers/users/create.js';
import { askFor, askToContinue } from '../questions.js';
import { referenceTo, shown } from '../targets.js';
import { task, type Work } from '../task.js';
import { setFlags } from './flags.js';
import { sayResetLink } from './sign-in.js';

interface NewOptions {
  readonly name?: string;
  readonly bio?: string;
  readonly password?: string;
  readonly moderator?: boolean;
  readonly admin?: boolean;
  readonly assumeYes?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `new`: an account, its roles and, when nobody chose a password, a link to set one; all of it or nothing. */
export const createTask = task({
  words: 'new [nickname] [email]',
  summary: 'Create a local account; what is not given is asked for at a terminal',
  example: 'new lain lain@example.com --name Lain --admin',
  options: [
    new Option('--name <name>', 'display name; default: the nickname'),
    new Option('--bio <bio>', 'biography; default: none'),
    new Option('--password <password>', 'default: a generated one, and a link to replace it'),
    new Option('--moderator', 'make it a moderator'),
    new Option('--no-moderator', 'make it no moderator (default)'),
    new Option('--admin', 'make it an admin'),
    new Option('--no-admin', 'make it no admin (default)'),
    new Option('-y, --assume-yes', 'do not ask'),
    new Option('--no-assume-yes', 'ask (default)'),
    new Option('--yes', 'do not ask'),
  ],
  run: async (work: Work, options: NewOptions, first?: string, second?: string) => {
    const { nickname, email } = await namesOf(work, first, second);
    const {
      name = nickname,
      bio = '',
      password,
      moderator = false,
      admin = false,
      json = false,
    } = options;
    const shownPassword = password ?? '[generated; a reset link will be created]';
    [
      'A user will be created with the following information:',
      ...Object.entries({
        nickname,
        email,
        password: shownPassword,
        name,
        bio,
        moderator,
        admin,
      }).map(([key, value]) => `  - ${key}: ${String(value)}`),
      '',
    ].forEach(work.say);
    const ask = json ? { ...work.output, write: () => undefined } : work.output;
    if (options.assumeYes !== true && options.yes !== true && !(await askToContinue(ask))) {
      work.say('User will not be created.');
      return { created: false };
    }
    const account = {
      nickname,
      email,
      name,
      bio,
      password: password ?? randomBytes(16).toString('base64'),
    };
    const made = await work.context.database.transaction(() =>
      create(work, account, { moderator, admin, needsLink: password === undefined }),
    );
    made.lines.forEach(work.say);
    return {
      created: true,
      user: shown(made.user),
      ...(made.link === undefined ? {} : { link: made.link }),
    };
  },
});

interface Account {
  readonly nickname: string;
  readonly email: string;
  readonly name: string;
  readonly bio: string;
  readonly password: string;
}

/** Its lines are said only once all of it is kept. */
async function create(
  { context }: Work,
  account: Account,
  {
    moderator,
    admin,
    needsLink,
  }: { readonly moderator: boolean; readonly admin: boolean; readonly needsLink: boolean },
): Promise<{ user: UserRow; lines: string[]; link?: string }> {
  const [user] = await usersCreate(context, { users: [account] });
  if (!user) throw new Error('a created account is gone within its own transaction');
  const lines = [`User ${account.nickname} created`];
  const say = (line: string): void => void lines.push(line);
  let now = user;
  if (moderator) now = await setFlags(context, say, user, { isModerator: true });
  if (admin) now = await setFlags(context, say, user, { isAdmin: true });
  if (!needsLink) return { user: now, lines };
  const { link } = await userCreatePasswordResetLink(context, { user: referenceTo(user) });
  sayResetLink(say, user, link);
  return { user: now, lines, link };
}

/** Document 002 names the address alone: then the nickname is what is missing. */
async function namesOf(
  { output }: Work,
  first: string | undefined,
  second: string | undefined,
): Promise<{ nickname: string; email: string }> {
  const isAddress = second === undefined && first?.includes('@') === true;
  const nickname =
    (isAddress ? undefined : first) ??
    (await askFor(output, 'nickname (user new <nickname> <email>)'));
  const email =
    (isAddress ? first : second) ?? (await askFor(output, 'email (user new <nickname> <email>)'));
  return { nickname, email };
}
