import type { Actor } from '../../auth/actor.js';
import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { flakeFromUuid } from '../../database/flake.js';
import { jsonDocument, jsonObject } from '../../database/json.js';
import { wholeSeconds } from '../../database/time.js';
import type { LogEntry, LoggedUser } from './entry.js';
import { logSentence } from './sentence.js';

/**
 * Writes the one log row of a mutation, in its transaction. Work done at the shell is not logged: the instance's own tasks
 * write no row either (facts/users.md §6).
 */
export async function writeLog(context: OperationContext, tx: Transaction, entry: LogEntry): Promise<void> {
  if (!context.actor || context.actor.kind === 'operator') return;
  const actor = loggedActor(context.actor);
  const time = wholeSeconds(context.now());
  const data = jsonObject({ actor, ...entry });
  await tx.moderationLogEntry.create({ data: { data: jsonDocument({ ...data, message: logSentence(data) }), insertedAt: time, updatedAt: time }, select: { id: true } });
}

/** A users row as the log names it. */
export function loggedUser(user: { readonly id: string; readonly nickname: string | null }): LoggedUser {
  return { id: flakeFromUuid(user.id), nickname: user.nickname, type: 'user' };
}

/** The x-admin-token has no account (facts/users.md §3.4). */
function loggedActor(actor: Actor): LoggedUser {
  return actor.kind === 'account' ? loggedUser(actor) : { id: null, nickname: null, type: 'user' };
}
