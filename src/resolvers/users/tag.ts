import { isDeepStrictEqual } from 'node:util';
import type { OperationContext } from '../../context.js';
import { wholeSeconds } from '../../database/time.js';
import { uuidFromFlake } from '../../database/flake.js';
import {
  candidatesOf,
  storeTags,
  usersByIds,
  type UserReference,
  type UserRow,
} from '../../database/users.js';
import type { Issue } from '../../errors.js';
import { overflowsColumn } from '../../lib/text-length.js';
import { writeLog } from '../moderation-log/write.js';
import { noticeAccounts } from '../notice.js';
import { operation } from '../operation.js';
import { lockTargets } from './targets.js';

const access = {
  role: 'staff',
  scope: 'admin:write:accounts',
  pleroma: { privilege: 'users_manage_tags' },
} as const;
const maxTagLength = 255;
const maxTags = 100;

export interface TagInput {
  readonly users: readonly UserReference[];
  readonly tags: readonly string[];
}

/**
 * Adds tags to accounts, all or none: lower-cased, new ones at the end, none twice
 * (docs/instance/accounts.md#tags).
 */
export const usersTag = operation({
  name: 'usersTag',
  access,
  run: (context, input: TagInput) =>
    changeTags(context, input, 'tag', (old, given) => [...new Set([...old, ...given])]),
});

/**
 * Takes tags from accounts, all or none; a tag an account does not have is passed over
 * (docs/instance/accounts.md#tags).
 */
export const usersUntag = operation({
  name: 'usersUntag',
  access,
  run: (context, input: TagInput) =>
    changeTags(context, input, 'untag', (old, given) => old.filter((tag) => !given.includes(tag))),
});

async function changeTags(
  context: OperationContext,
  input: TagInput,
  action: 'tag' | 'untag',
  change: (old: readonly string[], given: readonly string[]) => string[],
): Promise<UserRow[]> {
  const { users: references, tags } = input;
  const given = tags.map((tag) => tag.toLowerCase());
  const { host } = await context.instance();
  return context.database.transaction(async (tx) => {
    const users = await lockTargets(
      context,
      tx,
      references,
      action === 'tag' ? 'change' : 'take',
      ['users'],
      faultsOf(tags),
    );
    const updatedAt = wholeSeconds(context.now());
    const changed = users.map((user) => ({ ...user, tags: change(user.tags, given) }));
    const changes = changed.filter(
      ({ tags: next }, index) => !isDeepStrictEqual(next, users[index]?.tags),
    );
    await storeTags(tx, changes, updatedAt);
    await writeLog(context, tx, {
      action,
      nicknames: references.map((reference) => nicknameOf(reference, users, host)),
      tags,
    });
    const ids = users.map((user) => user.id);
    await noticeAccounts(context, tx, ids);
    return usersByIds(tx, ids);
  });
}

/** What is wrong with the tags, whoever is to have them. */
function faultsOf(tags: readonly string[]): Issue[] {
  if (tags.length > maxTags)
    return [
      {
        code: 'INVALID',
        message: `tags must hold at most ${String(maxTags)} tags.`,
        inputPath: ['tags'],
      },
    ];
  const message = `A tag must have at most ${String(maxTagLength)} characters.`;
  return tags.flatMap((tag, index): Issue[] =>
    overflowsColumn(tag, maxTagLength)
      ? [{ code: 'INVALID', message, inputPath: ['tags', String(index)] }]
      : [],
  );
}

/**
 * The log names accounts as the caller did (docs/instance/accounts.md#tags), but by no other
 * spelling than the instance knows.
 */
function nicknameOf(reference: UserReference, users: readonly UserRow[], ownHost: string): string {
  if ('nickname' in reference) {
    const [given = '', ...others] = candidatesOf(reference, ownHost).nicknames;
    const isNamed = (name: string): boolean =>
      users.some(({ nickname }) => nickname?.toLowerCase() === name.toLowerCase());
    return isNamed(given) ? given : (others.find(isNamed) ?? given);
  }
  const id = uuidFromFlake('name' in reference ? reference.name : reference.databaseId);
  return users.find((user) => user.id === id)?.nickname ?? '';
}
