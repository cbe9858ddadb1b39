import type { Actor } from '../../auth/actor.js';
import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { flakeFromUuid } from '../../database/flake.js';
import { jsonDocument, jsonObject, type JsonObject } from '../../database/json.js';
import { wholeSeconds } from '../../database/time.js';
import type { LogEntry, LoggedUser } from './entry.js';
import { logSentence } from './sentence.js';

/**
 * Writes the one log row of a mutation, in its transaction. Work done at the shell is not logged: the instance's own tasks
 * write no row either (docs/instance/accounts.md#shell-tasks).
 */
export async function writeLog(
  context: OperationContext,
  tx: Transaction,
  entry: LogEntry,
): Promise<void> {
  const data = logData(context, entry);
  if (!data) return;
  const time = wholeSeconds(context.now());
  await tx.moderationLogEntry.create({
    data: { data: jsonDocument(data), insertedAt: time, updatedAt: time },
    select: { id: true },
  });
}

/** What the row holds, for those who write it themselves; undefined where none is written. */
export function logData({ actor }: OperationContext, entry: LogEntry): JsonObject | undefined {
  if (!actor || actor.kind === 'operator') return undefined;
  const data = jsonObject({ actor: loggedActor(actor), ...entry });
  return { ...data, message: logSentence(data) };
}

/** A users row as the log names it. */
export function loggedUser(user: {
  readonly id: string;
  readonly nickname: string | null;
}): LoggedUser {
  return { id: flakeFromUuid(user.id), nickname: user.nickname, type: 'user' };
}

/** The x-admin-token has no account (docs/instance/oauth.md#admin-secret). */
function loggedActor(actor: Actor): LoggedUser {
  return actor.kind === 'account' ? loggedUser(actor) : { id: null, nickname: null, type: 'user' };
}
