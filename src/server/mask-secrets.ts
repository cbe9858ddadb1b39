const mask = '[secret]';

/**
 * Tokens of all kinds are 32 random bytes in URL-safe base 64 (docs/instance/oauth.md#tokens,
 * docs/instance/accounts.md#invites, docs/instance/accounts.md#password-reset-links); `\n` of JSON
 * may stand before one.
 */
const token = /(?:(?<![\w-])|(?<=\\[bfnrt]))[\w-]{43}(=|%3D)?(?![\w-])/g;
const credential = /\b(Basic|Bearer:?) +[\w+/=.~-]{4,}/g;
const passwordInUrl = /(:\/\/[^\s:/@"]*:)[^\s/@"]+@/g;
const passwordHash = /\$(argon2|pbkdf2|2[aby])[\w$=,./+-]+/g;

/** A text without what looks like a token, a credential of HTTP or of a URL, or the hash of a password. */
export function maskSecrets(text: string): string {
  return text
    .replace(credential, `$1 ${mask}`)
    .replace(passwordInUrl, `$1${mask}@`)
    .replace(passwordHash, mask)
    .replace(token, mask);
}
