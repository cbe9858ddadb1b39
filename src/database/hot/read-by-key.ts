import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import type { Text } from './prepared-query.js';
import { readPrepared } from './read.js';

/** Reads the row of one key; undefined where there is none. */
export type ReadByKey = (text: string, key: string) => Promise<Text[] | undefined>;

const [mostStatements, mostKeys] = [300, 100];

/**
 * Reads rows by key, outside of any transaction: whoever asks the same in one turn of the event loop is answered by one statement, which
 * begins after all of them asked. Nothing is kept. Nearly every request asks who its caller is, and they come in crowds.
 *
 * `$1` of the statement is a list of keys; its first column tells the place of the row's key in it, counted from one. It says `(select $1)`:
 * where PostgreSQL sees how long the list is, it takes a plan made for every length anew to be cheaper than one for all, and planning takes
 * twice as long as the rest.
 */
export function readerByKey(pool: Pool): ReadByKey {
  const loaders = new LRUCache<string, DataLoader<string, Text[] | undefined>>({
    max: mostStatements,
  });
  const loaderOf = (text: string): DataLoader<string, Text[] | undefined> => {
    const known = loaders.get(text);
    if (known) return known;
    const loader = new DataLoader((keys: readonly string[]) => readAll(pool, text, keys), {
      cache: false,
      maxBatchSize: mostKeys,
      batchScheduleFn: setImmediate,
    });
    loaders.set(text, loader);
    return loader;
  };
  // No text of the database has a NUL in it, and one in a key would fail those of others with it.
  return (text, key) =>
    key.includes('\0') ? Promise.resolve(undefined) : loaderOf(text).load(key);
}

async function readAll(
  pool: Pool,
  text: string,
  keys: readonly string[],
): Promise<(Text[] | undefined)[]> {
  const found = new Array<Text[] | undefined>(keys.length).fill(undefined);
  for (const [place, ...row] of await readPrepared(pool, text, [keys]))
    found[Number(place) - 1] = row;
  return found;
}
