import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import type { MailMessage } from '../../mail/messages.js';
import { encodeSwooshEmail } from '../../mail/swoosh.js';
import { leaveJobs } from '../notice.js';

/**
 * Leaves a mail for the instance's own mailer, in the caller's transaction
 * (docs/instance/jobs.md#mail-jobs).
 */
export async function sendByInstance(
  context: OperationContext,
  tx: Transaction,
  message: MailMessage,
): Promise<void> {
  const { name, email } = await context.instance();
  const encodedEmail = encodeSwooshEmail(message, { name, address: email });
  await leaveJobs(context, tx, [{ purpose: 'mail', encodedEmail }]);
}
