import { existsSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

export interface BlockingWatch {
  /** The longest the event loop could not turn, in milliseconds, while its thread had the processor. */
  readonly longest: () => number;
  /** The same by `perf_hooks`, which also counts what other processes of a busy machine took. */
  readonly maxDelay: () => number;
  /** The longest collection of garbage, which is in both. */
  readonly maxCollectionLength: () => number;
  /** What the test itself did up to now does not count. */
  readonly skip: () => void;
  readonly stop: () => void;
}

/** Of the main thread: nanoseconds on the processor, and others. */
const threadStatistics = `/proc/self/task/${process.pid}/schedstat`;

/** Milliseconds the main thread has had the processor; where Linux does not tell, the whole process. */
function processorTime(): number {
  if (existsSync(threadStatistics))
    return Number(readFileSync(threadStatistics, 'utf8').split(' ', 1)[0]) / 1_000_000;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Watches for work that blocks the event loop. A thread that waits for its turn is late too, but has not used the time. */
export function watchBlocking(): BlockingWatch {
  const histogram = monitorEventLoopDelay({ resolution: 10 });
  histogram.enable();
  let [longest, maxCollectionLength] = [0, 0];
  const look = () => ({ at: performance.now(), used: processorTime() });
  let last = look();
  const collections = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      maxCollectionLength = Math.max(maxCollectionLength, duration);
  });
  collections.observe({ entryTypes: ['gc'] });
  const timer = setInterval(() => {
    const now = look();
    longest = Math.max(longest, Math.min(now.at - last.at, now.used - last.used));
    last = now;
  }, 5);
  return {
    longest: () => longest,
    maxDelay: () => histogram.max / 1_000_000,
    maxCollectionLength: () => maxCollectionLength,
    skip: () => {
      last = look();
    },
    stop: () => {
      collections.disconnect();
      clearInterval(timer);
      histogram.disable();
    },
  };
}
