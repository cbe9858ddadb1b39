import { isIPv4, isIPv6 } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';

/** An account as people write it: a nickname, for accounts that live elsewhere with a host. */
export interface Handle {
  readonly name: string;
  /** In its canonical form; undefined = of this instance, or not said. */
  readonly host: string | undefined;
}

const maxHostLength = 253;
const maxPort = 65_535;
const asciiLabel = '[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?';
const asciiHost = new RegExp(`^${asciiLabel}(?:\\.${asciiLabel})*$`);
const profileAddress =
  /^(https?:\/\/[^/?#\\]+)\/(?:@|users\/)([^/?#@\s]+)(@[^/?#@\s]+)?\/?(?:[?#].*)?$/i;
/** ASCII characters no host name has. Node's conversion would cut at some of them and decode others. */
const forbidden = /[\x00-,/:-@[-^`{-\x7f]/;

/**
 * A host in the one form in which instances store it: ASCII (punycode), lower case, without a trailing dot and without the default port.
 * Takes `Bawü.example.`, `@host`, `host:8443`, `[2001:db8::1]`, and the host of `https://host/…`.
 * @returns undefined for what is no host: an account or its profile, a wildcard, a number, an address with a password in it.
 */
export function parseHost(text: string): string | undefined {
  const trimmed = text.trim();
  const url = /^(https?):\/\/([^/?#\\]+)(?:[/?#].*)?$/is.exec(trimmed);
  if (url && profileAddress.test(trimmed)) return undefined;
  if (url) return hostAndPort(url[2] ?? '', url[1]?.toLowerCase() === 'http' ? 80 : 443);
  return hostAndPort(trimmed.replace(/^@/, ''), 443);
}

/**
 * An account as people write it: `name`, `@name`, `name@host`, `@name@host`, `acct:name@host`, and the addresses of profiles
 * `https://host/@name` and `https://host/users/name`.
 * @returns undefined for anything else.
 */
export function parseHandle(text: string): Handle | undefined {
  const trimmed = text.trim();
  const profile = profileAddress.exec(trimmed);
  if (profile) return handleOf(decoded(profile[2] ?? ''), profile[3] ?? profile[1]);
  const bare = /^(?:acct:(?:\/\/)?)?@*([^@\s/:]+)(?:@([^@\s/]+))?$/i.exec(trimmed);
  return bare ? handleOf(bare[1] ?? '', bare[2]) : undefined;
}

/** The spellings of a canonical host that rows may hold: ASCII first, then Unicode where it is another. */
export function hostForms(host: string): readonly string[] {
  const [name = '', port] = splitPort(host) ?? [];
  const unicode = isAscii(name) && /(^|\.)xn--/.test(name) ? domainToUnicode(name) : '';
  return unicode === '' || unicode === name
    ? [host]
    : [host, port === undefined ? unicode : `${unicode}:${port}`];
}

/** The spellings of an address (`https://…`) that rows may hold: as given, then with its host in ASCII where that is another. */
export function addressForms(address: string): readonly string[] {
  const trimmed = address.trim();
  const [, scheme = '', authority = '', rest = ''] =
    /^(https?:\/\/)([^/?#\\]+)((?:[/?#\\].*)?)$/is.exec(trimmed) ?? [];
  const host = authority === '' ? undefined : parseHost(scheme + authority);
  return [
    ...new Set([trimmed, ...(host === undefined ? [] : [`${scheme.toLowerCase()}${host}${rest}`])]),
  ];
}

/** The host of an address (`https://…`), in its canonical form; undefined for what is none. */
export function hostOfAddress(address: string): string | undefined {
  const origin = /^https?:\/\/[^/?#\\\s]+(?=[/?#]|$)/i.exec(address.trim())?.[0];
  return origin === undefined ? undefined : parseHost(origin);
}

/** An e-mail address with its host in ASCII, as accounts have it; what is no address stays as it is. */
export function canonicalEmail(address: string): string {
  const trimmed = address.trim();
  const at = trimmed.lastIndexOf('@');
  const host = isAscii(trimmed) ? undefined : parseHost(trimmed.slice(at + 1));
  return at < 1 || host === undefined ? trimmed : `${trimmed.slice(0, at)}@${host}`;
}

/** Whether a text has nothing but ASCII. */
export function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

function handleOf(name: string, host: string | undefined): Handle | undefined {
  if (host === undefined) return { name, host: undefined };
  const canonical = parseHost(host);
  return name === '' || canonical === undefined ? undefined : { name, host: canonical };
}

function hostAndPort(text: string, defaultPort: number): string | undefined {
  if (isIPv6(text)) return canonicalIPv6(text);
  const [name, port] = splitPort(text) ?? [];
  const number = port === undefined ? defaultPort : Number(port);
  const host =
    name === undefined || number < 1 || number > maxPort ? undefined : canonicalName(name);
  return host === undefined || number === defaultPort ? host : `${host}:${String(number)}`;
}

/** `[::1]:80` → `[::1]` and `80`. */
function splitPort(text: string): readonly [string, string | undefined] | undefined {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text);
  return match ? [match[1] ?? '', match[2]] : undefined;
}

function canonicalName(name: string): string | undefined {
  const inner = /^\[(.*)\]$/.exec(name)?.[1];
  if (inner !== undefined) return isIPv6(inner) ? canonicalIPv6(inner) : undefined;
  if (forbidden.test(name)) return undefined;
  const host = domainToASCII(name).replace(/\.$/, '').toLowerCase();
  // `12` and `0x7f.1` are numbers, which Node reads as addresses of machines.
  if (isIPv4(host) && host !== name.replace(/\.$/, '')) return undefined;
  return host.length <= maxHostLength && asciiHost.test(host) ? host : undefined;
}

/** The shortest spelling, in brackets. */
function canonicalIPv6(address: string): string | undefined {
  return address.includes('%') ? undefined : new URL(`http://[${address}]`).hostname;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
