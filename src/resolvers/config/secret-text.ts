/** What stands for a secret wherever settings are shown; saving it keeps the secret. */
export const mask = '********';

const keyNames =
  'private|access|secret_access|secret|api|auth|encryption|signing|hmac|master|session|service|shared|ssh|account|storage|app|server|deploy|license|admin|write';
const secretWords = [
  'pass',
  'passwords?',
  'passwds?',
  'pwd',
  'passphrases?',
  'secrets?',
  'secret_key_base',
  `(?:${keyNames})_?keys?`,
  'access_key_id',
  'tokens?',
  'jwts?',
  '(?:signing_|encryption_|password_)?salt',
  'default_signer',
  'webhooks?',
  'webhook_urls?',
  'dsn',
  'authorization',
  'cookies?',
  'bearer',
  'basic',
  'basic_auth',
  'credentials?',
];
// The plainest need nothing before them: PGPASSWORD.
const secretName = new RegExp(
  `(?:^|_)(?:${secretWords.join('|')})$|(?:password|passwd|passphrase|secret)s?$`,
);

/**
 * Whether what stands under a name is a secret: passwords, keys, tokens, salts, headers that carry one, and addresses that are as good as
 * a password; in whatever case and with whatever between the words.
 */
export function isSecretName(name: string): boolean {
  if (name.length > 255) return false;
  return secretName.test(
    name
      .replace(/^:/, '')
      .replace(/([a-z\d])([A-Z])/g, '$1_$2')
      .replace(/[^A-Za-z\d]+/g, '_')
      .replace(/_$/, '')
      .toLowerCase(),
  );
}

/** Texts that are a secret as a whole, wherever they stand. */
const secretTexts = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/,
  /^\$(?:argon2|pbkdf2|2[aby])[\w$=,./+-]+/,
  /^(?:gh[pousr]_\w{20,}|xox[a-z]-[\w-]{10,}|AKIA[A-Z\d]{16}|sk[-_][\w-]{16,})$/,
];

interface Pattern {
  readonly pattern: RegExp;
  /** Whether a match holds a secret. */
  readonly holds?: (name: string) => boolean;
}

/** Secrets within a text: in each match the group `secret`, where `name` is one of a secret or there is none. */
const patterns: readonly Pattern[] = [
  // `scheme://user:password@host`; what looks like a port is none.
  { pattern: /:\/\/[^\s/:@?#"']*:(?!\d{1,5}(?:[/?#\s]|$))(?<secret>[^\s"'<>]+)@/dg },
  { pattern: /:\/\/(?<secret>[^\s/:@?#"']+)@/dg },
  // `user:password@host`, which an address such as `mailto:` is not.
  {
    pattern:
      /(?:^|[\s"',;])(?!(?:mailto|acct|xmpp|sips?|tel|matrix|im|did):)[^\s:@/"',;]+:(?<secret>[^\s@/"',;:]+)@[\w-]+(?:\.[\w-]+|:\d)/dgi,
  },
  { pattern: /\bbearer:? +(?<secret>[\w+/=.~*-]{4,})/dgi },
  { pattern: /\b[Bb]asic:? +(?<secret>(?=[\w+/=-]*(?:[A-Z\d*]|=))[\w+/=*-]{6,})/dg },
  { pattern: /\b(?<secret>eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?)/dg },
  {
    pattern:
      /\/\/(?:hooks\.slack\.com\/services|discord(?:app)?\.com\/api\/webhooks)\/(?<secret>[^\s"']+)/dg,
  },
  // `name=value`, in queries, connection strings and command lines.
  {
    pattern:
      /(?<![\w.-])(?<name>[\w.-]{2,60})\s{0,3}=\s{0,3}(?:"(?<secret>[^"]+)"|'(?<quoted>[^']+)'|(?<bare>[^\s;,&"'{}]+))/dg,
    holds: isSecretName,
  },
  // `name: "value"`, `"name": "value"`, `"name" => "value"`.
  {
    pattern:
      /(?<![\w.-])(?<name>[\w.-]{2,60})["']?\s{0,3}(?::|=>)\s{0,3}(?:"(?<secret>[^"]+)"|'(?<quoted>[^']+)')/dg,
    holds: isSecretName,
  },
];

// A longer text is no setting with a secret in its middle; it is masked when its beginning holds one.
const maxTextLength = 100_000;

/** A text with the secrets in it masked: passwords in addresses, `name=value`, credentials of HTTP headers, keys and hashes. */
export function maskText(text: string): string {
  if (secretTexts.some((pattern) => pattern.test(text))) return mask;
  if (text.length > maxTextLength)
    return placesIn(text.slice(0, maxTextLength)).length > 0 ? mask : text;
  let masked = text;
  for (const [from, to] of placesIn(text).toReversed())
    masked = masked.slice(0, from) + mask + masked.slice(to);
  return masked;
}

/** Whether a text has a mask where a secret would stand. */
export function hasMaskedPlace(text: string): boolean {
  return (
    text.includes(mask) &&
    placesIn(text, true).some(([from, to]) => text.slice(from, to).includes(mask))
  );
}

function placesIn(
  text: string,
  withMasked = false,
): readonly (readonly [from: number, to: number])[] {
  if (!/[=:]|[Bb]earer|[Bb]asic|eyJ|\/\//.test(text)) return [];
  const places = patterns.flatMap(({ pattern, holds }) =>
    [...text.matchAll(pattern)].flatMap(({ indices, groups }) => {
      const { name, secret, quoted, bare } = indices?.groups ?? {};
      const place = secret ?? quoted ?? bare;
      if (place === undefined || (name && holds && !holds(groups?.['name'] ?? ''))) return [];
      return [place];
    }),
  );
  const wanted = places.filter(([from, to]) => withMasked || text.slice(from, to) !== mask);
  return merged([...wanted].sort(([one], [other]) => one - other));
}

function merged(
  places: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (const [from, to] of places) {
    const last = found.at(-1);
    if (last && from <= last[1]) found[found.length - 1] = [last[0], Math.max(last[1], to)];
    else found.push([from, to]);
  }
  return found;
}
