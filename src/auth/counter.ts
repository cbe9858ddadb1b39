import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { ThrottledError } from '../errors.js';

/** Counts by key what may be done so often a minute. */
export interface Counter {
  /** @throws ThrottledError when nothing is left for this minute. */
  readonly take: (key: string) => Promise<void>;
  /** Gives back what was taken. */
  readonly giveBack: (key: string) => Promise<void>;
}

interface Rules {
  readonly perMinute: number;
  /** What is counted; other counters have other names. */
  readonly name: string;
  /** Whether a key that has nothing left stays so until its minute is over, whatever is given back: then no question about it reaches the database. */
  readonly isFinal?: boolean;
}

const seconds = 60;

/**
 * @param shared where it is counted for all processes, in the schema `steward`; default: in this process, and so it is while that cannot be
 * written: nobody is kept from reading because a count cannot be stored.
 */
export function createCounter(
  { perMinute, name, isFinal = false }: Rules,
  shared: Pool | undefined,
): Counter {
  const rules = { points: perMinute, duration: seconds, keyPrefix: name };
  const stored = {
    schemaName: 'steward',
    tableName: 'rate_limits',
    tableCreated: true,
    storeType: 'pool',
    ...(isFinal ? { inMemoryBlockOnConsumed: perMinute + 1 } : {}),
  };
  const limiter = shared
    ? new RateLimiterPostgres({
        ...rules,
        ...stored,
        storeClient: shared,
        insuranceLimiter: new RateLimiterMemory(rules),
      })
    : new RateLimiterMemory(rules);
  return {
    take: async (key) => {
      try {
        await limiter.consume(key);
      } catch (refused) {
        throw refused instanceof RateLimiterRes
          ? new ThrottledError(Math.max(1, Math.ceil(refused.msBeforeNext / 1_000)))
          : refused;
      }
    },
    giveBack: async (key) => void (await limiter.reward(key)),
  };
}
