import type { Database, Transaction } from './database.js';
import type { Prisma } from './generated/prisma/client.js';

/** A row of `config`; `value` is a term in Erlang's external format. */
export const configSelect = {
  id: true,
  group: true,
  key: true,
  value: true,
  insertedAt: true,
  updatedAt: true,
} satisfies Prisma.ConfigEntrySelect;

export type ConfigRow = Prisma.ConfigEntryGetPayload<{ select: typeof configSelect }>;

/**
 * Lets nobody else write to `config` until the transaction ends; reading goes on. The table is small and written by hand, so this costs
 * less than what can go wrong between two writers of one setting that has no row yet.
 */
export async function lockConfig(tx: Transaction): Promise<void> {
  await tx.$executeRaw`lock table config in share row exclusive mode`;
}

/** Every row, oldest first. */
export function allConfigRows(tx: Transaction): Promise<ConfigRow[]> {
  return tx.configEntry.findMany({ orderBy: { id: 'asc' }, select: configSelect });
}

/** The rows whose group and key are among these. */
export function configRowsNamed(
  tx: Transaction,
  groups: readonly string[],
  keys: readonly string[],
): Promise<ConfigRow[]> {
  return tx.configEntry.findMany({
    where: { group: { in: [...groups] }, key: { in: [...keys] } },
    orderBy: { id: 'asc' },
    select: configSelect,
  });
}

/** What is to be stored under a name. */
export interface ConfigContent {
  readonly group: string;
  readonly key: string;
  readonly value: Uint8Array;
}

/** Inserts a row, or with `id` changes that one. */
export function saveConfigRow(
  tx: Transaction,
  id: bigint | undefined,
  { group, key, value }: ConfigContent,
  now: Date,
): Promise<ConfigRow> {
  const data = { group, key, value: new Uint8Array(value), updatedAt: now };
  return id === undefined
    ? tx.configEntry.create({ data: { ...data, insertedAt: now }, select: configSelect })
    : tx.configEntry.update({ where: { id }, data, select: configSelect });
}

/** Deletes rows and says how many there were. */
export async function deleteConfigRows(tx: Transaction, ids: readonly bigint[]): Promise<number> {
  const { count } = await tx.configEntry.deleteMany({ where: { id: { in: [...ids] } } });
  return count;
}

/**
 * When the running instance started, by the lease its Oban leader renews, and when a setting last changed; to the
 * second. Without a lease that is valid or was until a minute ago, no instance is known to run.
 */
export async function instanceStart(
  database: Database,
): Promise<{ readonly startedAt: Date | undefined; readonly changedAt: Date | undefined }> {
  // Both columns may hold infinity, or a year no Date has.
  const within = (column: string): string =>
    `${column} >= '0001-01-01' and ${column} < '10000-01-01'`;
  const started = `(select min(started_at) from oban_peers where ${within('started_at')} and expires_at > timezone('utc', clock_timestamp()) - interval '1 minute')`;
  const seconds = (time: string): string =>
    `extract(epoch from date_trunc('second', ${time}))::bigint::text`;
  const { showsPeers } = database.schema;
  const [row] = await database.read(
    `select ${showsPeers ? seconds(started) : 'null'}, ${seconds(`(select max(updated_at) from config where ${within('updated_at')})`)}`,
    [],
    2,
  );
  const timeOf = (text: string | null | undefined): Date | undefined =>
    text == null ? undefined : new Date(Number(text) * 1_000);
  return { startedAt: timeOf(row?.[0]), changedAt: timeOf(row?.[1]) };
}
