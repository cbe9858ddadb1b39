import type { Pool } from 'pg';
import { createCounter } from './counter.js';
import { networkOf } from './network.js';
import { turnsByKey } from './turns.js';

/** What is guessed at; each is counted for itself. */
type Guess = 'password' | 'secret';

/** Counts wrong guesses by address. */
export interface Attempts {
  /**
   * Takes one of the address's attempts, then runs `check`, and gives the attempt back unless the guess was wrong: of guesses that come at
   * once no more are checked than of those that come one after the other.
   * @param check undefined = the guess was wrong.
   * @param isWrong whether an error of `check` says so; an error that says nothing about the guess is not counted.
   * @throws ThrottledError, without a check, when no attempt is left.
   */
  readonly count: <Result>(
    guess: Guess,
    address: string,
    check: () => Promise<Result>,
    isWrong?: (error: unknown) => boolean,
  ) => Promise<Result>;
}

/** Right guesses hold an attempt while they are checked: were as many checked at once as there are attempts, one would be refused. */
const maxAtOnce = 5;

/**
 * So many wrong guesses a minute and address: the instance's own limit is 15
 * (docs/instance/config.md#settings-steward-reads).
 * @param shared where they are counted for all processes, in the schema `steward`; default: in this process.
 */
export function createAttempts(perMinute = 15, shared?: Pool): Attempts {
  const counter = createCounter({ perMinute, name: 'guess' }, shared);
  const inTurn = turnsByKey(maxAtOnce);
  return {
    count: (guess, address, check, isWrong = () => false) => {
      const key = `${guess} ${networkOf(address)}`;
      return inTurn(key, async () => {
        await counter.take(key);
        let wrong = false;
        try {
          const result = await check();
          wrong = result === undefined;
          return result;
        } catch (error) {
          wrong = isWrong(error);
          throw error;
        } finally {
          if (!wrong) await counter.giveBack(key);
        }
      });
    },
  };
}
