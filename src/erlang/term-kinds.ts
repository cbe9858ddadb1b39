/** An Erlang term, lossless: what `config.value` and job arguments are made of. Immutable; build with the functions of `term.ts`. */
export type Term =
  | { readonly kind: 'atom'; readonly name: string }
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array }
  /** A binary of which only the first `bits` (1 to 7) of the last byte count. */
  | { readonly kind: 'bitstring'; readonly bytes: Uint8Array; readonly bits: number }
  | { readonly kind: 'tuple'; readonly items: readonly Term[] }
  /** Charlists are lists of integers. With `tail` (never a list) it is improper and has at least one item. */
  | { readonly kind: 'list'; readonly items: readonly Term[]; readonly tail?: Term }
  /** The entries are sorted by key and no key is there twice: `map` sees to both. */
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Term, Term])[] }
  /** `&module.name/arity` */
  | {
      readonly kind: 'export';
      readonly module: string;
      readonly name: string;
      readonly arity: number;
    }
  /** A fun, pid, port or reference: the bytes with their tag, carried from decode to encode, never made from other input. */
  | { readonly kind: 'opaque'; readonly bytes: Uint8Array };
