import type { Pool } from 'pg';
import { sharingInTurn } from '../../turn.js';
import type { Text } from './prepared-query.js';
import { readPrepared } from './read.js';

/** Reads rows by a statement that writes nothing. */
export type ReadShared = (text: string, values: readonly unknown[]) => Promise<readonly Text[][]>;

/** Reads, outside of any transaction, what several ask alike in one turn only once: dashboards that stand open in many places ask the same first page. */
export function sharingReader(pool: Pool): ReadShared {
  const share = sharingInTurn<readonly Text[][]>();
  return (text, values) =>
    share(questionOf(text, values), undefined, () => readPrepared(pool, text, values));
}

/** The same text for the same statement with the same values, and for no other. */
export function questionOf(text: string, values: readonly unknown[]): string {
  return `${text}\0${JSON.stringify(values, plain)}`;
}

function plain(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${String(value)}n` : value;
}
