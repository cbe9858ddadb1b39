import { refusalOf } from '../../auth/policy.js';
import type { OperationContext } from '../../context.js';
import { wholeSeconds } from '../../database/time.js';
import { uuidFromFlake } from '../../database/flake.js';
import type { UserColumn } from '../../database/hot/user-columns.js';
import { tagUsersAtOnce } from '../../database/hot/tag-users.js';
import { candidatesOf, userColumns, usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import { failure } from '../../errors.js';
import { logData, writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { largestList, lockTargets } from './targets.js';

const access = { role: 'staff', scope: 'admin:write:accounts' } as const;
const longestTag = 255;
const mostTags = 100;
const plainNickname = /^[\w.-]+$/;

export interface TagInput {
  readonly users: readonly UserReference[];
  readonly tags: readonly string[];
  /** The only columns the rows need to hold, `id` and `nickname` among them; they may hold others. Default: all a door may show. */
  readonly columns?: readonly UserColumn[];
  /** The empty row, when it is to be more than a plain object. */
  readonly make?: () => object;
}

/** Adds tags to accounts, all or none: lower-cased, new ones at the end, none twice (facts/users.md §5.7). */
export const usersTag = operation({
  name: 'usersTag',
  access,
  run: (context, input: TagInput) => changeTags(context, input, 'tag', (old, given) => [...new Set([...old, ...given])]),
});

/** Takes tags from accounts, all or none; a tag an account does not have is passed over (facts/users.md §5.7). */
export const usersUntag = operation({
  name: 'usersUntag',
  access,
  run: (context, input: TagInput) => changeTags(context, input, 'untag', (old, given) => old.filter((tag) => !given.includes(tag))),
});

async function changeTags(
  context: OperationContext,
  input: TagInput,
  action: 'tag' | 'untag',
  change: (old: readonly string[], given: readonly string[]) => string[],
): Promise<UserRow[]> {
  const { users: references, tags } = input;
  if (tags.length > mostTags) throw failure('INVALID', `tags must hold at most ${String(mostTags)} tags.`, ['tags']);
  const tooLong = tags.findIndex((tag) => tag.length > longestTag);
  if (tooLong >= 0) throw failure('INVALID', `A tag must have at most ${String(longestTag)} characters.`, ['tags', String(tooLong)]);
  const given = tags.map((tag) => tag.toLowerCase());
  const done = await changeAtOnce(context, input, action, given);
  if (done) return done;
  const { host } = await context.instance();
  return context.database.transaction(async (tx) => {
    const users = await lockTargets(context, tx, references, 'change', ['users']);
    const updatedAt = wholeSeconds(context.now());
    for (const user of users) {
      const next = change(user.tags, given);
      if (next.join('\0') !== user.tags.join('\0')) await tx.user.update({ where: { id: user.id }, data: { tags: next, updatedAt }, select: { id: true } });
    }
    await writeLog(context, tx, { action, nicknames: references.map((reference) => nicknameOf(reference, users, host)), tags });
    return usersByIds(tx, users.map((user) => user.id));
  });
}

/**
 * The usual case in one statement: local accounts named by nickname, each once, and nothing in the way. All other names, and every
 * refusal, are left to the transaction.
 */
async function changeAtOnce(context: OperationContext, { users: references, tags, columns = userColumns, make = Object }: TagInput, action: 'tag' | 'untag', given: readonly string[]): Promise<UserRow[] | undefined> {
  const names = references.flatMap((reference) => ('nickname' in reference && plainNickname.test(reference.nickname) ? [reference.nickname] : []));
  const nicknames = [...new Set(names.map((name) => name.toLowerCase()))];
  const log = logData(context, { action, nicknames: names, tags });
  if (nicknames.length !== references.length || nicknames.length < 1 || nicknames.length > largestList || !log || !context.actor) return undefined;
  const mayTouchAdmins = refusalOf(context.actor, 'change', { id: '', nickname: null, isAdmin: true }) === undefined;
  const rows = await tagUsersAtOnce(context.database, { kind: action, nicknames, tags: [...new Set(given)], mayTouchAdmins, log, now: wholeSeconds(context.now()), columns, make });
  return rows && nicknames.map((nickname) => rows.get(nickname)).filter((row) => row !== undefined);
}

/** The log names accounts as the caller did (facts/users.md §5.7), but by no other spelling than the instance knows. */
function nicknameOf(reference: UserReference, users: readonly UserRow[], ownHost: string): string {
  if ('nickname' in reference) {
    const [given = '', ...others] = candidatesOf(reference, ownHost).nicknames;
    const isNamed = (name: string): boolean => users.some(({ nickname }) => nickname?.toLowerCase() === name.toLowerCase());
    return isNamed(given) ? given : (others.find(isNamed) ?? given);
  }
  const id = uuidFromFlake('name' in reference ? reference.name : reference.databaseId);
  return users.find((user) => user.id === id)?.nickname ?? '';
}
