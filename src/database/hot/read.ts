import type { Pool } from 'pg';
import type { Transaction } from '../database.js';
import { runPrepared, type Text } from './prepared-query.js';

const mostNames = 300;
const names = new Map<string, string>();

/** Statements come in few forms and are prepared under a name once per connection; past a number that no usual work reaches they are not. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= mostNames) return '';
  const name = `hot-${String(names.size)}`;
  names.set(text, name);
  return name;
}

/** Runs a prepared statement; the rows are lists of values as PostgreSQL wrote them, which whoever asked decodes. */
export async function readPrepared(pool: Pool, text: string, values: readonly unknown[]): Promise<Text[][]> {
  const client = await pool.connect();
  try {
    return await runPrepared(client, nameOf(text), text, values);
  } finally {
    client.release();
  }
}

/** The same within an open transaction, where Prisma holds the connection. */
export async function readWithin(tx: Transaction, text: string, values: readonly unknown[], width: number): Promise<Text[][]> {
  const columns = Array.from({ length: width }, (_, index) => `c${String(index)}`);
  const wrapped = `select ${columns.map((column) => `q.${column}::text`).join(', ')} from (${text}) q(${columns.join(', ')})`;
  const rows = await tx.$queryRawUnsafe<Record<string, Text>[]>(wrapped, ...values);
  return rows.map((row) => columns.map((column) => row[column] ?? null));
}
