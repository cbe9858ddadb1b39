import type { InstanceSettings } from './settings.js';

/** Reads settings that may be as old as `lifetime` allows. */
interface RecentInstance {
  readonly readInstance: () => Promise<InstanceSettings>;
  /** The next reading is a new one. */
  readonly forgetInstance: () => void;
}

/**
 * Remembers the instance's settings for a moment, so that they are not read for each of a thousand requests a second. The instance itself
 * reads them only when it starts.
 * @param lifetime milliseconds; readings that fail are not remembered.
 */
export function recentInstance(
  read: () => Promise<InstanceSettings>,
  lifetime = 1_000,
  clock: () => number = () => performance.now(),
): RecentInstance {
  let reading: Promise<InstanceSettings> | undefined;
  let until = 0;
  const forgetInstance = (): void => {
    reading = undefined;
  };
  return {
    forgetInstance,
    readInstance: () => {
      if (reading && clock() < until) return reading;
      const begun = read();
      reading = begun;
      until = clock() + lifetime;
      begun.catch(() => {
        if (reading === begun) forgetInstance();
      });
      return begun;
    },
  };
}
