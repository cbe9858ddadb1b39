import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { keepSecret } from './log-sink.js';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Unfolded and decoded, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
}

export interface MailServer {
  readonly url: string;
  readonly received: ReceivedMail[];
  readonly stop: () => Promise<void>;
}

/** What a Steward may log in with at the mail servers of tests. */
export const mailLogin = { user: 'steward', password: 'the-mail-password-of-tests' };

/** A real SMTP server on a port of its own, for one test; it refuses recipients `nobody@…`, and whoever logs in with anything but {@link mailLogin}. */
export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  keepSecret(mailLogin.password);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, callback) => {
      if (username === mailLogin.user && password === mailLogin.password)
        callback(null, { user: username });
      else callback(Object.assign(new Error('5.7.8 wrong credentials'), { responseCode: 535 }));
    },
    onRcptTo: ({ address }, _session, callback) => {
      callback(
        address.startsWith('nobody@')
          ? Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 })
          : null,
      );
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = parse(Buffer.concat(chunks).toString('latin1'));
        for (const line of `${mail.text}\n${mail.html}`.split('\n')) keepSecret(line);
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          ...mail,
        });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${String(port)}`,
    received,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}

function parse(source: string): Pick<ReceivedMail, 'headers' | 'text' | 'html'> {
  const { headers, body } = split(source);
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1] ?? 'none';
  const parts = body.split(`--${boundary}`).map((part) => split(part.replace(/^\r\n/, '')));
  const content = (type: string): string => {
    const part = parts.find((candidate) => candidate.headers['content-type']?.startsWith(type));
    return part
      ? decode(part.body, part.headers['content-transfer-encoding'] ?? '').replaceAll('\r\n', '\n')
      : '';
  };
  return {
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, words(value)]),
    ),
    text: content('text/plain'),
    html: content('text/html'),
  };
}

function split(source: string): { headers: Record<string, string>; body: string } {
  const end = source.indexOf('\r\n\r\n');
  const lines = source
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  return {
    headers: Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    ),
    body: source.slice(end + 4),
  };
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1').toString('utf8');
  return quotedPrintable(body.replace(/=\r\n/g, ''));
}

function quotedPrintable(text: string): string {
  return Buffer.from(
    text.replace(/=([\dA-F]{2})/g, (_match, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
}

/** `=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=` → `Grüße`. */
function words(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_match, kind: string, text: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quotedPrintable(text.replaceAll('_', ' ')),
    );
}
