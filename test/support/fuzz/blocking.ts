import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface BlockingWatch {
  /** The longest the event loop could not turn, in milliseconds, while this process had the processor. */
  readonly longest: () => number;
  /** The same by `perf_hooks`, which also counts what other processes of a busy machine took. */
  readonly longestDelay: () => number;
  readonly stop: () => void;
}

/** Watches for work that blocks the event loop. A process that waits for its turn is late too, but has not used the time. */
export function watchBlocking(): BlockingWatch {
  const histogram = monitorEventLoopDelay({ resolution: 10 });
  histogram.enable();
  let longest = 0;
  let last = { at: performance.now(), used: process.cpuUsage() };
  const timer = setInterval(() => {
    const now = { at: performance.now(), used: process.cpuUsage() };
    const used = (now.used.user + now.used.system - last.used.user - last.used.system) / 1_000;
    longest = Math.max(longest, Math.min(now.at - last.at, used));
    last = now;
  }, 5);
  return {
    longest: () => longest,
    longestDelay: () => histogram.max / 1_000_000,
    stop: () => {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
