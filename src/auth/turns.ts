interface Turns {
  running: number;
  readonly waiting: (() => void)[];
}

/** Lets work of the same key run only so many at once; the others wait, first come first served. */
export function turnsByKey(
  maxAtOnce: number,
): <Result>(key: string, work: () => Promise<Result>) => Promise<Result> {
  const byKey = new Map<string, Turns>();
  const begin = async (key: string): Promise<Turns> => {
    const turns = byKey.get(key) ?? { running: 0, waiting: [] };
    byKey.set(key, turns);
    if (turns.running < maxAtOnce) turns.running += 1;
    else await new Promise<void>((resolve) => turns.waiting.push(resolve));
    return turns;
  };
  const end = (key: string, turns: Turns): void => {
    const next = turns.waiting.shift();
    if (next) {
      next();
      return;
    }
    turns.running -= 1;
    if (turns.running === 0) byKey.delete(key);
  };
  return async (key, work) => {
    const turns = await begin(key);
    try {
      return await work();
    } finally {
      end(key, turns);
    }
  };
}
