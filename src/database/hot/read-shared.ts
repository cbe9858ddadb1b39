import type { Pool } from 'pg';
import type { Text } from './prepared-query.js';
import { readPrepared } from './read.js';

/** Reads rows by a statement that writes nothing. */
export type ReadShared = (text: string, values: readonly unknown[]) => Promise<readonly Text[][]>;

/**
 * Reads, outside of any transaction, what several ask alike in one turn of the event loop only once, after all of them asked: dashboards that
 * stand open in many places ask the same first page. Nothing is kept.
 */
export function sharingReader(pool: Pool): ReadShared {
  const asked = new Map<string, Promise<readonly Text[][]>>();
  let turn: Promise<void> | undefined;
  const endOfTurn = (): Promise<void> => (turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = undefined;
      asked.clear();
      resolve();
    });
  }));
  return (text, values) => {
    const question = `${text}\0${JSON.stringify(values, plain)}`;
    const known = asked.get(question);
    if (known) return known;
    const answer = endOfTurn().then(() => readPrepared(pool, text, values));
    asked.set(question, answer);
    return answer;
  };
}

function plain(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${String(value)}n` : value;
}
