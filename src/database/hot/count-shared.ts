import { LRUCache } from 'lru-cache';
import { questionOf, type ReadShared } from './read-shared.js';

/**
 * Counts rows.
 * @param from what follows `select count(*) from`; writes nothing, and what it counts depends on rows alone, not on the time.
 */
export type CountShared = (from: string, values: readonly unknown[]) => Promise<number>;

/** What was counted last, and the counting that goes on. */
interface Counter {
  snapshot: string | null;
  count: number;
  running: Promise<unknown> | undefined;
}

const mostKept = 200;

/**
 * What a statement sees: two with the same text here see the same rows, for nothing was committed between them (PostgreSQL, "Transaction ID and
 * Snapshot Information Functions"). Another start is another history, after a restore for one. Not true of a standby, whose snapshots do not
 * tell what it replayed between them: there the text is null, and every question is counted anew.
 */
const snapshot = `select case when pg_is_in_recovery() then null
  else pg_current_snapshot()::text || pg_postmaster_start_time()::text end as text`;

/**
 * Counts outside of any transaction. Counting reads every row it counts, which takes a tenth of a second in a table of 100,000 accounts, and
 * every list over REST has its number. So a number is kept with the snapshot it was counted in, and the statement counts again only in another
 * one. Who asks while the same is being counted waits for that first.
 */
export function sharingCounter(read: ReadShared): CountShared {
  const counters = new LRUCache<string, Counter>({ max: mostKept });
  const counterOf = (question: string): Counter => {
    const known = counters.get(question) ?? { snapshot: null, count: 0, running: undefined };
    counters.set(question, known);
    return known;
  };
  return async (from, values) => {
    const counter = counterOf(questionOf(from, values));
    await counter.running?.catch(() => undefined);
    const { snapshot: seen, count: known } = counter;
    const reading = read(
      `select s.text, case when s.text = $${String(values.length + 1)} then null else (select count(*) from ${from}) end from (${snapshot}) s`,
      [...values, seen],
    );
    counter.running = reading;
    try {
      const [[text = null, count = null] = []] = await reading;
      if (count === null) return known;
      return Object.assign(counter, { snapshot: text, count: Number(count) }).count;
    } finally {
      if (counter.running === reading) counter.running = undefined;
    }
  };
}
