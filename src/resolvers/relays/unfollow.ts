import { randomUUID } from 'node:crypto';
import type { OperationContext } from '../../context.js';
import { insertActivity, mergeActivityData } from '../../database/activities.js';
import type { Transaction } from '../../database/database.js';
import { removeFollow } from '../../database/follows.js';
import type { JsonObject } from '../../database/json.js';
import { latestFollow } from '../../database/relay-follows.js';
import { recountFollowers, recountFollowing } from '../../database/relationships.js';
import type { RelayRow } from '../../database/relays.js';
import { wholeSeconds } from '../../database/time.js';
import { usersByApIds } from '../../database/users.js';
import { failure } from '../../errors.js';
import { addressForms } from '../../lib/hosts.js';
import { activityId, undoFollowActivity } from '../../federation/activities.js';
import { leaveJobs } from '../notice.js';
import { publishedTime } from '../../federation/time.js';
import { writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { hostOfActor, ownRelay } from './relay-actor.js';

export interface UnfollowInput {
  /** ActivityPub id of the relay's actor. */
  readonly actor: string;
  /** Also when the instance no longer knows the actor. */
  readonly force?: boolean | undefined;
}

/**
 * Takes the newest request back: an Undo that holds it goes to the relay, the relationship is removed, and the Follow is deleted on Akkoma,
 * marked cancelled on Pleroma (docs/instance/moderation.md#relays).
 */
export const relayUnfollow = operation({
  name: 'relayUnfollow',
  access: { role: 'admin', scope: 'admin:write:follows' },
  run: (context, { actor: address, force = false }: UnfollowInput): Promise<RelayRow> =>
    context.database.transaction(async (tx) => {
      const forms = addressForms(address);
      const [target] = await usersByApIds(tx, forms);
      const actor = target?.apId ?? forms.at(-1) ?? address;
      if (!target) hostOfActor(actor);
      if (!target && !force)
        throw failure(
          'NOT_FOUND',
          `The instance knows no actor ${actor.slice(0, 255)}; with force the request is taken back all the same.`,
          ['actor'],
        );
      const relay = await ownRelay(context, tx);
      const follow = await latestFollow(tx, context.database.family, relay.apId, actor);
      if (!follow)
        throw failure('NOT_FOUND', `This instance does not follow ${actor.slice(0, 255)}.`, [
          'actor',
        ]);
      await undo(context, tx, { relay: relay.apId, followed: actor, follow });
      if (target) {
        const now = wholeSeconds(context.now());
        await removeFollow(tx, relay.id, target.id);
        await recountFollowers(tx, [target.id], now);
        await recountFollowing(tx, [relay.id], now);
      }
      await writeLog(context, tx, { action: 'relay_unfollow', target: actor });
      return { actor, followedBack: false };
    }),
});

interface Undone {
  readonly relay: string;
  readonly followed: string;
  readonly follow: { readonly id: string; readonly data: JsonObject };
}

async function undo(
  context: OperationContext,
  tx: Transaction,
  { relay, followed, follow }: Undone,
): Promise<void> {
  const { family } = context.database;
  const { baseUrl, federating } = await context.instance();
  const now = context.now();
  const akkoma = family === 'akkoma';
  if (akkoma) await tx.activity.delete({ where: { id: follow.id }, select: { id: true } });
  else await mergeActivityData(tx, follow.id, { state: 'cancelled' }, wholeSeconds(now));
  const data = akkoma ? follow.data : { ...follow.data, state: 'cancelled' };
  const extra = {
    actor: relay,
    followed,
    context: `${baseUrl}/contexts/${randomUUID()}`,
    published: publishedTime(now),
  };
  const activity = undoFollowActivity(activityId(baseUrl, randomUUID()), data, extra);
  const id = await insertActivity(tx, activity, { local: true, now });
  const objectData = JSON.stringify(
    Object.fromEntries(
      Object.entries(activity['object'] as JsonObject).sort(([one], [other]) =>
        one < other ? -1 : 1,
      ),
    ),
  );
  if (federating)
    await leaveJobs(context, tx, [
      { purpose: 'publish', activityId: id, isDelete: false, objectData },
    ]);
}
