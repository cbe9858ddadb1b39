import type { Transaction } from './database.js';
import { Prisma } from './generated/prisma/client.js';
import { wholeSeconds } from './time.js';

/** A rule of the instance, of which a report can name those that were broken. */
export interface RuleRow {
  readonly id: bigint;
  /** Rules are listed by it, the lowest first. */
  readonly priority: number;
  readonly text: string;
  readonly hint: string | null;
}

/** All that is written of a rule. */
export type RuleText = Omit<RuleRow, 'id'>;

/** Where a rule stands in the list. */
export type RulePlace = Pick<RuleRow, 'id' | 'priority'>;

/** A stretch of the list, in its order; `reversed` reads from the other end. */
export interface RuleStretch {
  readonly limit: number;
  readonly after?: RulePlace | undefined;
  readonly before?: RulePlace | undefined;
  readonly reversed?: boolean | undefined;
}

const columns = Prisma.sql`r.id, r.priority, r.text, r.hint`;

/** Rules in the instance's order: by priority, then by id. */
export function listRules(
  tx: Transaction,
  { limit, after, before, reversed = false }: RuleStretch,
): Promise<RuleRow[]> {
  const where = [
    Prisma.sql`true`,
    ...(after
      ? [Prisma.sql`(r.priority, r.id) > (${after.priority}::bigint, ${after.id}::bigint)`]
      : []),
    ...(before
      ? [Prisma.sql`(r.priority, r.id) < (${before.priority}::bigint, ${before.id}::bigint)`]
      : []),
  ];
  const order = reversed ? Prisma.sql`r.priority desc, r.id desc` : Prisma.sql`r.priority, r.id`;
  return tx.$queryRaw<RuleRow[]>`
    select ${columns} from rules r where ${Prisma.join(where, ' and ')}
    order by ${order} limit ${limit}`;
}

export async function countRules(tx: Transaction): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`select count(*) as count from rules`;
  return Number(row?.count ?? 0);
}

/** Rules by their ids. */
export async function rulesByIds(
  tx: Transaction,
  ids: readonly bigint[],
): Promise<Map<string, RuleRow>> {
  const rows = await tx.$queryRaw<RuleRow[]>`
    select ${columns} from rules r where r.id = any(${ids.map(String)}::bigint[])`;
  return new Map(rows.map((row) => [String(row.id), row]));
}

/** One rule, which stays as it is until the transaction ends. */
export async function lockRule(tx: Transaction, id: bigint): Promise<RuleRow | undefined> {
  const [row] = await tx.$queryRaw<RuleRow[]>`
    select ${columns} from rules r where r.id = ${id} for update`;
  return row;
}

export async function insertRule(tx: Transaction, text: RuleText, now: Date): Promise<RuleRow> {
  const time = wholeSeconds(now);
  const [row] = await tx.$queryRaw<RuleRow[]>`
    insert into rules as r (priority, text, hint, inserted_at, updated_at)
    values (${text.priority}, ${text.text}, ${text.hint}, ${time}::timestamp, ${time}::timestamp)
    returning ${columns}`;
  if (!row) throw new Error('an insert returns its row');
  return row;
}

export async function updateRule(
  tx: Transaction,
  id: bigint,
  { priority, text, hint }: RuleText,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update rules set priority = ${priority}, text = ${text}, hint = ${hint},
      updated_at = ${wholeSeconds(now)}::timestamp
    where id = ${id}`;
}

export async function deleteRule(tx: Transaction, id: bigint): Promise<void> {
  await tx.$executeRaw`delete from rules where id = ${id}`;
}
