import type { Term } from './term.js';
import { keyJson, leafText, type JsonDialect } from './to-json.js';

/** The stored term at the place that is being converted, if there is one. */
export type Previous = Term | undefined;

/** Finds, for the items of a posted list, the stored items they most likely are. */
export class PreviousItems {
  private readonly items: readonly Term[];
  private texts: ReadonlyMap<string, Term> | undefined;
  private pairs: ReadonlyMap<string, Term> | undefined;

  constructor(
    previous: Previous,
    private readonly dialect: JsonDialect,
  ) {
    this.items = previous?.kind === 'list' ? previous.items : [];
  }

  /**
   * A text is the stored item of that text and a pair the stored pair of that name, here if one stands here, else wherever the first
   * stood; of anything else the position counts.
   */
  of(value: unknown, index: number): Previous {
    const here = this.items[index];
    if (typeof value === 'string')
      return here && this.textOf(here) === value
        ? here
        : (this.texts ??= byName(this.items, (item) => this.textOf(item))).get(value);
    const name = pairName(value);
    if (name === undefined || (here && this.nameOf(here) === name)) return here;
    return (this.pairs ??= byName(this.items, (item) => this.nameOf(item))).get(name) ?? here;
  }

  private textOf(item: Term): string | undefined {
    return leafText(item, this.dialect);
  }

  private nameOf(item: Term): string | undefined {
    return item.kind === 'tuple' && item.items[0]
      ? leafText(item.items[0], this.dialect)
      : undefined;
  }
}

/** Finds the stored entries of a map by the name of their key in JSON. */
export class PreviousEntries {
  private readonly entries: ReadonlyMap<string, readonly [Term, Term]>;

  constructor(previous: Previous, dialect: JsonDialect) {
    this.entries = byName(previous?.kind === 'map' ? previous.entries : [], ([key]) =>
      keyJson(key, dialect),
    );
  }

  of(name: string): readonly [Previous, Previous] {
    return this.entries.get(name) ?? [undefined, undefined];
  }
}

/** The value of a stored pair. */
export function previousPair(previous: Previous): Previous {
  return previous?.kind === 'tuple' && previous.items.length === 2 ? previous.items[1] : undefined;
}

// The first item of every name.
function byName<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string | undefined,
): ReadonlyMap<string, Item> {
  const index = new Map<string, Item>();
  for (const item of items) {
    const name = nameOf(item);
    if (name !== undefined && !index.has(name)) index.set(name, item);
  }
  return index;
}

function pairName(value: unknown): string | undefined {
  const items: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'tuple') : undefined;
  if (!Array.isArray(items)) return undefined;
  const [name] = items as readonly unknown[];
  return typeof name === 'string' ? name : undefined;
}
