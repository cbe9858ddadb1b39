import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transaction } from './database.js';

/**
 * Which transaction whoever asks stands in, however many asynchronous steps away it was begun. Following those steps costs every promise of
 * the process, so it stops while no transaction is open.
 */
export class TransactionScope {
  readonly #running = new AsyncLocalStorage<Transaction>();
  #open = 0;

  get current(): Transaction | undefined {
    return this.#open === 0 ? undefined : this.#running.getStore();
  }

  /** Runs `work`, and whatever it begins, within this transaction. */
  async run<Result>(tx: Transaction, work: () => Promise<Result>): Promise<Result> {
    this.#open += 1;
    try {
      return await this.#running.run(tx, work);
    } finally {
      this.#open -= 1;
      if (this.#open === 0) this.#running.disable();
    }
  }
}
