import type { Database, Transaction } from './database.js';
import type { Family } from './family.js';
import { Prisma } from './generated/prisma/client.js';
import { asJson, asText, asTime, decodeRows, type Columns } from './hot/decode.js';
import { createdObject } from './status-references.js';
import { reportColumns, type ReportRow } from './reports.js';
import type { Stretch } from './user-list.js';

/** Which reports; all given criteria must hold. */
export interface ReportCriteria {
  readonly state?: string | undefined;
  /** ap_id of the reported account. */
  readonly account?: string | undefined;
  /** ap_id of the reporter. */
  readonly reporter?: string | undefined;
  /** Number of a rule they name; null = one that cannot be. */
  readonly rule?: bigint | null | undefined;
}

/** The first of `data.object` is the reported account; Pleroma's index on what an activity is about holds just that. */
const reportedAccount: Readonly<Record<Family, Prisma.Sql>> = {
  akkoma: Prisma.sql`a.data->'object'->>0`,
  pleroma: createdObject.pleroma,
};

const columns: Columns = [
  ['id', asText],
  ['actor', asText],
  ['data', asJson],
  ['insertedAt', asTime],
];

/** The instance writes the numbers of rules as texts; numbers are read, too. */
function naming(rule: bigint | null): Prisma.Sql {
  if (rule === null) return Prisma.sql`false`;
  const [rules, number] = [Prisma.sql`a.data->'rules'`, String(rule)];
  return Prisma.sql`jsonb_typeof(${rules}) = 'array' and (${rules} @> to_jsonb(${number}::text) or ${rules} @> to_jsonb(${number}::text::bigint))`;
}

function conditions(
  family: Family,
  { state, account, reporter, rule }: ReportCriteria,
): Prisma.Sql[] {
  return [
    Prisma.sql`a.data->>'type' = 'Flag'`,
    ...(state === undefined ? [] : [Prisma.sql`a.data->>'state' = ${state}`]),
    ...(account === undefined ? [] : [Prisma.sql`${reportedAccount[family]} = ${account}`]),
    ...(reporter === undefined ? [] : [Prisma.sql`a.actor = ${reporter}`]),
    ...(rule === undefined ? [] : [naming(rule)]),
  ];
}

/** One page of reports, newest first (or from the other end), in one statement. */
export async function listReports(
  database: Database,
  criteria: ReportCriteria,
  { limit, offset = 0, olderThan, newerThan, reversed = false }: Stretch,
): Promise<ReportRow[]> {
  const where = [
    ...conditions(database.family, criteria),
    ...(olderThan === undefined ? [] : [Prisma.sql`a.id < ${olderThan}::uuid`]),
    ...(newerThan === undefined ? [] : [Prisma.sql`a.id > ${newerThan}::uuid`]),
  ];
  // The limit stands in the text: PostgreSQL plans a page of 50 otherwise than one of any size.
  const { text, values } = Prisma.sql`
    select a.id, a.actor, a.data, a.inserted_at from activities a where ${Prisma.join(where, ' and ')}
    order by ${reversed ? Prisma.sql`a.id asc nulls first` : Prisma.sql`a.id desc nulls last`} limit ${Prisma.raw(String(Math.trunc(limit)))} offset ${offset}::bigint`;
  return decodeRows<ReportRow>(await database.read(text, values, columns.length), columns);
}

/** How many reports match, whatever the page. */
export function countReports(database: Database, criteria: ReportCriteria): Promise<number> {
  const { text, values } =
    Prisma.sql`activities a where ${Prisma.join(conditions(database.family, criteria), ' and ')}`;
  return database.count(text, values);
}

/** Reports about these accounts, newest first, at most `most` of each; by ap_id. */
export async function reportsAbout(
  tx: Transaction,
  family: Family,
  accounts: readonly string[],
  most: number,
): Promise<Map<string, ReportRow[]>> {
  const rows = await tx.$queryRaw<(ReportRow & { account: string })[]>`
    select * from (
      select ${reportColumns}, ${reportedAccount[family]} as account, row_number() over (partition by ${reportedAccount[family]} order by a.id desc) as place
      from activities a where a.data->>'type' = 'Flag' and ${reportedAccount[family]} = any(${[...accounts]}::text[])) r
    where r.place <= ${most} order by r.id desc`;
  const byAccount = new Map<string, ReportRow[]>(accounts.map((account) => [account, []]));
  for (const { id, actor, data, insertedAt, account } of rows)
    byAccount.get(account)?.push({ id, actor, data, insertedAt });
  return byAccount;
}
