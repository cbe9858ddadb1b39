import type { OperationContext } from '../context.js';
import type { Database } from '../database/database.js';

/** Milliseconds. */
const freshness = 60_000;

/** What is costly to read and anybody may ask for as often as they like is at most a minute old; one reading for all who ask meanwhile. */
export function fresh<Value>(
  read: (database: Database, now: Date) => Promise<Value>,
): (context: Pick<OperationContext, 'database' | 'now'>) => Promise<Value> {
  const known = new WeakMap<
    Database['pool'],
    { readonly value: Promise<Value>; readonly until: number }
  >();
  return ({ database, now }) => {
    const kept = known.get(database.pool);
    if (kept && kept.until > now().getTime()) return kept.value;
    const value = read(database, now());
    known.set(database.pool, { value, until: now().getTime() + freshness });
    value.catch(() => known.delete(database.pool));
    return value;
  };
}
