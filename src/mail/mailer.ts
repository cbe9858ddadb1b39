import type { MailMessage } from './messages.js';

/** A mail Steward sends itself: with a plain text beside the HTML. */
export interface OutgoingMail extends MailMessage {
  readonly text: string;
}

/** Sends mails; made once per process, from `SMTP_URL`. */
export interface Mailer {
  /**
   * Hands one mail over to the mail server.
   * @param sender name and address of the instance; the `MAIL_FROM` setting goes before the address.
   * @throws MailError when the server does not take it.
   */
  readonly send: (
    mail: OutgoingMail,
    sender: { readonly name: string; readonly address: string },
  ) => Promise<void>;
}

/** A mail was not taken; the message says why, for people, and holds nothing of the mail's text. */
export class MailError extends Error {
  override readonly name = 'MailError';
}
