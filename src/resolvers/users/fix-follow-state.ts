import { randomUUID } from 'node:crypto';
import type { OperationContext } from '../../context.js';
import { insertActivity } from '../../database/activities.js';
import type { Transaction } from '../../database/database.js';
import {
  lockFollowRequests,
  rejectRequests,
  type FollowRequest,
} from '../../database/follow-requests.js';
import { isFollowing } from '../../database/relay-follows.js';
import { wholeSeconds } from '../../database/time.js';
import { findAccounts, type UserReference, type UserRow } from '../../database/users.js';
import { failure } from '../../errors.js';
import { activityId, rejectActivity } from '../../federation/activities.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { leaveJobs } from '../notice.js';
import { operation } from '../operation.js';
import { mentionedAs } from './model.js';
import { notFound } from './targets.js';

export interface FollowStateInput {
  readonly follower: UserReference;
  readonly followed: UserReference;
}

/** What the two tables say of a follow, and whether it was mended. */
export interface FollowState {
  readonly follower: UserRow;
  readonly followed: UserRow;
  /** Of the newest Follow activity; one without a state is pending: nobody has answered it. */
  readonly requestState: string;
  readonly isFollowing: boolean;
  readonly isFixed: boolean;
}

/**
 * Mends a follow that was accepted but is not there: the request is rejected in the name of the followed account, so that it can be made
 * anew (docs/documented-api.md#shell-tasks, docs/instance/accounts.md#fixing-a-follow-state). Any
 * other state is left alone, and nothing is logged then.
 * @throws OperationError NOT_FOUND for an unknown account, or when one never asked to follow the other.
 */
export const userFixFollowState = operation({
  name: 'userFixFollowState',
  access: { role: 'admin', scope: 'admin:write:follows' },
  run: async (context, input: FollowStateInput): Promise<FollowState> => {
    const { host } = await context.instance();
    return context.database.transaction(async (tx) => {
      const accounts = await findAccounts(tx, [input.follower, input.followed], host, true);
      const [follower, followed] = accounts.map((account) => account?.user);
      if (!follower) throw notFound(input.follower, ['follower']);
      if (!followed) throw notFound(input.followed, ['followed']);
      const requests = await lockFollowRequests(
        tx,
        context.database.family,
        follower.apId,
        followed.apId,
      );
      const [newest] = requests;
      if (!newest)
        throw failure(
          'NOT_FOUND',
          `${mentionedAs(follower)} never asked to follow ${mentionedAs(followed)}.`,
          [],
        );
      const isFollowed = await isFollowing(tx, follower.id, followed.id);
      const isFixed = newest.state === 'accept' && !isFollowed;
      if (isFixed) {
        await reject(context, tx, { follower, followed }, requests, newest);
        await writeLog(context, tx, {
          action: 'updated_users',
          subject: [loggedUser(follower)],
          steward_action: 'fix_follow_state',
          steward_details: { followed: followed.apId },
        });
      }
      return {
        follower,
        followed,
        requestState: newest.state ?? 'pending',
        isFollowing: isFollowed,
        isFixed,
      };
    });
  },
});

async function reject(
  context: OperationContext,
  tx: Transaction,
  { follower, followed }: { readonly follower: UserRow; readonly followed: UserRow },
  requests: readonly FollowRequest[],
  newest: FollowRequest,
): Promise<void> {
  const { baseUrl, federating } = await context.instance();
  const now = context.now();
  const activity = rejectActivity(activityId(baseUrl, randomUUID()), followed.apId, {
    id: newest.apId,
    actor: follower.apId,
  });
  const id = await insertActivity(tx, activity, { local: true, now });
  await rejectRequests(
    tx,
    requests
      .filter(({ state }) => state === 'pending' || state === 'accept')
      .map((request) => request.id),
    wholeSeconds(now),
  );
  await tx.followingRelationship.deleteMany({
    where: { followerId: follower.id, followingId: followed.id },
  });
  if (federating)
    await leaveJobs(context, tx, [
      { purpose: 'publish', activityId: id, isDelete: false, objectData: null },
    ]);
}
