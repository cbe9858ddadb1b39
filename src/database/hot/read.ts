import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Transaction } from '../database.js';
import { hasLost, noteLoss, statementFault } from '../pooler.js';
import { runPrepared, type Text } from './prepared-query.js';

const mostNames = 300;
const names = new Map<string, string>();

/**
 * Statements come in few forms and are prepared under a name once per connection; past a number that no usual work reaches they are not. The
 * same name is the same text for every process: behind a pooler they share connections.
 */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= mostNames) return '';
  return rename(text, 0);
}

/** Gives a statement its name of this generation: another one where what was prepared is stale. */
function rename(text: string, generation: number): string {
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  const name = `steward-${digest}-${String(generation)}`;
  names.set(text, name);
  return name;
}

/** Runs a prepared statement; the rows are lists of values as PostgreSQL wrote them, which whoever asked decodes. */
export async function readPrepared(pool: Pool, text: string, values: readonly unknown[]): Promise<Text[][]> {
  const client = await pool.connect();
  try {
    return await runNamed(pool, client, text, values);
  } finally {
    client.release();
  }
}

/** A statement that was lost or is stale has not run: it can run again, unprepared, also when it writes. */
async function runNamed(pool: Pool, client: PoolClient, text: string, values: readonly unknown[]): Promise<Text[][]> {
  const name = hasLost(pool, 'prepared-statements') ? '' : nameOf(text);
  try {
    return await runPrepared(client, name, text, values);
  } catch (error) {
    const fault = name === '' ? undefined : statementFault(error);
    if (fault === undefined) throw error;
    if (fault === 'lost') noteLoss(pool, 'prepared-statements');
    else if (names.get(text) === name) rename(text, Number(/\d+$/.exec(name)?.[0]) + 1);
    return runPrepared(client, '', text, values);
  }
}

/** The same within an open transaction, where Prisma holds the connection. */
export async function readWithin(tx: Transaction, text: string, values: readonly unknown[], width: number): Promise<Text[][]> {
  const columns = Array.from({ length: width }, (_, index) => `c${String(index)}`);
  const wrapped = `select ${columns.map((column) => `q.${column}::text`).join(', ')} from (${text}) q(${columns.join(', ')})`;
  const rows = await tx.$queryRawUnsafe<Record<string, Text>[]>(wrapped, ...values);
  return rows.map((row) => columns.map((column) => row[column] ?? null));
}
