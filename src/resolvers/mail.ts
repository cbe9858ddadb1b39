import type { OperationContext } from '../context.js';
import { failure } from '../errors.js';
import { softwareNames } from '../instance/version.js';
import { MailError, type OutgoingMail } from '../mail/mailer.js';

/** Who the mails of this instance come from, for the wording. */
export async function senderOf(
  context: OperationContext,
): Promise<{ instanceName: string; software: 'Akkoma' | 'Pleroma' }> {
  const { name } = await context.instance();
  return { instanceName: name, software: softwareNames[context.database.family] };
}

/**
 * Sends one mail now. Call it outside a transaction: a mail server may take its time. With an Idempotency-Key the whole request is one, which
 * a mail that can't be sent takes back.
 * @param stands what stands although the mail did not go out, as the beginning of a sentence.
 * @throws OperationError UNAVAILABLE that says why.
 */
export async function deliver(
  context: OperationContext,
  mail: OutgoingMail,
  stands: string,
): Promise<void> {
  const otherwise = context.database.isInTransaction ? 'Nothing was done' : stands;
  if (!context.mailer)
    throw failure('UNAVAILABLE', `${otherwise}: Steward has no mail server (SMTP_URL is not set).`);
  const { name, email } = await context.instance();
  try {
    await context.mailer.send(mail, { name, address: email });
  } catch (error) {
    if (error instanceof MailError) throw failure('UNAVAILABLE', `${otherwise}: ${error.message}.`);
    throw error;
  }
}
