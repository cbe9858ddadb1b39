import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ThrottledError } from '../errors.js';

/** What is guessed at; each is counted for itself. */
type Guess = 'password' | 'secret';

/** Counts attempts by address, in this process. */
export interface Attempts {
  /** Counts one attempt. @throws ThrottledError when it is one too many. */
  readonly spend: (guess: Guess, address: string) => Promise<void>;
  /** Counts none. @throws ThrottledError while no attempt is left. */
  readonly demand: (guess: Guess, address: string) => Promise<void>;
}

const seconds = 60;

/** So many attempts a minute and address: the instance's own limit is 15 (facts/users.md §1.4). */
export function createAttempts(perMinute = 15): Attempts {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: seconds });
  const key = (guess: Guess, address: string): string => `${guess} ${networkOf(address)}`;
  const throttled = ({ msBeforeNext }: RateLimiterRes): ThrottledError => new ThrottledError(Math.max(1, Math.ceil(msBeforeNext / 1_000)));
  return {
    spend: async (guess, address) => {
      try {
        await limiter.consume(key(guess, address));
      } catch (refused) {
        throw refused instanceof RateLimiterRes ? throttled(refused) : refused;
      }
    },
    demand: async (guess, address) => {
      const state = await limiter.get(key(guess, address));
      if (state && state.consumedPoints >= perMinute) throw throttled(state);
    },
  };
}

/** One customer has a /64 of IPv6 addresses: they count as one. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0');
  return [...groups, ...zeros, ...rest].slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':');
}
