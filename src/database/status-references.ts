import type { Database, Transaction } from './database.js';
import type { Family } from './family.js';
import { Prisma } from './generated/prisma/client.js';
import { asBoolean, asJson, asText, asTexts, asTime, decodeRows, type Columns } from './hot/decode.js';
import { objectOfActivity, type StatusRow } from './statuses.js';

/** The expression of `activities_create_objects_index`, which differs by family (facts/moderation.md §2.1). */
export const createdObject: Readonly<Record<Family, Prisma.Sql>> = {
  akkoma: objectOfActivity,
  pleroma: Prisma.sql`associated_object_id(a.data)`,
};

/** How a status found by an ActivityPub id is read; the last two are its ids. */
const columns: Columns = [
  ['id', asText], ['type', asText], ['actor', asText], ['local', asBoolean], ['recipients', asTexts], ['activity', asJson], ['objectId', BigInt], ['object', asJson], ['insertedAt', asTime],
  ['activityApId', asText], ['objectApId', asText],
];

/** `lean`: without the activity's document where it says nothing that the object's does not, which is but for boosts. */
type StatusForm = 'whole' | 'lean';
const documents: Readonly<Record<StatusForm, Prisma.Sql>> = {
  whole: Prisma.sql`a.data`,
  lean: Prisma.sql`case when a.data->>'type' = 'Create' then '{}' else a.data end`,
};

const byApIds = (family: Family, form: StatusForm, apIds: readonly string[]): Prisma.Sql => Prisma.sql`
  with found as (
    select a.id from activities a where ${createdObject[family]} = any(${[...apIds]}::text[]) and a.data->>'type' = 'Create'
    union
    select a.id from activities a where a.data->>'id' = any(${[...apIds]}::text[]) and a.data->>'type' = 'Create')
  select a.id, a.data->>'type', a.actor, a.local, a.recipients, ${documents[form]}, o.id, o.data, a.inserted_at, a.data->>'id', ${objectOfActivity}
  from found join activities a on a.id = found.id left join objects o on o.data->>'id' = ${objectOfActivity} order by a.id`;

/**
 * The statuses these ActivityPub ids stand for, each the id of an object or of the Create activity about it; both occur in reports
 * (facts/moderation.md §1.2). An object's id goes before an activity's.
 */
export async function statusesByApIds(database: Database, apIds: readonly string[], form: StatusForm = 'whole'): Promise<Map<string, StatusRow>> {
  const { text, values } = byApIds(database.family, form, apIds);
  const byObject = new Map<string, StatusRow>();
  const byActivity = new Map<string, StatusRow>();
  for (const { activityApId, objectApId, ...row } of decodeRows<FoundStatus>(await database.read(text, values, columns.length), columns)) {
    if (activityApId !== null) byActivity.set(activityApId, row);
    if (objectApId !== null) byObject.set(objectApId, row);
  }
  return new Map(apIds.flatMap((apId) => {
    const row = byObject.get(apId) ?? byActivity.get(apId);
    return row ? [[apId, row] as const] : [];
  }));
}

interface FoundStatus extends StatusRow {
  readonly activityApId: string | null;
  readonly objectApId: string | null;
}

/** `objects.id` of these objects by ActivityPub id: attachments are named by it (facts/moderation.md §2.5). */
export async function objectIdsByApIds(tx: Transaction, apIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await tx.$queryRaw<{ id: bigint; apId: string }[]>`select o.id, o.data->>'id' as "apId" from objects o where o.data->>'id' = any(${[...apIds]}::text[])`;
  return new Map(rows.map(({ id, apId }) => [apId, id]));
}
