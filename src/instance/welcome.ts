import { asText, type Term } from '../erlang/term.js';

/** `:welcome`: what a new account gets. */
export interface WelcomeSettings {
  /** Undefined = off, or without a sender or a text. */
  readonly directMessage: { readonly sender: string; readonly message: string } | undefined;
  /** Whether Pleroma's chat message is on; Akkoma has none. */
  readonly isChatMessageOn: boolean;
  /** Undefined = off. The texts are templates of Elixir (EEx). */
  readonly mail: WelcomeMail | undefined;
}

export interface WelcomeMail {
  /** Undefined = the instance's usual sender. */
  readonly sender: { readonly name: string; readonly address: string } | undefined;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Subject and texts of the welcome mail by default. */
const usualWelcome = 'Welcome to <%= instance_name %>';

/**
 * @param find the value of a part of `:welcome`; undefined where it is not set.
 * @param isOn whether a part of `:welcome` is enabled.
 * @param instanceName who sends the mail where the setting has an address only.
 */
export function welcomeSettings(
  find: (...path: readonly string[]) => Term | undefined,
  isOn: (part: string) => boolean,
  instanceName: string,
): WelcomeSettings {
  const message = asText(find('direct_message', 'message'));
  const sender = asText(find('direct_message', 'sender_nickname'));
  const isWhole = sender !== undefined && message !== undefined;
  const textOf = (part: string): string => asText(find('email', part)) ?? usualWelcome;
  const mail = (): WelcomeMail => ({
    sender: senderOf(find('email', 'sender'), instanceName),
    subject: textOf('subject'),
    html: textOf('html'),
    text: textOf('text'),
  });
  return {
    directMessage: isOn('direct_message') && isWhole ? { sender, message } : undefined,
    isChatMessageOn: isOn('chat_message'),
    mail: isOn('email') ? mail() : undefined,
  };
}

/** `"mail@example.com"`, or a tuple of name and address. */
function senderOf(term: Term | undefined, instanceName: string): WelcomeMail['sender'] {
  const [name, address] =
    term?.kind === 'tuple' ? term.items.map(asText) : [instanceName, asText(term)];
  return name === undefined || address === undefined ? undefined : { name, address };
}
