import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import { answerOf, hasFailedSince, sayHello, type Answer } from '../federation/handshake.js';
import {
  describeSighting,
  sightingOf,
  type Companion,
  type Sighting,
} from '../instance/companion.js';

/** Milliseconds between two looks, and after which an answer is asked for again. */
const usualTimes = { look: 30_000, lifetime: 300_000 };

/**
 * Finds out whether the instance has the companion module, and keeps the answer. It is read inside of
 * transactions and asked for outside of them: at the start, every five minutes, and when a job of the module
 * has failed. While the instance does not answer, its last answer counts.
 */
export class CompanionWatch implements Companion {
  readonly #database: Database;
  readonly #now: () => Date;
  readonly #times: typeof usualTimes;
  #sighting: Sighting = { state: 'unknown' };
  #askedAt = new Date(0);
  /** A `hello` nobody has taken yet. */
  #waiting: bigint | undefined;
  #asking: Promise<Sighting> | undefined;

  constructor(database: Database, now: () => Date = () => new Date(), times = usualTimes) {
    this.#database = database;
    this.#now = now;
    this.#times = times;
  }

  get isThere(): boolean {
    return this.#sighting.state === 'there';
  }

  /** What the instance said last. */
  get sighting(): Sighting {
    return this.#sighting;
  }

  /** Asks the instance now; whoever asks meanwhile gets the same answer. */
  async ask(): Promise<Sighting> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** Asks the instance where its last answer is old, or has become doubtful; else looks for a late answer. */
  async look(): Promise<void> {
    if (this.#waiting !== undefined) {
      const answer = await answerOf(this.#database, this.#waiting);
      if (answer.kind === 'waiting') return;
      this.#take(answer);
      if (answer.kind !== 'gone') return;
    }
    const isOld = this.#now().getTime() - this.#askedAt.getTime() >= this.#times.lifetime;
    const isDoubtful = this.isThere && (await hasFailedSince(this.#database, this.#askedAt));
    if (isOld || isDoubtful || this.#sighting.state === 'unknown') await this.ask();
  }

  /** Asks now and from time to time, in the background, and logs what has changed. @returns ends it. */
  watch(log: Pick<Logger, 'info' | 'warn'>): () => void {
    let said = '';
    const tell = (level: 'info' | 'warn', words: string): void => {
      if (words !== said) log[level](words);
      said = words;
    };
    const attempt = async (work: () => Promise<unknown>): Promise<void> => {
      try {
        await work();
        tell(
          this.#sighting.state === 'outdated' ? 'warn' : 'info',
          describeSighting(this.#sighting),
        );
      } catch (error) {
        if (isOver) return;
        const reason = error instanceof Error ? error.name : 'unknown error';
        tell('warn', `The instance could not be asked for the companion module: ${reason}.`);
      }
    };
    let isOver = false;
    void attempt(() => this.ask());
    const timer = setInterval(() => void attempt(() => this.look()), this.#times.look);
    timer.unref();
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }

  async #ask(): Promise<Sighting> {
    const askedAt = this.#now();
    const answer = await sayHello(this.#database, askedAt);
    this.#askedAt = askedAt;
    this.#take(answer);
    return this.#sighting;
  }

  #take(answer: Answer): void {
    this.#waiting = answer.kind === 'waiting' ? answer.jobId : undefined;
    if (answer.kind === 'answered') {
      this.#sighting = sightingOf(answer.version, answer.instance, answer.ops);
    }
    if (answer.kind === 'discarded') this.#sighting = { state: 'absent' };
  }
}
