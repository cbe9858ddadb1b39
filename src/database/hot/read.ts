import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Prisma } from '../generated/prisma/client.js';
import { hasLost, noteLoss, statementFault } from '../pooler.js';
import { runPrepared, type Text } from './prepared-query.js';

const maxNames = 300;

/** Under which name a statement is prepared; another one where what was prepared is stale. */
interface Prepared {
  readonly name: string;
  readonly generation: number;
}

const known = new Map<string, Prepared>();

/**
 * Statements come in few forms and are prepared under a name once per connection; past a number
 * that no usual work reaches they are not. The same name is the same text for every process: behind
 * a pooler they share connections.
 */
function preparedOf(text: string): Prepared | undefined {
  return known.get(text) ?? (known.size < maxNames ? name(text, 0) : undefined);
}

function name(text: string, generation: number): Prepared {
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  const prepared = { name: `steward-${digest}-${String(generation)}`, generation };
  known.set(text, prepared);
  return prepared;
}

/** Runs a prepared statement; the rows are lists of values as PostgreSQL wrote them, which whoever asked decodes. */
export async function readPrepared(
  pool: Pool,
  text: string,
  values: readonly unknown[],
): Promise<Text[][]> {
  const client = await pool.connect();
  try {
    return await runNamed(pool, client, text, values);
  } finally {
    client.release();
  }
}

/** A statement that was lost or is stale has not run: it can run again, unprepared. */
async function runNamed(
  pool: Pool,
  client: PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<Text[][]> {
  const prepared = hasLost(pool, 'prepared-statements') ? undefined : preparedOf(text);
  if (!prepared) return runPrepared(client, undefined, text, values);
  try {
    return await runPrepared(client, prepared.name, text, values);
  } catch (error) {
    const fault = statementFault(error);
    if (fault === undefined) throw error;
    if (fault === 'lost') noteLoss(pool, 'prepared-statements');
    else if (known.get(text) === prepared) name(text, prepared.generation + 1);
    return runPrepared(client, undefined, text, values);
  }
}

/** The same within an open transaction, where Prisma holds the connection. */
export async function readWithin(
  tx: Prisma.TransactionClient,
  text: string,
  values: readonly unknown[],
  width: number,
): Promise<Text[][]> {
  const columns = Array.from({ length: width }, (_, index) => `c${String(index)}`);
  const wrapped = `select ${columns.map((column) => `q.${column}::text`).join(', ')} from (${text}) q(${columns.join(', ')})`;
  const rows = await tx.$queryRawUnsafe<Record<string, Text>[]>(wrapped, ...values);
  return rows.map((row) => columns.map((column) => row[column] ?? null));
}
