/** A mail as the instance words it (docs/instance/jobs.md#mails): one recipient, HTML only. */
export interface MailMessage {
  readonly subject: string;
  readonly html: string;
  /** Absent = the mail has HTML only. */
  readonly text?: string;
  readonly to: { readonly name: string; readonly address: string };
}

interface Recipient {
  readonly name: string | null;
  readonly email: string;
}

/** To a new account that may log in at once. */
export function registeredMail(
  instanceName: string,
  user: Recipient & { readonly nickname: string },
): MailMessage {
  const instance = escapeHtml(instanceName);
  return {
    subject: `Account registered on ${instanceName}`,
    html: `<h3>Hello @${escapeHtml(user.nickname)},</h3>\n<p>Your account at ${instance} has been registered successfully.</p>\n<p>No further action is required to activate your account.</p>\n`,
    to: recipient(user),
  };
}

/** To a new account whose address is to be confirmed. `link` holds the confirmation token. */
export function confirmationMail(instanceName: string, user: Recipient, link: string): MailMessage {
  return {
    subject: `${instanceName} account confirmation`,
    html: `<h3>Thank you for registering on ${escapeHtml(instanceName)}</h3>\n<p>Email confirmation is required to activate the account.</p>\n<p>Please click the following link to <a href="${escapeHtml(link)}">activate your account</a>.</p>\n`,
    to: recipient(user),
  };
}

/** To a new account that waits for approval. */
export function awaitingApprovalMail(instanceName: string, user: Recipient): MailMessage {
  return {
    subject: 'Your account is awaiting approval',
    html: `<h3>Awaiting Approval</h3>\n<p>Your account at ${escapeHtml(instanceName)} is being reviewed by staff. You will receive another email once your account is approved.</p>\n`,
    to: recipient(user),
  };
}

/** To the staff: somebody waits for approval. */
export function newUnapprovedUserMail(
  instanceName: string,
  staff: Recipient,
  user: { readonly nickname: string; readonly url: string; readonly reason: string | null },
  queue: string,
): MailMessage {
  return {
    subject: `New account up for review on ${instanceName} (@${user.nickname})`,
    html: `<p>New account for review: <a href="${escapeHtml(user.url)}">@${escapeHtml(user.nickname)}</a></p>\n<blockquote>${escapeHtml(user.reason ?? '')}</blockquote>\n<a href="${escapeHtml(queue)}">Visit AdminFE</a>\n`,
    to: recipient(staff),
  };
}

function recipient({ name, email }: Recipient): MailMessage['to'] {
  return { name: name ?? '', address: email };
}

/** Text in HTML content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}
