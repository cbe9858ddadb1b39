import { AsyncLocalStorage } from 'node:async_hooks';
import type { Prisma } from './generated/prisma/client.js';

type Transaction = Prisma.TransactionClient;

/** A transaction that is open, and the last of those nested in it: they stand in line, for savepoints of one connection cannot overlap. */
interface Running {
  readonly tx: Transaction;
  last: Promise<void>;
}

/**
 * Which transaction whoever asks stands in, however many asynchronous steps away it was begun. Following those steps costs every promise of
 * the process, so it stops while no transaction is open.
 */
export class TransactionScope {
  readonly #running = new AsyncLocalStorage<Running>();
  #open = 0;

  /** The innermost transaction around whoever asks. */
  get current(): Running | undefined {
    return this.#open === 0 ? undefined : this.#running.getStore();
  }

  /** Runs `work`, and whatever it begins, within this transaction. */
  async run<Result>(tx: Transaction, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    this.#open += 1;
    try {
      return await this.#running.run({ tx, last: Promise.resolve() }, () => work(tx));
    } finally {
      this.#open -= 1;
      if (this.#open === 0) this.#running.disable();
    }
  }
}
