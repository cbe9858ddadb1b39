import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/**
 * What does not work through a pooler in transaction mode, such as PgBouncer: each transaction may
 * run on another connection of the server.
 * - `prepared-statements`: what was prepared on one is unknown on the next, or known already.
 * - `settings`: limits on statements and locks are not taken as parameters of the connection.
 */
export type PoolerLoss = 'prepared-statements' | 'settings';

type Listener = (loss: PoolerLoss) => void;

interface State {
  readonly lost: Set<PoolerLoss>;
  listener: Listener | undefined;
}

const states = new WeakMap<Pool, State>();

function stateOf(pool: Pool): State {
  const state = states.get(pool) ?? { lost: new Set<PoolerLoss>(), listener: undefined };
  states.set(pool, state);
  return state;
}

/** Whether this pool goes on without, from now on. */
export function hasLost(pool: Pool, loss: PoolerLoss): boolean {
  return stateOf(pool).lost.has(loss);
}

/** Everything this pool goes on without. */
export function lossesOf(pool: Pool): readonly PoolerLoss[] {
  return [...stateOf(pool).lost];
}

/** From now on the pool goes on without; whoever listens is told once. */
export function noteLoss(pool: Pool, loss: PoolerLoss): void {
  const { lost, listener } = stateOf(pool);
  if (lost.has(loss)) return;
  lost.add(loss);
  listener?.(loss);
}

/** Tells `listener` of what is lost already, and of what will be, each once. */
export function onLoss(pool: Pool, listener: Listener): void {
  const state = stateOf(pool);
  state.listener = listener;
  for (const loss of state.lost) listener(loss);
}

/** What operators are told of each. */
export const lossSentences: Readonly<Record<PoolerLoss, string>> = {
  'prepared-statements':
    'A pooler in transaction mode is in front of the database: statements are not prepared any ' +
    'more, which makes short reads slower. Use session mode, or PgBouncer 1.21 or newer with ' +
    'max_prepared_statements.',
  settings:
    'A pooler in front of the database refuses statement_timeout and lock_timeout: they are set ' +
    'for each transaction. Reads outside of one have no limit until you set it for the role: ' +
    "alter role steward set statement_timeout = '15s'.",
};

/** Whether the server, or a pooler before it, knows a parameter of the connection not. */
export function isRefusedSetting(error: unknown): boolean {
  return (
    error instanceof Error &&
    codeOf(error) === '08P01' &&
    /unsupported startup parameter/.test(error.message)
  );
}

/**
 * What is wrong with a prepared statement, where that is why it did not run:
 * - `lost`: prepared on another connection of the server, or by somebody else on this one.
 * - `stale`: its tables have other columns now, as after a migration of the instance.
 */
export function statementFault(error: unknown): 'lost' | 'stale' | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  if (code === '26000' || code === '42P05') return 'lost';
  if (code === '08P01' && /bind message supplies/.test(error.message)) return 'lost';
  return code === '0A000' && /cached plan/.test(error.message) ? 'stale' : undefined;
}

function codeOf(error: Error): unknown {
  return (error as { readonly code?: unknown }).code;
}

/** Where several connections of the server are free, a pooler may take another one. */
const probes = 5;

/**
 * Whether a pooler mixes up prepared statements: one that was prepared on a connection is found,
 * or missed, on another.
 */
export async function losesStatements(pool: Pool): Promise<boolean> {
  if (pool.options.max < 2) return false;
  const clients = [await pool.connect(), await pool.connect()];
  try {
    for (let probe = 0; probe < probes; probe += 1) {
      const name = `steward-probe-${randomUUID()}`;
      for (const client of [...clients, ...clients]) await client.query({ name, text: 'select 1' });
    }
    return false;
  } catch (error) {
    if (statementFault(error) === undefined) throw error;
    return true;
  } finally {
    for (const client of clients) client.release();
  }
}
