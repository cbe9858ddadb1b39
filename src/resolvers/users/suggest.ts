import type { OperationContext } from '../../context.js';
import { wholeSeconds } from '../../database/time.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { noticeAccounts } from '../notice.js';
import { operation } from '../operation.js';
import { lockTargets } from './targets.js';

interface Many {
  readonly users: readonly UserReference[];
}

const access = { role: 'admin', scope: 'admin:write:accounts' } as const;

/**
 * Suggests accounts to new users, all or none (docs/instance/accounts.md#other-account-operations).
 */
export const usersSuggest = operation({
  name: 'usersSuggest',
  access,
  run: (context, input: Many) => changeSuggestion(context, input, true),
});

/**
 * Suggests accounts no longer, all or none (docs/instance/accounts.md#other-account-operations).
 */
export const usersUnsuggest = operation({
  name: 'usersUnsuggest',
  access,
  run: (context, input: Many) => changeSuggestion(context, input, false),
});

async function changeSuggestion(
  context: OperationContext,
  input: Many,
  isSuggested: boolean,
): Promise<UserRow[]> {
  return context.database.transaction(async (tx) => {
    const users = await lockTargets(context, tx, input.users, isSuggested ? 'change' : 'take', [
      'users',
    ]);
    const ids = users.map((user) => user.id);
    await tx.user.updateMany({
      where: { id: { in: ids }, isSuggested: !isSuggested },
      data: { isSuggested, updatedAt: wholeSeconds(context.now()) },
    });
    await writeLog(context, tx, {
      action: isSuggested ? 'add_suggestion' : 'remove_suggestion',
      subject: users.map(loggedUser),
    });
    await noticeAccounts(context, tx, ids);
    return usersByIds(tx, ids);
  });
}
