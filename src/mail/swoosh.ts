import { encodeTerm } from '../erlang/encode.js';
import { atom, list, map, NIL, text, tuple, type Term } from '../erlang/term.js';
import type { MailMessage } from './messages.js';

/**
 * A mail as the instance's MailerWorker takes it: base 64 of the external term of a `Swoosh.Email`
 * struct (docs/instance/jobs.md#mail-jobs).
 * @param sender name and address of the instance.
 */
export function encodeSwooshEmail(
  message: MailMessage,
  sender: { readonly name: string; readonly address: string },
): string {
  const fields: Readonly<Record<string, Term>> = {
    __struct__: atom('Elixir.Swoosh.Email'),
    subject: text(message.subject),
    from: tuple(text(sender.name), text(sender.address)),
    to: list([tuple(text(message.to.name), text(message.to.address))]),
    cc: list([]),
    bcc: list([]),
    text_body: message.text === undefined ? NIL : text(message.text),
    html_body: text(message.html),
    attachments: list([]),
    reply_to: NIL,
    headers: map([]),
    private: map([]),
    assigns: map([]),
    provider_options: map([]),
  };
  const struct = map(Object.entries(fields).map(([key, value]) => [atom(key), value] as const));
  return Buffer.from(encodeTerm(struct)).toString('base64');
}
