import { asText, atom, equals, keyword, text, tuple, type Term } from '../../erlang/term.js';
import { TermError } from '../../erlang/term-error.js';

/** What stands for a secret wherever settings are shown; saving it keeps the secret. */
export const mask = '********';

/**
 * Names whose texts are secrets: passwords, keys, tokens, salts, and addresses that are as good as
 * a password (docs/security-checklist.md#s14).
 */
const secretName =
  /(?:^|_)(?:password|passwd|passphrase|secret|secret_key_base|secret_key|private_key|access_key|access_key_id|secret_access_key|api_key|api_token|auth_key|token|signing_salt|encryption_salt|default_signer|webhook_url|dsn)$/;

/** The value with every secret in it masked. `key` is the column text of its setting: `:admin_token` is itself one. */
export function maskSecrets(key: string, value: Term): Term {
  return walk(value, undefined, isSecretName(key), (term) => (canBeSecret(term) ? text(mask) : undefined));
}

/**
 * The value with every mask in the place of a secret replaced by what is stored there.
 * @throws TermError when nothing is stored in that place.
 */
export function restoreSecrets(key: string, value: Term, stored: Term | undefined): Term {
  return walk(value, stored, isSecretName(key), (term, before) => {
    if (asText(term) !== mask) return undefined;
    if (before && canBeSecret(before)) return before;
    throw new TermError(`${mask} stands for a stored secret, and none is stored there`);
  });
}

function isSecretName(name: string): boolean {
  return secretName.test(name.replace(/^:/, ''));
}

/** Texts, charlists among them; true, numbers and `{:system, "NAME"}` say nothing. */
function canBeSecret(term: Term): boolean {
  if (term.kind === 'binary') return term.bytes.length > 0;
  return term.kind === 'list' && term.items.length > 0 && term.items.every((item) => item.kind === 'integer');
}

/** Replaces secrets, going through a second term alongside: values of keywords and maps by their name, everything else by its place. */
function walk(term: Term, other: Term | undefined, isSecret: boolean, replace: (secret: Term, other: Term | undefined) => Term | undefined): Term {
  const replaced = isSecret ? replace(term, other) : undefined;
  if (replaced) return replaced;
  const go = (item: Term, beside: Term | undefined, name = ''): Term => walk(item, beside, isSecretName(name), replace);
  switch (term.kind) {
    case 'list':
      return {
        ...term,
        items: term.items.map((item, index) => {
          const pair = pairOf(item);
          return pair ? tuple(atom(pair.name), go(pair.value, other && keyword(other, pair.name), pair.name)) : go(item, itemOf(other, index));
        }),
      };
    case 'tuple': {
      const [pair, beside] = [pairOf(term), other && pairOf(other)];
      if (pair) return tuple(atom(pair.name), go(pair.value, beside?.name === pair.name ? beside.value : undefined, pair.name));
      return { ...term, items: term.items.map((item, index) => go(item, itemOf(other, index))) };
    }
    case 'map':
      return { ...term, entries: term.entries.map(([key, value]) => [key, go(value, entryOf(other, key), nameOf(key))]) };
    default:
      return term;
  }
}

function pairOf(term: Term): { readonly name: string; readonly value: Term } | undefined {
  const [key, value, ...rest] = term.kind === 'tuple' ? term.items : [];
  return key?.kind === 'atom' && value && rest.length === 0 ? { name: key.name, value } : undefined;
}

function itemOf(term: Term | undefined, index: number): Term | undefined {
  return term?.kind === 'list' || term?.kind === 'tuple' ? term.items[index] : undefined;
}

function entryOf(term: Term | undefined, key: Term): Term | undefined {
  return term?.kind === 'map' ? term.entries.find(([known]) => equals(known, key))?.[1] : undefined;
}

function nameOf(key: Term): string {
  return key.kind === 'atom' ? key.name : asText(key) ?? '';
}
