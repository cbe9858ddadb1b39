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

/** How a status found by an ActivityPub id is read; the first two are its ids. */
const idColumns: Columns = [['activityApId', asText], ['objectApId', asText], ['id', asText], ['actor', asText], ['insertedAt', asTime], ['object', asJson]];

/** What of it is read beside its ids, author and time, and into which row. */
interface Form {
  readonly sql: Prisma.Sql;
  readonly columns: Columns;
  readonly make: () => object;
}

const whole: Form = {
  sql: Prisma.sql`o.data, a.data->>'type', a.local, a.recipients, a.data, o.id`,
  columns: [...idColumns, ['type', asText], ['local', asBoolean], ['recipients', asTexts], ['activity', asJson], ['objectId', BigInt]],
  make: Object,
};

const unread = { type: 'Create', recipients: [], activity: {}, objectId: null } as const;

/** But these parts of the object. */
function partsOfObject(keys: readonly string[]): Form {
  const pairs = keys.map((key) => Prisma.raw(`'${key}', o.data->'${key}'`));
  return {
    sql: Prisma.sql`case when o.id is not null then jsonb_build_object(${pairs.length === 0 ? Prisma.empty : Prisma.join(pairs)}) end`,
    columns: idColumns,
    make: () => Object.create(unread) as object,
  };
}

const byApIds = (family: Family, form: Form, apIds: readonly string[]): Prisma.Sql => Prisma.sql`
  with found as (
    select a.id from activities a where ${createdObject[family]} = any(${[...apIds]}::text[]) and a.data->>'type' = 'Create'
    union
    select a.id from activities a where a.data->>'id' = any(${[...apIds]}::text[]) and a.data->>'type' = 'Create')
  select a.data->>'id', ${objectOfActivity}, a.id, a.actor, a.inserted_at, ${form.sql}
  from found join activities a on a.id = found.id left join objects o on o.data->>'id' = ${objectOfActivity} order by a.id`;

/**
 * The statuses these ActivityPub ids stand for, each the id of an object or of the Create activity about it; both occur in reports
 * (facts/moderation.md §1.2). An object's id goes before an activity's.
 * @param objectKeys words of the vocabulary. When given, the rows hold these parts of the object, the author and the times, and nothing else of the activity.
 */
export async function statusesByApIds(database: Database, apIds: readonly string[], objectKeys?: readonly string[]): Promise<Map<string, StatusRow>> {
  const form = objectKeys ? partsOfObject(objectKeys) : whole;
  const { text, values } = byApIds(database.family, form, apIds);
  const byObject = new Map<string, StatusRow>();
  const byActivity = new Map<string, StatusRow>();
  for (const row of decodeRows<FoundStatus>(await database.read(text, values, form.columns.length), form.columns, form.make)) {
    if (row.activityApId !== null) byActivity.set(row.activityApId, row);
    if (row.objectApId !== null) byObject.set(row.objectApId, row);
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
