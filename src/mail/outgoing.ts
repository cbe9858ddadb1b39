import { mailPage } from './layout.js';
import type { OutgoingMail } from './mailer.js';
import { escapeHtml, type MailMessage } from './messages.js';

/** What the wording of a mail depends on. */
interface Sender {
  readonly instanceName: string;
  /** The software the instance runs, as it names itself. */
  readonly software: 'Akkoma' | 'Pleroma';
}

/**
 * Invites somebody to register, as the instance words it (docs/instance/jobs.md#mails,
 * docs/instance/accounts.md#invites).
 */
export function invitationMail(
  { instanceName, software }: Sender,
  inviter: string,
  to: MailMessage['to'],
  link: string,
): OutgoingMail {
  const [instance, name] = [escapeHtml(instanceName), escapeHtml(inviter)];
  const subject = `Invitation to ${instanceName}`;
  return {
    subject,
    html: mailPage(
      subject,
      `<h3>You are invited to ${instance}</h3>\n<p>${name} invites you to join ${instance}, an instance of ${software} federated social networking platform.</p>\n<p>Click the following link to register: <a href="${escapeHtml(link)}">accept invitation</a>.</p>\n`,
      link,
    ),
    text: `You are invited to ${instanceName}\n\n${inviter} invites you to join ${instanceName}, an instance of ${software} federated social networking platform.\n\nFollow this link to register:\n${link}\n`,
    to,
  };
}

/**
 * Tells somebody how to set a new password (docs/instance/jobs.md#mails). `until` is when the link
 * ends.
 */
export function passwordResetMail(
  { instanceName }: Sender,
  to: MailMessage['to'],
  link: string,
  until: Date,
): OutgoingMail {
  const instance = escapeHtml(instanceName);
  const end = `${until.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const subject = 'Password reset';
  return {
    subject,
    html: mailPage(
      subject,
      `<h3>Reset your password at ${instance}</h3>\n<p>Someone has requested password change for your account at ${instance}.</p>\n<p>If it was you, visit the following link to proceed: <a href="${escapeHtml(link)}">reset password</a>. It works until ${end}.</p>\n<p>If it was someone else, nothing to worry about: your data is secure and your password has not been changed.</p>\n`,
      link,
    ),
    text: `Reset your password at ${instanceName}\n\nSomeone has requested password change for your account at ${instanceName}.\nIf it was you, follow this link to proceed; it works until ${end}:\n${link}\n\nIf it was someone else, nothing to worry about: your data is secure and your password has not been changed.\n`,
    to,
  };
}
