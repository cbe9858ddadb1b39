import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { flakeFromUuid } from '../../database/flake.js';
import { insertScheduledActivity } from '../../database/scheduled-activities.js';
import type { UserRow } from '../../database/users.js';
import type { WelcomeMail } from '../../instance/welcome.js';
import { escapeHtml, type MailMessage } from '../../mail/messages.js';
import { encodeSwooshEmail } from '../../mail/swoosh.js';
import { fillTemplate } from '../../mail/template.js';
import { leaveJobs, notes } from '../notice.js';

/**
 * Greets a new account as the instance's own registration does, by `:welcome`: a mail, a direct message from
 * the sender the setting names, and on Pleroma a chat message. The instance sends them: the companion module
 * by its own code, and without it by jobs. Those can fill in names and nothing else: a template with code, and
 * a chat message, need the module.
 */
export async function welcome(
  context: OperationContext,
  tx: Transaction,
  user: UserRow,
): Promise<void> {
  const { welcome: settings } = await context.instance();
  const mail = user.email === null ? undefined : settings.mail;
  const { directMessage, isChatMessageOn } = settings;
  if (!mail && !directMessage && !isChatMessageOn) return;
  if (context.companion.isThere) {
    const args = { op: 'welcome', user_id: flakeFromUuid(user.id) } as const;
    await leaveJobs(context, tx, [{ purpose: 'companion', args }]);
    return;
  }
  const encodedEmail = mail && (await encodedMail(context, user, mail));
  if (encodedEmail !== undefined) await leaveJobs(context, tx, [{ purpose: 'mail', encodedEmail }]);
  if (directMessage) await message(context, tx, user, directMessage);
  if (isChatMessageOn || (mail && encodedEmail === undefined)) {
    context.effects.add('NEEDS_MODULE', [], notes.welcome);
  }
}

/** The instance posts it itself, as a status its sender scheduled for now. No such sender: no message. */
async function message(
  context: OperationContext,
  tx: Transaction,
  { nickname }: UserRow,
  { sender, message: text }: { readonly sender: string; readonly message: string },
): Promise<void> {
  const author = await tx.user.findFirst({
    where: { nickname: sender, local: true, isActive: true },
    select: { id: true },
  });
  if (!author) return;
  const post = {
    userId: author.id,
    status: `@${nickname ?? ''}\n${text}`,
    visibility: 'direct',
  } as const;
  const scheduledId = await insertScheduledActivity(tx, post, context.now());
  await leaveJobs(context, tx, [{ purpose: 'post-scheduled', scheduledId }]);
}

/** Undefined for a template with code. */
async function encodedMail(
  context: OperationContext,
  { nickname, name, email }: UserRow,
  { sender, ...templates }: WelcomeMail,
): Promise<string | undefined> {
  const { name: instanceName, email: address } = await context.instance();
  const values = { nickname: nickname ?? '', name: name ?? '', instanceName };
  const [subject, text] = [templates.subject, templates.text].map((one) =>
    fillTemplate(one, values),
  );
  const html = fillTemplate(templates.html, values, escapeHtml);
  if (subject === undefined || text === undefined || html === undefined) return undefined;
  const mail: MailMessage = { subject, html, text, to: { name: name ?? '', address: email ?? '' } };
  return encodeSwooshEmail(mail, sender ?? { name: instanceName, address });
}
