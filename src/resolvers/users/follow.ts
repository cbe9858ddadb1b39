import type { OperationContext } from '../../context.js';
import { isBlocking, removeFollow, storeFollow } from '../../database/follows.js';
import type { Transaction } from '../../database/database.js';
import { recountFollowers, recountFollowing } from '../../database/relationships.js';
import { wholeSeconds } from '../../database/time.js';
import {
  findAccounts,
  usersByIds,
  type UserReference,
  type UserRow,
} from '../../database/users.js';
import { failure, refuse } from '../../errors.js';
import { parseHandle } from '../../lib/hosts.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { leaveJobs, noticeAccounts, notes } from '../notice.js';
import { operation } from '../operation.js';
import { deletedIssues, notFound } from './targets.js';

/** Of the column `users.nickname`. */
const maxNicknameLength = 255;
const access = { role: 'admin', scope: 'admin:write:follows' } as const;

export interface FollowInput {
  readonly follower: UserReference;
  readonly followed: UserReference;
  /** As the REST API has always done: a follow that can't be is passed over in silence, and logged. */
  readonly lenient?: boolean;
}

export interface FollowPair {
  readonly follower: UserRow;
  readonly followed: UserRow;
}

/** The two after the change. */
export interface ChangedFollow {
  readonly follower: UserRow;
  /** Undefined when the instance has not met it yet. */
  readonly followed: UserRow | undefined;
  /** The instance fetches the account and asks it later, by a job of its own. */
  readonly isQueued: boolean;
}

/**
 * Makes one account follow another, at once and without federation
 * (docs/instance/accounts.md#follow-and-unfollow): the relationship, and the counters of the
 * local ones of the two. A pending request stays pending. A remote account the instance has not met only the instance can fetch: it is left the
 * job it makes of a list of follows, which fetches the account and asks it over the network. Whether that fails, nobody is told.
 */
export const userFollow = operation({
  name: 'userFollow',
  access,
  run: (context, input: FollowInput) =>
    changeFollow(context, input, 'follow', async (tx, pair) => {
      const refusal = await refusalToFollow(context, tx, pair);
      if (refusal === undefined)
        await storeFollow(tx, pair.follower.id, pair.followed.id, wholeSeconds(context.now()));
      return refusal;
    }),
});

/**
 * Ends a follow or withdraws a request, without federation
 * (docs/instance/accounts.md#follow-and-unfollow).
 */
export const userUnfollow = operation({
  name: 'userUnfollow',
  access,
  run: (context, input: FollowInput) =>
    changeFollow(context, input, 'unfollow', async (tx, { follower, followed }) => {
      const removed = await removeFollow(tx, follower.id, followed.id);
      return removed ? undefined : 'The follower does not follow this account.';
    }),
});

async function changeFollow(
  context: OperationContext,
  { lenient = false, ...input }: FollowInput,
  action: 'follow' | 'unfollow',
  change: (tx: Transaction, pair: FollowPair) => Promise<string | undefined>,
): Promise<ChangedFollow | undefined> {
  const { host } = await context.instance();
  return context.database.transaction(async (tx) => {
    const accounts = await findAccounts(tx, [input.follower, input.followed], host, true);
    const deleted = accounts.flatMap((account, index) =>
      account
        ? deletedIssues(account, action === 'follow' ? 'change' : 'take', [
            index === 0 ? 'follower' : 'followed',
          ])
        : [],
    );
    if (lenient && deleted.length > 0) return undefined;
    refuse(deleted);
    const [follower, followed] = accounts.map((account) => account?.user);
    if (lenient && !follower) return undefined;
    if (!follower) throw notFound(input.follower, ['follower']);
    const unmet =
      followed || action === 'unfollow' ? undefined : unmetAccount(input.followed, host);
    if (unmet !== undefined) return queue(context, tx, follower, unmet, lenient);
    if (lenient && !followed) return undefined;
    if (!followed) throw notFound(input.followed, ['followed']);
    const refusal = await change(tx, { follower, followed });
    if (refusal !== undefined && !lenient) throw failure('CONFLICT', refusal, ['followed']);
    if (refusal === undefined) {
      const now = wholeSeconds(context.now());
      await recountFollowers(tx, [followed.id], now);
      await recountFollowing(tx, [follower.id], now);
    }
    await writeLog(context, tx, {
      action,
      follower: loggedUser(follower),
      followed: loggedUser(followed),
    });
    const local = [follower, followed].filter((user) => user.local).map(({ id }) => id); // of remote ones nothing changed
    if (refusal === undefined) await noticeAccounts(context, tx, local);
    const [one, other] = await usersByIds(tx, [follower.id, followed.id]);
    return { follower: one ?? follower, followed: other ?? followed, isQueued: false };
  });
}

/** `name@host` of an account elsewhere; undefined for any other reference. */
function unmetAccount(reference: UserReference, ownHost: string): string | undefined {
  const { name = '', host } =
    ('nickname' in reference ? parseHandle(reference.nickname) : undefined) ?? {};
  const nickname = `${name}@${host ?? ''}`;
  return host === undefined || host === ownHost || nickname.length > maxNicknameLength
    ? undefined
    : nickname;
}

async function queue(
  context: OperationContext,
  tx: Transaction,
  follower: UserRow,
  nickname: string,
  lenient: boolean,
): Promise<ChangedFollow | undefined> {
  const refusal = !follower.local
    ? 'Only a local account can follow one the instance has not met.'
    : follower.isActive
      ? undefined
      : 'The follower is deactivated.';
  if (refusal !== undefined && lenient) return undefined;
  if (refusal !== undefined) throw failure('CONFLICT', refusal, ['follower']);
  await leaveJobs(
    context,
    tx,
    [{ purpose: 'follow', followerId: follower.id, identifier: nickname }],
    notes.job,
  );
  await writeLog(context, tx, {
    action: 'follow',
    follower: loggedUser(follower),
    followed: { id: null, nickname, type: 'user' },
  });
  return { follower, followed: undefined, isQueued: true };
}

async function refusalToFollow(
  context: OperationContext,
  tx: Transaction,
  { follower, followed }: FollowPair,
): Promise<string | undefined> {
  if (follower.id === followed.id) return 'An account cannot follow itself.';
  if (!followed.isActive) return 'The followed account is deactivated.';
  const { denyFollowBlocked } = await context.instance();
  return denyFollowBlocked && (await isBlocking(tx, followed.id, follower))
    ? 'The followed account blocks the follower.'
    : undefined;
}
