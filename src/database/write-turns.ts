import pLimit from 'p-limit';

/** A change waited too long for its turn, and was not begun. */
export class BusyError extends Error {
  override readonly name = 'BusyError';

  constructor() {
    super('too many changes are waiting');
  }
}

/** How many of the pool's connections changes hold at most: the rest is left to who reads. */
const writingShare = 0.7;

/** Runs a change when it is its turn. @throws BusyError when that takes too long. */
export type WriteTurns = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Changes that wait for each other, for one row say, would hold every connection of the pool, and
 * nobody could read meanwhile. So they get a share of it, first come first served.
 * @param connections of the pool.
 * @param patience milliseconds a change waits for its turn.
 */
export function writeTurns(connections: number, patience: number): WriteTurns {
  const inTurn = pLimit(Math.max(1, Math.floor(connections * writingShare)));
  return (work) =>
    new Promise((resolve, reject) => {
      let isGivenUp = false;
      const timer = setTimeout(() => {
        isGivenUp = true;
        reject(new BusyError());
      }, patience);
      const begin = async (): Promise<void> => {
        clearTimeout(timer);
        if (isGivenUp) return;
        await work().then(resolve, reject);
      };
      inTurn(begin).catch(reject);
    });
}
