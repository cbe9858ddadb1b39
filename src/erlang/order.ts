import type { Term } from './term-kinds.js';

type ListTerm = Extract<Term, { kind: 'list' }>;
type MapTerm = Extract<Term, { kind: 'map' }>;

const EMPTY_LIST: Term = { kind: 'list', items: [] };

// numbers < atoms < references, functions, ports, pids < tuples < maps < lists < binaries
const RANK: Readonly<Record<Term['kind'], number>> = {
  integer: 0,
  float: 1,
  atom: 2,
  opaque: 3,
  export: 4,
  tuple: 5,
  map: 6,
  list: 7,
  binary: 8,
  bitstring: 8,
};

/**
 * Compares two terms the way Erlang sorts the keys of a map: exactly, so that 1 and 1.0 differ (integers first).
 * Returns a negative number, 0 for the same term, or a positive number. Relies on map entries being sorted, as `map` leaves them.
 */
export function compareTerms(a: Term, b: Term): number {
  if (a === b) return 0;
  const rank = RANK[a.kind] - RANK[b.kind];
  if (rank !== 0) return rank;
  switch (a.kind) {
    case 'integer':
      return b.kind === 'integer' ? compareValues(a.value, b.value) : 0;
    case 'float':
      return b.kind === 'float' ? compareFloats(a.value, b.value) : 0;
    case 'atom':
      return b.kind === 'atom' ? compareNames(a.name, b.name) : 0;
    case 'opaque':
      return b.kind === 'opaque' ? Buffer.compare(a.bytes, b.bytes) : 0;
    case 'export':
      return b.kind === 'export'
        ? compareNames(a.module, b.module) || compareNames(a.name, b.name) || a.arity - b.arity
        : 0;
    case 'tuple':
      return b.kind === 'tuple'
        ? a.items.length - b.items.length || compareItems(a.items, b.items)
        : 0;
    case 'map':
      return b.kind === 'map' ? compareEntries(a.entries, b.entries) : 0;
    case 'list':
      return b.kind === 'list' ? compareLists(a, b) : 0;
    case 'binary':
    case 'bitstring':
      return b.kind === 'binary' || b.kind === 'bitstring'
        ? Buffer.compare(a.bytes, b.bytes) || bitLength(a) - bitLength(b)
        : 0;
  }
}

function compareValues<Value extends bigint | number>(a: Value, b: Value): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareFloats(a: number, b: number): number {
  return compareValues(a, b) || (Object.is(a, b) ? 0 : Object.is(a, -0) ? -1 : 1);
}

function compareNames(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function compareItems(a: readonly Term[], b: readonly Term[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 0;
    const order = compareTerms(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

function compareEntries(a: MapTerm['entries'], b: MapTerm['entries']): number {
  return (
    a.length - b.length ||
    compareItems(
      a.map(([key]) => key),
      b.map(([key]) => key),
    ) ||
    compareItems(
      a.map(([, value]) => value),
      b.map(([, value]) => value),
    )
  );
}

function compareLists(a: ListTerm, b: ListTerm): number {
  const order = compareItems(a.items, b.items);
  if (order !== 0) return order;
  const common = Math.min(a.items.length, b.items.length);
  const [left, right] = [restOf(a, common), restOf(b, common)];
  return left.kind === 'list' && right.kind === 'list'
    ? left.items.length - right.items.length
    : compareTerms(left, right);
}

// What follows the first `count` items: more items (then any non-empty list will do), the tail, or [].
function restOf(list: ListTerm, count: number): Term {
  return list.items.length > count ? list : (list.tail ?? EMPTY_LIST);
}

function bitLength(term: Extract<Term, { kind: 'binary' | 'bitstring' }>): number {
  return term.bytes.length * 8 - (term.kind === 'bitstring' ? 8 - term.bits : 0);
}
