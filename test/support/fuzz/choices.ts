/** Decisions drawn from a list of numbers fast-check made: the same numbers decide the same, and smaller ones decide for what comes first. */
export class Choices {
  private position = 0;

  constructor(
    private readonly entropy: Uint32Array,
    /** Values to put where the schema asks for one. */
    private readonly values: readonly string[],
  ) {}

  /** 0 … below - 1. */
  number(below: number): number {
    const drawn = this.entropy[this.position % this.entropy.length] ?? 0;
    this.position += 1;
    return below <= 0 ? 0 : drawn % below;
  }

  /** True once in so many. */
  once(inSoMany: number): boolean {
    return this.number(inSoMany) === inSoMany - 1;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.number(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  some<Item>(items: readonly Item[], most: number): Item[] {
    return items.length === 0
      ? []
      : Array.from({ length: this.number(most + 1) }, () => this.pick(items));
  }

  text(): string {
    return this.pick(this.values);
  }

  /** JSON of any form: texts, numbers at the edges, lists, objects, at times deep. */
  json(depth = 3): unknown {
    switch (this.number(depth > 0 ? 9 : 6)) {
      case 0:
      case 1:
      case 2:
        return this.text();
      case 3:
        return this.pick([0, 1, -1, 50, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308]);
      case 4:
        return this.pick([true, false, 'true', 'false', '1']);
      case 5:
        return null;
      case 6:
        return Array.from({ length: this.number(4) }, () => this.json(depth - 1));
      case 7:
        return this.once(20) ? nested(2_000) : [this.json(depth - 1)];
      default:
        return Object.fromEntries(
          Array.from({ length: this.number(4) }, () => [this.text(), this.json(depth - 1)]),
        );
    }
  }
}

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}
