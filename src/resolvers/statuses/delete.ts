import { flakeFromUuid } from '../../database/flake.js';
import type { StatusRow } from '../../database/statuses.js';
import { noDeletionByToken } from '../account-actor.js';
import { writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { lockStatus, type StatusReference } from './lock.js';
import { authorOf } from './model.js';
import { removeStatuses, settle } from './remove.js';

/**
 * Deletes a status with everything about it (docs/instance/moderation.md#deleting-a-status). Other
 * servers hear of it when the status was of this one. Who
 * deletes signs, at the shell the author.
 * @returns the status as it was.
 */
export const statusDelete = operation({
  name: 'statusDelete',
  access: {
    role: 'staff',
    scope: 'admin:write:statuses',
    pleroma: { privilege: 'messages_delete' },
  },
  bar: noDeletionByToken('a staff member'),
  run: async (
    context,
    { status: reference }: { readonly status: StatusReference },
  ): Promise<StatusRow> => {
    const { actor } = context;
    const signerOf = (row: StatusRow): string =>
      actor?.kind === 'account' ? actor.apId : (authorOf(row) ?? '');
    const { status, removal } = await context.database.transaction(async (tx) => {
      const locked = await lockStatus(context, tx, reference);
      await writeLog(context, tx, {
        action: 'status_delete',
        subject_id: flakeFromUuid(locked.status.id),
      });
      return {
        status: locked.status,
        removal: await removeStatuses(context, tx, [locked], signerOf),
      };
    });
    await settle(context, removal);
    return status;
  },
});
