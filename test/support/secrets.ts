import { keepSecret } from './log-sink.js';

/**
 * Tokens of all kinds, hashes, keys: what the instance's secrets look like wherever they are
 * (docs/instance/accounts.md#row-content, docs/instance/accounts.md#signing-keys,
 * docs/instance/oauth.md#tokens, docs/instance/accounts.md#invites,
 * docs/instance/accounts.md#password-reset-links).
 */
const shapes = [/^[\w-]{43}=?$/, /^\$(argon2|pbkdf2|2[aby]\$)/, /^-----BEGIN [A-Z ]*PRIVATE KEY/];
/** Fields whose values are secrets, whatever they look like. */
const secretName = /password|secret|token|^code$|encoded_email|backup_codes/i;

/** Keeps the secrets in what a request sends, an answer holds, or a statement binds: by shape, and by the names of fields. */
export function keepSecretsOf(given: unknown): void {
  // No recursion: tests send lists nested deeper than the stack.
  const waiting: [name: string, value: unknown][] = [['', given]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [name, value] = next;
    if (typeof value === 'string') {
      if (secretName.test(name) || shapes.some((shape) => shape.test(value))) keepSecret(value);
      else if (/^[[{]/.test(value)) waiting.push(['', parsed(value)]);
    } else if (Array.isArray(value)) {
      for (const item of value) waiting.push([name, item]);
    } else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
      for (const entry of Object.entries(value)) waiting.push(entry);
    }
  }
}

/** Keeps the credentials of request headers. */
export function keepCredentials(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === 'x-admin-token') keepSecret(value);
    if (name.toLowerCase() === 'authorization') keepSecret(value.replace(/^\w+:? +/, ''));
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
