import { LRUCache } from 'lru-cache';
import type { Text } from './prepared-query.js';

/**
 * Counts rows.
 * @param from what follows `select count(*) from`; writes nothing, and what it counts depends on rows alone, not on the time.
 */
export type Count = (from: string, values: readonly unknown[]) => Promise<number>;

type Read = (text: string, values: readonly unknown[]) => Promise<readonly Text[][]>;

/** What was counted last, the counting that goes on, and the one that follows it. */
interface Counter {
  snapshot: string | null;
  count: number;
  running: Promise<number> | undefined;
  next: Promise<number> | undefined;
}

const maxCounters = 200;

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
 * one (docs/decisions/0006-counts-by-snapshot.md). Whoever asks while the same is being counted waits for that, and all of them share the next.
 */
export function cachedCounter(read: Read): Count {
  const counters = new LRUCache<string, Counter>({ max: maxCounters });
  const counterOf = (question: string): Counter => {
    const known = counters.get(question);
    if (known) return known;
    const counter = { snapshot: null, count: 0, running: undefined, next: undefined };
    counters.set(question, counter);
    return counter;
  };
  const ask = async (counter: Counter, from: string, values: readonly unknown[]) => {
    const { snapshot: seen, count: known } = counter;
    const [[text = null, count = null] = []] = await read(
      `select s.text, case when s.text = $${String(values.length + 1)} then null else (select count(*) from ${from}) end from (${snapshot}) s`,
      [...values, seen],
    );
    if (count === null) return known;
    return Object.assign(counter, { snapshot: text, count: Number(count) }).count;
  };
  const start = (counter: Counter, from: string, values: readonly unknown[]): Promise<number> => {
    const running = ask(counter, from, values).finally(() => {
      if (counter.running === running) counter.running = undefined;
    });
    counter.running = running;
    return running;
  };
  return (from, values) => {
    const counter = counterOf(questionOf(from, values));
    if (!counter.running) return start(counter, from, values);
    const begin = (): Promise<number> => {
      counter.next = undefined;
      return start(counter, from, values);
    };
    counter.next ??= counter.running.then(begin, begin);
    return counter.next;
  };
}

/** The same text for the same statement with the same values, and for no other. */
function questionOf(text: string, values: readonly unknown[]): string {
  return `${text}\0${JSON.stringify(values, plain)}`;
}

function plain(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${String(value)}n` : value;
}
