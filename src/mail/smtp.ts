import { createTransport } from 'nodemailer';
import { MailError, type Mailer } from './mailer.js';

/** Milliseconds: whoever waits for the answer of an operation waits no longer than these. `SMTP_URL` may say otherwise in its query. */
const patience = {
  dnsTimeout: 5_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};

/**
 * Sends through an SMTP server.
 * @param url `smtp://user:password@host:port` or `smtps://…`; nodemailer's options may stand in the query, e.g. `?tls.rejectUnauthorized=false`.
 * @param from the address mails come from; default: the instance's.
 */
export function smtpMailer(url: string, from: string | undefined): Mailer {
  const patient = new URL(url);
  for (const [name, milliseconds] of Object.entries(patience))
    if (!patient.searchParams.has(name)) patient.searchParams.set(name, String(milliseconds));
  for (const name of ['logger', 'debug', 'transactionLog']) patient.searchParams.delete(name); // they would print mails
  const transport = createTransport(patient.href);
  return {
    send: async ({ to, subject, text, html }, sender) => {
      try {
        await transport.sendMail({
          from: { name: sender.name, address: from ?? sender.address },
          to: { name: to.name, address: to.address },
          subject,
          text,
          html,
          disableFileAccess: true,
          disableUrlAccess: true,
        });
      } catch (error) {
        throw new MailError(reasonOf(error), { cause: error });
      }
    },
  };
}

/** What nodemailer adds to its errors. */
interface SmtpFailure {
  readonly code?: string;
  readonly response?: string;
}

function reasonOf(error: unknown): string {
  const { code = '', response } = error as SmtpFailure;
  if (response !== undefined)
    return `the mail server refused it: ${response.replace(/\s+/g, ' ').slice(0, 200)}`;
  return code === 'ETIMEDOUT'
    ? 'the mail server did not answer in time'
    : `the mail server cannot be reached (${code === '' ? 'unknown error' : code})`;
}
