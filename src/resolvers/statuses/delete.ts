import { randomUUID } from 'node:crypto';
import type { OperationContext } from '../../context.js';
import { insertActivity, insertObject } from '../../database/activities.js';
import type { Transaction } from '../../database/database.js';
import { flakeFromUuid } from '../../database/flake.js';
import { objectOf, textOf, textsOf, type JsonObject } from '../../database/json.js';
import { buryObject, cancelExpiry, countOneLess, deleteActivitiesAbout, forgetAuthored } from '../../database/status-delete.js';
import { publicAddress } from '../../database/status-list.js';
import type { StatusRow } from '../../database/statuses.js';
import { wholeSeconds } from '../../database/time.js';
import { failure } from '../../errors.js';
import { activityId, deleteObjectActivity, sameHost } from '../../federation/activities.js';
import { enqueue } from '../../federation/outbox.js';
import { publishedTime } from '../../federation/time.js';
import { writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { lockStatus, type LockedStatus, type StatusReference } from './lock.js';

/**
 * Deletes a status with everything about it (facts/moderation.md §2.7): the Delete activity, a tombstone for the object, likes, boosts,
 * bookmarks and notifications, the counts and the pin, its files. Other servers hear of it when the status was of this one.
 * @returns the status as it was.
 */
export const statusDelete = operation({
  name: 'statusDelete',
  access: { role: 'staff', scope: 'admin:write:statuses' },
  run: async (context, { status: reference }: { readonly status: StatusReference }): Promise<StatusRow> => {
    if (context.actor?.kind === 'secret') throw failure('FORBIDDEN', 'A deletion is signed by the account of a staff member; the admin token has none.');
    return context.database.transaction(async (tx) => {
      const locked = await lockStatus(context, tx, reference);
      await deleteStatus(context, tx, locked);
      await writeLog(context, tx, { action: 'status_delete', subject_id: flakeFromUuid(locked.status.id) });
      return locked.status;
    });
  },
});

async function deleteStatus(context: OperationContext, tx: Transaction, locked: LockedStatus): Promise<void> {
  const { family } = context.database;
  const now = context.now();
  const { objectId, object } = await demandObject(tx, locked.status, now);
  const apId = textOf(object['id']) ?? '';
  const deletion = await insertDelete(context, tx, locked, object);
  await buryObject(tx, objectId, { id: apId, type: 'Tombstone', formerType: object['type'] ?? null, deleted: publishedTime(now) }, wholeSeconds(now));
  await deleteActivitiesAbout(tx, family, apId);
  await settleCounts(context, tx, locked, object);
  await leaveJobs(context, tx, locked, { objectId, object });
  if (deletion.isFederated) await enqueue(tx, family, { purpose: 'publish', activityId: deletion.id, isDelete: true, objectData: null }, now);
}

interface StoredObject {
  readonly objectId: bigint;
  readonly object: JsonObject;
}

/** Objects are sometimes pruned and their Create is left: a tombstone stands in for one (step 1). */
async function demandObject(tx: Transaction, { objectId, object, activity, actor }: StatusRow, now: Date): Promise<StoredObject> {
  if (objectId !== null && object) return { objectId, object };
  const { object: named } = activity;
  const tombstone = { id: textOf(named) ?? textOf(objectOf(named)['id']) ?? '', actor, type: 'Tombstone' };
  return { objectId: await insertObject(tx, tombstone, now), object: tombstone };
}

/** Steps 3 and 10: who deletes signs, at the shell the author. */
async function insertDelete(context: OperationContext, tx: Transaction, { status, author }: LockedStatus, object: JsonObject): Promise<{ id: string; isFederated: boolean }> {
  const { baseUrl, federating } = await context.instance();
  const signer = context.actor?.kind === 'account' ? context.actor.apId : status.actor;
  const apId = textOf(object['id']) ?? '';
  const createId = author?.isActive === false ? undefined : flakeFromUuid(status.id);
  const activity = deleteObjectActivity(activityId(baseUrl, randomUUID()), signer, { apId, addressees: addresseesOf(object) }, createId);
  const id = await insertActivity(tx, activity, { local: true, now: context.now() });
  return { id, isFederated: federating && sameHost(signer, apId) && !activity.to.includes(`${baseUrl}/#Public`) };
}

/** Steps 6 and 7; Akkoma counts only public replies. */
async function settleCounts(context: OperationContext, tx: Transaction, { author }: LockedStatus, object: JsonObject): Promise<void> {
  const { baseUrl } = await context.instance();
  const akkoma = context.database.family === 'akkoma';
  const wasPublic = addresseesOf(object).some((address) => address === publicAddress || address === `${baseUrl}/#Public`);
  if (author) await forgetAuthored(tx, author.id, textOf(object['id']) ?? '', wasPublic, wholeSeconds(context.now()));
  const parent = textOf(object['inReplyTo']);
  if (parent !== undefined && (wasPublic || !akkoma)) await countOneLess(tx, parent, 'repliesCount');
  const quoted = textOf(object['quoteUrl']);
  if (quoted !== undefined && !akkoma) await countOneLess(tx, quoted, 'quotesCount');
}

/** Steps 8 and 9. */
async function leaveJobs(context: OperationContext, tx: Transaction, { status, author }: LockedStatus, { objectId, object }: StoredObject): Promise<void> {
  const { family } = context.database;
  const settings = await context.instance();
  const now = context.now();
  const { attachment } = object;
  if (family === 'pleroma') await cancelExpiry(tx, flakeFromUuid(status.id), now);
  if (settings.cleanupAttachments && author?.local && Array.isArray(attachment) && attachment.length > 0) {
    await enqueue(tx, family, { purpose: 'cleanup-attachments', object, delay: settings.cleanupAttachmentsDelay }, now);
  }
  if (settings.searchIndex) await enqueue(tx, family, { purpose: 'remove-from-index', objectId }, now);
}

function addresseesOf(object: JsonObject): string[] {
  return [...textsOf(object['to']), ...textsOf(object['cc'])];
}
