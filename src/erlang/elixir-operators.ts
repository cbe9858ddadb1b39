import { MAX_INTEGER_DIGITS } from './limits.js';
import { float, integer, list, type Term } from './term.js';

/** The operators whose result is data when both sides are. */
export type Operator = '<>' | '++' | '+' | '-' | '*';

interface Step {
  readonly operator: Operator;
  readonly term: Term;
}

const largest = 10n ** BigInt(MAX_INTEGER_DIGITS);

/**
 * What a chain of operators of the same rank comes to, e.g. `8 - 2 - 1` or `"a" <> "b"`.
 * @returns undefined where Elixir would not take the values, or the number is larger than any that is read.
 */
export function combine(first: Term, steps: readonly Step[]): Term | undefined {
  const operators = new Set(steps.map(({ operator }) => operator));
  const terms = [first, ...steps.map(({ term }) => term)];
  if (operators.has('<>')) return operators.size === 1 ? joinedTexts(terms) : undefined;
  if (operators.has('++')) return operators.size === 1 ? joinedLists(terms) : undefined;
  return steps.reduce<Term | undefined>(
    (left, { operator, term }) => left && calculated(left, operator, term),
    first,
  );
}

// Joined at once: one by one, a long chain would be copied as often as it has parts.
function joinedTexts(terms: readonly Term[]): Term | undefined {
  const pieces = terms.flatMap((term) => (term.kind === 'binary' ? [term.bytes] : []));
  return pieces.length === terms.length
    ? { kind: 'binary', bytes: new Uint8Array(Buffer.concat(pieces)) }
    : undefined;
}

function joinedLists(terms: readonly Term[]): Term | undefined {
  const lists = terms.flatMap((term) =>
    term.kind === 'list' && term.tail === undefined ? [term.items] : [],
  );
  return lists.length === terms.length ? list(lists.flat()) : undefined;
}

function calculated(left: Term, operator: Operator, right: Term): Term | undefined {
  if (left.kind === 'integer' && right.kind === 'integer') {
    const value = numbers[operator]?.exact(left.value, right.value);
    return value === undefined || value > largest || value < -largest ? undefined : integer(value);
  }
  if (!isNumber(left) || !isNumber(right)) return undefined;
  const value = numbers[operator]?.rounded(Number(left.value), Number(right.value));
  return value === undefined || !Number.isFinite(value) ? undefined : float(value);
}

function isNumber(term: Term): term is Extract<Term, { kind: 'integer' | 'float' }> {
  return term.kind === 'integer' || term.kind === 'float';
}

interface Calculation {
  readonly exact: (left: bigint, right: bigint) => bigint;
  readonly rounded: (left: number, right: number) => number;
}

const numbers: Partial<Record<Operator, Calculation>> = {
  '+': { exact: (left, right) => left + right, rounded: (left, right) => left + right },
  '-': { exact: (left, right) => left - right, rounded: (left, right) => left - right },
  '*': { exact: (left, right) => left * right, rounded: (left, right) => left * right },
};
