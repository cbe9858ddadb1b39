import type { OperationContext } from '../../context.js';
import { mergeActivityData, mergeObjectData } from '../../database/activities.js';
import type { Transaction } from '../../database/database.js';
import { flakeFromUuid } from '../../database/flake.js';
import { textOf, textsOf } from '../../database/json.js';
import { statusesByIds, type StatusRow } from '../../database/statuses.js';
import { wholeSeconds } from '../../database/time.js';
import { failure } from '../../errors.js';
import { inScope, scopes, type Scope } from '../../federation/scope.js';
import { writeLog } from '../moderation-log/write.js';
import { forget, notes } from '../notice.js';
import { operation } from '../operation.js';
import { visibilityOf } from './addressing.js';
import { lockStatus, type LockedStatus, type StatusReference } from './lock.js';
import { unknownStatus } from './targets.js';

export interface StatusUpdateInput {
  readonly status: StatusReference;
  readonly sensitive?: boolean | undefined;
  /** public, unlisted, private or direct; direct, and the scope the status has, change nothing. */
  readonly visibility?: string | undefined;
}

/**
 * Marks a status sensitive or not, and moves it to another scope, both or neither
 * (docs/instance/moderation.md#changing-the-scope-of-a-status). Nothing is federated: other
 * servers keep what they have.
 * @returns the status as it is now.
 */
export const statusUpdate = operation({
  name: 'statusUpdate',
  access: {
    role: 'staff',
    scope: 'admin:write:statuses',
    pleroma: { privilege: 'messages_delete' },
  },
  run: (
    context,
    { status: reference, sensitive, visibility }: StatusUpdateInput,
  ): Promise<StatusRow> =>
    context.database.transaction(async (tx) => {
      const locked = await lockStatus(context, tx, reference);
      const scope = scopes.find((known) => known === visibility);
      const { baseUrl } = await context.instance();
      // A dashboard that changes only `sensitive` sends the scope the status has, which may be none
      // it could be moved to (docs/instance/admin-fe.md#statuses).
      const isKept = visibility === visibilityOf(locked.status.object ?? {}, baseUrl);
      if (visibility !== undefined && scope === undefined && !isKept)
        throw failure('INVALID', 'Unsupported visibility', ['visibility']);
      const { id, objectId, object } = locked.status;
      if (objectId === null) throw unknownStatus(reference.databaseId, ['status', 'databaseId']);
      const isMarked = sensitive !== undefined && object?.['sensitive'] !== sensitive;
      if (isMarked) await mergeObjectData(tx, objectId, { sensitive }, wholeSeconds(context.now()));
      const isMoved = scope !== undefined && (await rescope(context, tx, locked, objectId, scope));
      if (isMarked || isMoved) await noticeStatus(context, tx, locked.status);
      await writeLog(context, tx, {
        action: 'status_update',
        subject: { type: 'status', id: flakeFromUuid(id) },
        sensitive: sensitive ?? null,
        visibility: visibility ?? null,
      });
      const [status] = await statusesByIds(tx, [id]);
      return status ?? locked.status;
    }),
});

/** The pages other servers fetch and the rendered text stay in the instance's cache: no job of its own clears them. */
async function noticeStatus(
  context: OperationContext,
  tx: Transaction,
  { id, activity, object }: StatusRow,
): Promise<void> {
  if (!context.companion.isThere) {
    context.effects.add('NEEDS_MODULE', [], notes.pages);
    return;
  }
  const objects = [textOf(object?.['id']), textOf(activity['id'])].filter(
    (apId) => apId !== undefined,
  );
  await forget(context, tx, { objects, activities: [flakeFromUuid(id)] });
}

/** The new addresses come from the activity and go to both rows, whole. @returns whether they are others. */
async function rescope(
  context: OperationContext,
  tx: Transaction,
  { status, author }: LockedStatus,
  objectId: bigint,
  scope: Scope,
): Promise<boolean> {
  if (scope === 'direct') return false;
  const { activity, object, recipients: before } = status;
  const { to, cc, recipients } = inScope(
    scope,
    { to: textsOf(activity['to']), cc: textsOf(activity['cc']), recipients: before },
    author?.followerAddress ?? null,
  );
  const now = wholeSeconds(context.now());
  const same = (one: unknown, other: unknown): boolean =>
    JSON.stringify(one) === JSON.stringify(other);
  const next = { to: [...to], cc: [...cc] };
  const isObjectOld = !same([object?.['to'], object?.['cc']], [to, cc]);
  const isActivityOld = !same([activity['to'], activity['cc'], before], [to, cc, recipients]);
  if (isObjectOld) await mergeObjectData(tx, objectId, next, now);
  if (isActivityOld) await mergeActivityData(tx, status.id, next, now, recipients);
  return isObjectOld || isActivityOld;
}
