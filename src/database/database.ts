import type { Pool } from 'pg';
import { Prisma, PrismaClient } from './generated/prisma/client.js';
import { cachedCounter } from './hot/cached-count.js';
import type { Text } from './hot/prepared-query.js';
import { readPrepared, readWithin } from './hot/read.js';
import { ReadablePrismaPg } from './readable-adapter.js';
import { checkSchema, type Family, type SchemaReport } from './family.js';
import { limitsStatement } from './limits.js';
import { withoutSettings } from './pool.js';
import { hasLost, isRefusedSetting, noteLoss } from './pooler.js';
import { TransactionScope } from './transaction-scope.js';
import { isConflict } from './unreachable.js';
import { writeTurns } from './write-turns.js';

/** Inside one transaction: everything Prisma can do but open another. */
export type Transaction = Prisma.TransactionClient;

/** The instance's database: Prisma for most work, the pool for prepared statements, and which family's tables these are. */
export interface Database {
  /** Inside a transaction of this database: that transaction, so that no query waits for a second connection while one is held. */
  readonly prisma: Transaction;
  /** Whether whoever asks stands within a transaction of this database. */
  readonly isInTransaction: boolean;
  readonly pool: Pool;
  readonly schema: SchemaReport;
  readonly family: Family;
  /**
   * Runs `work` in one transaction: all of it is kept, or, when it throws, none. Not all connections do so at once, so that who reads never
   * waits for who writes. Deadlocks and serialization failures are tried again.
   * Within a transaction it becomes part of that one: when it throws, it alone is taken back, and the other one can go on.
   * @param attempts how often it is tried at most; 1 for work that must not be repeated.
   */
  transaction<Result>(
    work: (tx: Transaction) => Promise<Result>,
    attempts?: number,
  ): Promise<Result>;
  /**
   * Reads rows by a prepared statement, outside of Prisma: for the few questions nearly every request asks.
   * Within a transaction it asks there.
   * @param text writes nothing.
   * @param width how many columns the statement gives.
   */
  read(text: string, values: readonly unknown[], width: number): Promise<readonly Text[][]>;
  /**
   * Counts rows by a prepared statement; the number is true when it is given, but may be the one that was counted for somebody else
   * (src/database/hot/cached-count.ts). Within a transaction it counts there.
   * @param from what follows `select count(*) from`; writes nothing, and what it counts depends on rows alone, not on the time.
   */
  count(from: string, values: readonly unknown[]): Promise<number>;
  close(): Promise<void>;
}

const maxAttempts = 4;
/** Milliseconds a transaction waits for a connection, and runs; together what a mutation may take. */
const limits = { maxWait: 5_000, timeout: 55_000 };

/**
 * Opens the database behind a pool after checking its schema; closes the pool again when the check fails.
 * @param release what else to free at the end, e.g. the embedded server behind the pool.
 * @throws SchemaError when the tables are not those of a supported instance.
 */
export async function openDatabase(
  pool: Pool,
  release: () => Promise<void> = () => Promise.resolve(),
): Promise<Database> {
  try {
    const schema = await firstLook(pool);
    const client = new PrismaClient({
      adapter: new ReadablePrismaPg(pool),
      transactionOptions: limits,
      errorFormat: 'minimal',
    });
    const scope = new TransactionScope();
    const inTurn = writeTurns(pool.options.max, limits.maxWait);
    const begin = <Result>(work: (tx: Transaction) => Promise<Result>) =>
      client.$transaction((tx) =>
        scope.run(tx, async () => {
          if (hasLost(pool, 'settings')) await tx.$executeRawUnsafe(limitsStatement);
          return work(tx);
        }),
      );
    const read = (text: string, values: readonly unknown[]): Promise<Text[][]> =>
      readPrepared(pool, text, values);
    const count = cachedCounter(read);
    return {
      get prisma() {
        return scope.current?.tx ?? client;
      },
      get isInTransaction() {
        return scope.current !== undefined;
      },
      pool,
      schema,
      family: schema.family,
      transaction: (work, attempts = maxAttempts) => {
        const outer = scope.current;
        if (!outer) return inTurn(() => retrying(attempts, () => begin(work)));
        const turn = outer.last.then(() =>
          retrying(attempts, () => outer.tx.$transaction((tx) => scope.run(tx, work))),
        );
        outer.last = turn.then(over, over);
        return turn;
      },
      read: (text, values, width) => {
        const tx = scope.current?.tx;
        return tx ? readWithin(tx, text, values, width) : read(text, values);
      },
      count: async (from, values) => {
        const tx = scope.current?.tx;
        return tx
          ? Number((await readWithin(tx, `select count(*) from ${from}`, values, 1))[0]?.[0])
          : count(from, values);
      },
      close: async () => {
        await client.$disconnect();
        await pool.end();
        await release();
      },
    };
  } catch (error) {
    await pool.end();
    await release();
    throw error;
  }
}

/** Checks the schema; where a pooler refuses the settings of a connection, goes on without them. */
async function firstLook(pool: Pool): Promise<SchemaReport> {
  try {
    return await checkSchema(pool);
  } catch (error) {
    if (!isRefusedSetting(error)) throw error;
    withoutSettings(pool);
    noteLoss(pool, 'settings');
    return checkSchema(pool);
  }
}

function over(): void {}

async function retrying<Result>(attempts: number, run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= attempts || !isConflict(error)) throw error;
    }
  }
}

/** The database columns of a refused duplicate, e.g. `["nickname"]`; undefined when `error` is something else. */
export function duplicateOf(error: unknown): readonly string[] | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002')
    return undefined;
  const text = JSON.stringify(error.meta ?? {});
  return ['nickname', 'email', 'ap_id'].filter((column) => text.includes(column));
}
