import { setImmediate } from 'node:timers/promises';

/** Characters of a text that takes more than about two milliseconds to clean. */
const longText = 10_000;

let last: Promise<void> = Promise.resolve();

/**
 * Before a long text is cleaned: waits for a tick of the event loop that no other long text is cleaned in, so that
 * other requests are served between two of them. Undefined for a short text, which needs no wait.
 * @param length characters.
 */
export function ownTick(length: number): Promise<void> | undefined {
  if (length <= longText) return undefined;
  last = last.then(() => setImmediate());
  return last;
}

/** What `work` makes of a text of so many characters: at once, or in a tick of its own. */
export function inOwnTick<Result>(length: number, work: () => Result): Result | Promise<Result> {
  return ownTick(length)?.then(work) ?? work();
}
