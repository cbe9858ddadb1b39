import { randomUUID } from 'node:crypto';
import type { OperationContext } from '../../context.js';
import { insertActivity } from '../../database/activities.js';
import type { Transaction } from '../../database/database.js';
import { isBlocking } from '../../database/follows.js';
import { isFollowing, storeRelayFollow } from '../../database/relay-follows.js';
import { followState, recountFollowers, recountFollowing } from '../../database/relationships.js';
import type { RelayRow } from '../../database/relays.js';
import { wholeSeconds } from '../../database/time.js';
import { usersByApIds, type UserRow } from '../../database/users.js';
import { failure } from '../../errors.js';
import {
  acceptActivity,
  activityId,
  followActivity,
  type ActivityDocument,
} from '../../federation/activities.js';
import { addressForms } from '../../lib/hosts.js';
import { leaveJobs, notes } from '../notice.js';
import { writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { hostOfActor, ownRelay } from './relay-actor.js';

/** A relay as it is after it was asked. */
export interface FollowedRelay extends RelayRow {
  /** The instance has not met the actor: it fetches and asks it later, by a job of its own. */
  readonly isQueued: boolean;
}

/**
 * Asks a relay for its posts: the instance's relay actor follows it
 * (docs/instance/moderation.md#relays). The answer comes later, through the instance;
 * asking again sends another request. Only the instance can fetch an actor it has not met: it is left the job it makes of a list of follows,
 * which fetches the actor and then does the same. Whether that fails, nobody is told.
 * @param input.actor ActivityPub id of the relay's actor.
 * @throws OperationError INVALID for what is no address, NOT_FOUND for an address of this instance where nobody is.
 */
export const relayFollow = operation({
  name: 'relayFollow',
  access: { role: 'admin', scope: 'admin:write:follows' },
  run: (context, { actor: given }: { readonly actor: string }): Promise<FollowedRelay> =>
    context.database.transaction(async (tx) => {
      const forms = addressForms(given);
      const [target] = await usersByApIds(tx, forms);
      if (!target) return queue(context, tx, forms.at(-1) ?? given);
      const { apId: actor } = target;
      const relay = await ownRelay(context, tx);
      await demandFollowable(context, tx, relay, target);
      const isAccepted = await follow(context, tx, relay, target);
      await writeLog(context, tx, { action: 'relay_follow', target: actor });
      return { actor, followedBack: isAccepted, isQueued: false };
    }),
});

async function queue(
  context: OperationContext,
  tx: Transaction,
  actor: string,
): Promise<FollowedRelay> {
  const { host: ownHost } = await context.instance();
  const host = hostOfActor(actor);
  if (host === ownHost)
    throw failure('NOT_FOUND', `There is no actor ${actor} on this instance.`, ['actor']);
  const { id: followerId } = await ownRelay(context, tx);
  await leaveJobs(context, tx, [{ purpose: 'follow', followerId, identifier: actor }], notes.job);
  await writeLog(context, tx, { action: 'relay_follow', target: actor });
  return { actor, followedBack: false, isQueued: true };
}

async function demandFollowable(
  context: OperationContext,
  tx: Transaction,
  relay: UserRow,
  target: UserRow,
): Promise<void> {
  const { denyFollowBlocked } = await context.instance();
  if (target.id === relay.id)
    throw failure('CONFLICT', 'The relay actor cannot follow itself.', ['actor']);
  if (!target.isActive) throw failure('CONFLICT', 'The actor is deactivated.', ['actor']);
  if (denyFollowBlocked && (await isBlocking(tx, target.id, relay)))
    throw failure('CONFLICT', "The actor blocks this instance's relay.", ['actor']);
}

/** Returns whether the follow is accepted: it was before, or the target is of this instance and approves nobody by hand. */
async function follow(
  context: OperationContext,
  tx: Transaction,
  relay: UserRow,
  target: UserRow,
): Promise<boolean> {
  const { baseUrl } = await context.instance();
  const now = wholeSeconds(context.now());
  const isAccepted = target.local && !target.isLocked;
  const request = followActivity(activityId(baseUrl, randomUUID()), relay.apId, target.apId);
  await publish(context, tx, isAccepted ? { ...request, state: 'accept' } : request);
  await storeRelayFollow(
    tx,
    relay.id,
    target.id,
    isAccepted ? followState.accept : followState.pending,
    now,
  );
  if (isAccepted)
    await publish(
      context,
      tx,
      acceptActivity(activityId(baseUrl, randomUUID()), target.apId, request),
    );
  await recountFollowers(tx, [target.id], now);
  await recountFollowing(tx, [relay.id], now);
  return isFollowing(tx, relay.id, target.id);
}

async function publish(
  context: OperationContext,
  tx: Transaction,
  activity: ActivityDocument,
): Promise<void> {
  const { federating } = await context.instance();
  const id = await insertActivity(tx, activity, { local: true, now: context.now() });
  if (federating)
    await leaveJobs(context, tx, [
      { purpose: 'publish', activityId: id, isDelete: false, objectData: null },
    ]);
}
