// Long enough that waiting costs little, short enough that nobody notices.
const maxStretch = 10;

/**
 * Lets the process do something else now and then during long work: the function it returns waits a turn of the event loop whenever
 * some milliseconds have passed since it last did.
 */
export function breather(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < maxStretch) return;
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    since = performance.now();
  };
}
