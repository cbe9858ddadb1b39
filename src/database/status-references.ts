import type { Database, Transaction } from './database.js';
import type { Family } from './family.js';
import { Prisma } from './generated/prisma/client.js';
import {
  asBoolean,
  asJson,
  asText,
  asTexts,
  asTime,
  decodeRows,
  type Columns,
} from './hot/decode.js';
import { objectOfActivity, type StatusRow } from './statuses.js';

/**
 * The expression of `activities_create_objects_index`, which differs by family
 * (docs/instance/schema.md#join-of-activity-and-object).
 */
export const createdObject: Readonly<Record<Family, Prisma.Sql>> = {
  akkoma: objectOfActivity,
  pleroma: Prisma.sql`associated_object_id(a.data)`,
};

/** How a status found by an ActivityPub id is read; the first two are its ids. */
const columns: Columns = [
  ['activityApId', asText],
  ['objectApId', asText],
  ['id', asText],
  ['actor', asText],
  ['insertedAt', asTime],
  ['object', asJson],
  ['type', asText],
  ['local', asBoolean],
  ['recipients', asTexts],
  ['activity', asJson],
  ['objectId', BigInt],
];

/** Statuses whose Create, or whose object, has one of these ids. */
const found = (id: Prisma.Sql, apIds: readonly string[]): Prisma.Sql => Prisma.sql`
  select a.data->>'id', ${objectOfActivity}, a.id, a.actor, a.inserted_at, o.data, a.data->>'type', a.local, a.recipients, a.data, o.id from activities a left join objects o on o.data->>'id' = ${objectOfActivity}
  where ${id} = any(${[...apIds]}::text[]) and a.data->>'type' = 'Create' order by a.id`;

/**
 * The statuses these ActivityPub ids stand for, each the id of the Create activity about it or, which is looked up where there is none, of its
 * object; both occur in reports (docs/instance/moderation.md#what-a-report-is-about).
 */
export async function statusesByApIds(
  database: Database,
  apIds: readonly string[],
): Promise<Map<string, StatusRow>> {
  const read = async ({ text, values }: Prisma.Sql): Promise<FoundStatus[]> =>
    decodeRows(await database.read(text, values, columns.length), columns);
  const statuses = new Map<string, StatusRow>();
  for (const row of await read(found(Prisma.sql`a.data->>'id'`, apIds)))
    if (row.activityApId !== null) statuses.set(row.activityApId, row);
  const others = apIds.filter((apId) => !statuses.has(apId));
  if (others.length === 0) return statuses;
  for (const row of await read(found(createdObject[database.family], others)))
    if (row.objectApId !== null) statuses.set(row.objectApId, row);
  return statuses;
}

interface FoundStatus extends StatusRow {
  readonly activityApId: string | null;
  readonly objectApId: string | null;
}

/**
 * `objects.id` of these objects by ActivityPub id: attachments are named by it
 * (docs/instance/moderation.md#attachments-and-polls).
 */
export async function objectIdsByApIds(
  tx: Transaction,
  apIds: readonly string[],
): Promise<Map<string, bigint>> {
  const rows = await tx.$queryRaw<
    { id: bigint; apId: string }[]
  >`select o.id, o.data->>'id' as "apId" from objects o where o.data->>'id' = any(${[...apIds]}::text[])`;
  return new Map(rows.map(({ id, apId }) => [apId, id]));
}
