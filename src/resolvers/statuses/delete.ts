import { flakeFromUuid } from '../../database/flake.js';
import type { StatusRow } from '../../database/statuses.js';
import { failure } from '../../errors.js';
import { writeLog } from '../moderation-log/write.js';
import { operation } from '../operation.js';
import { buryStatuses } from './bury.js';
import { lockStatus, type StatusReference } from './lock.js';

/**
 * Deletes a status with everything about it (docs/instance/moderation.md#deleting-a-status). Other
 * servers hear of it when the status was of this one. Who
 * deletes signs, at the shell the author.
 * @returns the status as it was.
 */
export const statusDelete = operation({
  name: 'statusDelete',
  access: { role: 'staff', scope: 'admin:write:statuses' },
  run: async (context, { status: reference }: { readonly status: StatusReference }): Promise<StatusRow> => {
    const { actor } = context;
    if (actor?.kind === 'secret') throw failure('FORBIDDEN', 'A deletion is signed by the account of a staff member; the admin token has none.');
    return context.database.transaction(async (tx) => {
      const locked = await lockStatus(context, tx, reference);
      await buryStatuses(context, tx, [locked], (status) => (actor?.kind === 'account' ? actor.apId : status.actor));
      await writeLog(context, tx, { action: 'status_delete', subject_id: flakeFromUuid(locked.status.id) });
      return locked.status;
    });
  },
});
