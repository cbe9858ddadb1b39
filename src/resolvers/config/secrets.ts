import { asText, equals, text, tuple, type Term } from '../../erlang/term.js';
import { TermError } from '../../erlang/term-error.js';
import { hasMaskedPlace, isSecretName, mask, maskText } from './secret-text.js';

/**
 * The value with every secret in it masked: what stands under the name of a secret, in keywords, maps and pairs of whatever kind, and what
 * looks like one anywhere. `key` is the column text of its setting: `:admin_token` is itself one.
 */
export function maskSecrets(key: string, value: Term): Term {
  return walk(value, undefined, nameOfSetting(key), (term, _beside, under) =>
    maskedLeaf(term, under),
  );
}

/**
 * The value with every mask in the place of a secret replaced by what is stored there.
 * @throws TermError when nothing is stored in that place, or something else than was shown.
 */
export function restoreSecrets(key: string, value: Term, stored: Term | undefined): Term {
  return walk(value, stored, nameOfSetting(key), (term, before, under) => {
    const shown = textOf(term);
    if (!shown?.includes(mask)) return term;
    if (before && isShownAs(before, under, shown)) return before;
    if (!isMasked(shown, before, under)) return term;
    throw new TermError(`${mask} stands for a stored secret, and none is stored there`);
  });
}

/** How much of a secret a value is by the name above it: `value` = it is one, `inside` = texts in it are. */
type Under = 'value' | 'inside' | 'nothing';

const systemVariable = 'system';

function nameOfSetting(key: string): Under {
  return key.startsWith(':') && isSecretName(key) ? 'value' : 'nothing';
}

/** `auth: {:basic, "name", "password"}`; what else is called so is mostly no secret. */
function nameOf(name: string, value: Term): Under {
  if (isSecretName(name)) return 'value';
  return /^(?:\w+_)?auth$/.test(name) && value.kind === 'tuple' ? 'inside' : 'nothing';
}

function maskedLeaf(term: Term, under: Under): Term {
  if (under === 'value' && (term.kind === 'integer' || term.kind === 'float')) return text(mask);
  const content = textOf(term);
  if (content === undefined)
    return under !== 'nothing' && isBytes(term)
      ? text(mask)
      : looksSecret(term)
        ? text(mask)
        : term;
  if (content === '') return term;
  if (under !== 'nothing') return text(mask);
  const masked = maskText(content);
  return masked === content ? term : text(masked);
}

/** Whether a text with a mask in it can only be one that was shown, and not a word of eight stars. */
function isMasked(shown: string, before: Term | undefined, under: Under): boolean {
  if (under !== 'nothing' || hasMaskedPlace(shown)) return true;
  return before !== undefined && maskedLeaf(before, under) !== before;
}

function isShownAs(stored: Term, under: Under, shown: string): boolean {
  const masked = asText(maskedLeaf(stored, under));
  return masked !== undefined && masked !== textOf(stored) && masked.trim() === shown.trim();
}

function isBytes(term: Term): boolean {
  return (term.kind === 'binary' && term.bytes.length > 0) || term.kind === 'bitstring';
}

/** A binary that is no text may hold one all the same. */
function looksSecret(term: Term): boolean {
  if (term.kind !== 'binary') return false;
  const content = Buffer.from(term.bytes).toString('latin1');
  return maskText(content) !== content;
}

/** The text of a binary or charlist. */
function textOf(term: Term): string | undefined {
  if (term.kind === 'binary') return asText(term);
  return isCharlist(term) ? String.fromCodePoint(...codesOf(term)) : undefined;
}

// Longer lists of numbers are no text somebody typed.
const maxCharlistLength = 10_000;

function isCharlist(term: Term): boolean {
  return (
    term.kind === 'list' &&
    term.tail === undefined &&
    term.items.length > 0 &&
    term.items.length <= maxCharlistLength &&
    codesOf(term).length === term.items.length
  );
}

function codesOf(term: Term): readonly number[] {
  return term.kind === 'list'
    ? term.items.flatMap((item) =>
        item.kind === 'integer' && item.value > 0n && item.value < 0xd800n
          ? [Number(item.value)]
          : [],
      )
    : [];
}

type Replace = (leaf: Term, beside: Term | undefined, under: Under) => Term;

/** Replaces leaves, going through a second term alongside: values of pairs and maps by their name, everything else by its place. */
function walk(term: Term, other: Term | undefined, under: Under, replace: Replace): Term {
  const inside = under === 'nothing' ? under : 'inside';
  switch (term.kind) {
    case 'list': {
      if (isCharlist(term)) return replace(term, other, under);
      const items = walkItems(term.items, other, inside, replace);
      return term.tail === undefined
        ? { ...term, items }
        : {
            ...term,
            items,
            tail: walk(term.tail, other?.kind === 'list' ? other.tail : undefined, inside, replace),
          };
    }
    case 'tuple':
      return walkTuple(term, other, inside, replace);
    case 'map':
      if (isExpression(term)) return term;
      return {
        ...term,
        entries: term.entries.map(([key, value]) => [
          key,
          walk(value, entryOf(other, key), below(textName(key), value, inside), replace),
        ]),
      };
    default:
      return replace(term, other, under);
  }
}

function walkTuple(
  term: Extract<Term, { kind: 'tuple' }>,
  other: Term | undefined,
  under: Under,
  replace: Replace,
): Term {
  const [first, second, ...rest] = term.items;
  // `{:system, "NAME"}` names a variable of the environment.
  if (first?.kind === 'atom' && first.name === systemVariable) return term;
  const name = first && textName(first);
  const beside = (index: number): Term | undefined =>
    other?.kind === 'tuple' ? other.items[index] : undefined;
  if (first && second && rest.length === 0 && name !== undefined)
    return tuple(
      under === 'nothing' ? first : walk(first, beside(0), under, replace),
      walk(second, beside(1), below(name, second, under), replace),
    );
  // `{:basic, "name", "password"}`
  const within = first?.kind === 'atom' && isSecretName(first.name) ? 'inside' : under;
  return {
    ...term,
    items: term.items.map((item, index) => walk(item, beside(index), within, replace)),
  };
}

function below(name: string | undefined, value: Term, under: Under): Under {
  const own = name === undefined ? 'nothing' : nameOf(name, value);
  return own === 'nothing' ? under : own;
}

/** Each item beside the stored one it stands for: pairs by name, of several by their order; others by their place, or where lists differ in length by how they are shown. */
function walkItems(
  items: readonly Term[],
  other: Term | undefined,
  under: Under,
  replace: Replace,
): readonly Term[] {
  const stored = other?.kind === 'list' ? other.items : [];
  const named = new Map<string, Term[]>();
  for (const item of stored) {
    const name = nameOfPair(item);
    if (name !== undefined) named.set(name, [...(named.get(name) ?? []), item]);
  }
  const seen = new Map<string, number>();
  return items.map((item, index) => {
    const name = nameOfPair(item);
    if (name === undefined)
      return walk(
        item,
        items.length === stored.length ? stored[index] : onlyShownAs(item, stored, under),
        under,
        replace,
      );
    const turn = seen.get(name) ?? 0;
    seen.set(name, turn + 1);
    return walk(item, named.get(name)?.[turn], under, replace);
  });
}

function onlyShownAs(item: Term, stored: readonly Term[], under: Under): Term | undefined {
  const shown = textOf(item);
  if (shown === undefined) return undefined;
  const [only, ...others] = stored.filter((candidate) => isShownAs(candidate, under, shown));
  return others.length === 0 ? only : undefined;
}

function nameOfPair(term: Term): string | undefined {
  const [name, value, ...rest] = term.kind === 'tuple' ? term.items : [];
  return name && value && rest.length === 0 ? textName(name) : undefined;
}

/** The name a pair or an entry has: an atom or a text. */
function textName(term: Term): string | undefined {
  return term.kind === 'atom' ? term.name : textOf(term);
}

function entryOf(term: Term | undefined, key: Term): Term | undefined {
  return term?.kind === 'map' ? term.entries.find(([known]) => equals(known, key))?.[1] : undefined;
}

/** A regular expression, which finds texts and holds none. */
function isExpression(term: Extract<Term, { kind: 'map' }>): boolean {
  return term.entries.some(
    ([key, value]) =>
      key.kind === 'atom' &&
      key.name === '__struct__' &&
      value.kind === 'atom' &&
      value.name === 'Elixir.Regex',
  );
}
