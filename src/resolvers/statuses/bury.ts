import { randomUUID } from 'node:crypto';
import type { OperationContext } from '../../context.js';
import { insertActivities, insertObject } from '../../database/activities.js';
import type { Transaction } from '../../database/database.js';
import { flakeFromUuid } from '../../database/flake.js';
import { objectOf, textOf, textsOf, type JsonObject } from '../../database/json.js';
import {
  buryObjects,
  cancelExpiry,
  countFewer,
  deleteActivitiesAbout,
  forgetAuthored,
} from '../../database/status-delete.js';
import { publicAddress } from '../../database/status-list.js';
import type { StatusRow } from '../../database/statuses.js';
import { wholeSeconds } from '../../database/time.js';
import { activityId, deleteObjectActivity, sameHost } from '../../federation/activities.js';
import type { Job } from '../../federation/jobs.js';
import { leaveJobs } from '../notice.js';
import { publishedTime } from '../../federation/time.js';
import type { LockedStatus } from './lock.js';

/** A status with the object that will be a tombstone, and who signs its Delete. */
interface Doomed extends LockedStatus {
  readonly objectId: bigint;
  readonly object: JsonObject;
  readonly apId: string;
  readonly signer: string;
}

/**
 * Deletes statuses with everything about them, in the caller's transaction
 * (docs/instance/moderation.md#deleting-a-status): a Delete each, tombstones, likes,
 * boosts, bookmarks and notifications, counts and pins, files. A fixed number of statements, however many there are.
 * @param signerOf ap_id of the account that signs the Delete of a status.
 */
export async function buryStatuses(
  context: OperationContext,
  tx: Transaction,
  statuses: readonly LockedStatus[],
  signerOf: (status: StatusRow) => string,
): Promise<void> {
  const { family } = context.database;
  const now = context.now();
  const doomed: Doomed[] = [];
  for (const locked of statuses) {
    const one = await doom(tx, locked, signerOf(locked.status), now);
    if (one) doomed.push(one);
  }
  const publishing = await insertDeletes(context, tx, doomed);
  const graves = doomed.map(({ objectId, object, apId }) => ({
    objectId,
    tombstone: {
      id: apId,
      type: 'Tombstone',
      formerType: object['type'] ?? null,
      deleted: publishedTime(now),
    },
  }));
  await buryObjects(tx, graves, wholeSeconds(now));
  await deleteActivitiesAbout(
    tx,
    family,
    doomed.map(({ apId }) => apId),
    statuses.map(({ status }) => status.id),
  );
  await settleCounts(context, tx, doomed);
  if (family === 'pleroma')
    await cancelExpiry(
      tx,
      doomed.map(({ status }) => flakeFromUuid(status.id)),
      now,
    );
  await leaveJobs(context, tx, [...(await cleanUpJobs(context, doomed)), ...publishing]);
}

/**
 * Objects are sometimes pruned and their Create is left: a tombstone stands in for one. A Create that names no object has nothing that could
 * be a tombstone, and only the activity goes.
 */
async function doom(
  tx: Transaction,
  locked: LockedStatus,
  signer: string,
  now: Date,
): Promise<Doomed | undefined> {
  const { objectId, object, activity, actor } = locked.status;
  const { object: named } = objectOf(activity);
  const apId = textOf(object?.['id']) ?? textOf(named) ?? textOf(objectOf(named)['id']);
  if (apId === undefined) return undefined;
  if (objectId !== null && object) return { ...locked, objectId, object, apId, signer };
  const tombstone = { id: apId, actor, type: 'Tombstone' };
  return {
    ...locked,
    objectId: await insertObject(tx, tombstone, now),
    object: tombstone,
    apId,
    signer,
  };
}

/** Steps 3 and 10; returns the jobs that tell other servers. */
async function insertDeletes(
  context: OperationContext,
  tx: Transaction,
  doomed: readonly Doomed[],
): Promise<Job[]> {
  const { baseUrl, federating } = await context.instance();
  const activities = doomed.map(({ status, author, object, apId, signer }) => {
    const createId = author?.isActive === false ? undefined : flakeFromUuid(status.id);
    return deleteObjectActivity(
      activityId(baseUrl, randomUUID()),
      signer,
      { apId, addressees: addresseesOf(object) },
      createId,
    );
  });
  const ids = await insertActivities(tx, activities, { local: true, now: context.now() });
  return activities.flatMap((activity, index): Job[] => {
    const { signer = '', apId = '' } = doomed[index] ?? {};
    const isFederated =
      federating && sameHost(signer, apId) && !activity.to.includes(`${baseUrl}/#Public`);
    return isFederated
      ? [{ purpose: 'publish', activityId: ids[index] ?? '', isDelete: true, objectData: null }]
      : [];
  });
}

/** Steps 6 and 7; Akkoma counts only public replies. */
async function settleCounts(
  context: OperationContext,
  tx: Transaction,
  doomed: readonly Doomed[],
): Promise<void> {
  const { baseUrl } = await context.instance();
  const akkoma = context.database.family === 'akkoma';
  const wasPublic = ({ object }: Doomed): boolean =>
    addresseesOf(object).some(
      (address) => address === publicAddress || address === `${baseUrl}/#Public`,
    );
  const authors = new Set(doomed.flatMap(({ author }) => author?.id ?? []));
  for (const id of authors) {
    const own = doomed.filter(({ author }) => author?.id === id);
    await forgetAuthored(
      tx,
      id,
      own.map(({ apId }) => apId),
      own.filter(wasPublic).length,
      wholeSeconds(context.now()),
    );
  }
  await countFewer(
    tx,
    'repliesCount',
    doomed
      .filter((one) => wasPublic(one) || !akkoma)
      .flatMap(({ object }) => textOf(object['inReplyTo']) ?? []),
  );
  if (!akkoma)
    await countFewerQuotes(
      tx,
      doomed.map(({ object }) => object),
    );
}

/** Steps 8 and 9. */
async function cleanUpJobs(context: OperationContext, doomed: readonly Doomed[]): Promise<Job[]> {
  const {
    cleanupAttachments,
    cleanupAttachmentsDelay: delay,
    searchIndex,
  } = await context.instance();
  const hasFiles = ({ author, object: { attachment } }: Doomed): boolean =>
    author?.local === true && Array.isArray(attachment) && attachment.length > 0;
  return [
    ...(cleanupAttachments
      ? doomed
          .filter(hasFiles)
          .map(({ object }): Job => ({ purpose: 'cleanup-attachments', object, delay }))
      : []),
    ...(searchIndex
      ? doomed.map(({ objectId }): Job => ({ purpose: 'remove-from-index', objectId }))
      : []),
  ];
}

/** Counts one quote less in what each of these objects quotes. */
export async function countFewerQuotes(
  tx: Transaction,
  objects: readonly JsonObject[],
): Promise<void> {
  await countFewer(
    tx,
    'quotesCount',
    objects.flatMap((object) => textOf(object['quoteUrl']) ?? []),
  );
}

function addresseesOf(object: JsonObject): string[] {
  return [...textsOf(object['to']), ...textsOf(object['cc'])];
}
