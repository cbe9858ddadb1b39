import type { OperationContext } from '../../context.js';
import { wholeSeconds } from '../../database/time.js';
import { confirm, lockRegularAccounts, unconfirm } from '../../database/user-crowds.js';
import { usersByIds, type UserRow } from '../../database/users.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { noticeAccounts } from '../notice.js';
import { operation } from '../operation.js';
import { demandPreview, previewTokenOf, sampleSize, type Preview } from '../preview.js';
import { confirmationToken } from './confirmation.js';

export interface EverybodyInput {
  /** Only says which accounts it would be. */
  readonly dryRun?: boolean | undefined;
  readonly previewToken?: string | undefined;
}

const access = {
  role: 'admin',
  scope: 'admin:write',
  pleroma: { role: 'admin', privilege: 'users_manage_credentials' },
} as const;
/** How many accounts a log row names. */
const maxNamed = 100;

/**
 * Confirms every regular, active account of the instance that is not
 * (docs/documented-api.md#shell-tasks,
 * docs/documented-api.md#where-the-documents-and-the-programs-differ). No mails and
 * nothing of what follows a registration, as with the instance.
 * @throws OperationError CONFLICT as {@link demandPreview}.
 */
export const usersConfirmAll = operation({
  name: 'usersConfirmAll',
  access,
  run: (context, input: EverybodyInput) => changeAll(context, input, 'confirm_all'),
});

/**
 * Makes every regular, active account unconfirmed, with a new token each; those that are already
 * get a new one too (docs/documented-api.md#shell-tasks).
 */
export const usersUnconfirmAll = operation({
  name: 'usersUnconfirmAll',
  access,
  run: (context, input: EverybodyInput) => changeAll(context, input, 'unconfirm_all'),
});

async function changeAll(
  context: OperationContext,
  { dryRun = false, previewToken }: EverybodyInput,
  task: 'confirm_all' | 'unconfirm_all',
): Promise<Preview<UserRow>> {
  return context.database.transaction(async (tx) => {
    const accounts = await lockRegularAccounts(
      tx,
      task === 'confirm_all' ? { isConfirmed: false } : {},
    );
    const ids = accounts.map(({ id }) => id);
    const preview = { count: ids.length, previewToken: previewTokenOf(task, ids) };
    if (!dryRun) {
      demandPreview(context, preview.previewToken, ids.length, previewToken);
      // As with the instance, nothing is said of what changed nothing.
      if (ids.length === 0) return { ...preview, sample: [] };
      const now = wholeSeconds(context.now());
      if (task === 'confirm_all') await confirm(tx, ids, now);
      else await unconfirm(tx, ids, ids.map(confirmationToken), now);
      const action = task === 'confirm_all' ? 'confirm_email' : 'updated_users';
      await writeLog(context, tx, {
        action,
        subject: accounts.slice(0, maxNamed).map(loggedUser),
        steward_action: task,
        steward_details: { total: ids.length },
      });
      await noticeAccounts(context, tx, ids);
    }
    return { ...preview, sample: await usersByIds(tx, ids.slice(0, sampleSize)) };
  });
}
