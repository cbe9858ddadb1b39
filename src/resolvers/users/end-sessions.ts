import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { removeAdminSessions, removeSessions, type Sessions } from '../../database/sessions.js';
import { forget } from '../notice.js';

/**
 * Signs accounts out of every application, in the caller's transaction: tokens and authorization codes are
 * gone at once, whether or not the instance's queue runs. The companion module also closes open streams.
 */
export async function endSessions(
  context: OperationContext,
  tx: Transaction,
  userIds: readonly string[],
): Promise<Sessions> {
  return close(context, tx, await removeSessions(tx, userIds));
}

/** The same for what has an admin scope only. */
export async function endAdminSessions(
  context: OperationContext,
  tx: Transaction,
  userIds: readonly string[],
): Promise<Sessions> {
  return close(context, tx, await removeAdminSessions(tx, userIds));
}

async function close(
  context: OperationContext,
  tx: Transaction,
  sessions: Sessions,
): Promise<Sessions> {
  const { tokenIds: tokens } = sessions;
  if (tokens.length > 0 && context.companion.isThere) await forget(context, tx, { tokens });
  return sessions;
}
