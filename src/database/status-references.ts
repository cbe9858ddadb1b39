import type { Transaction } from './database.js';
import type { Family } from './family.js';
import { Prisma } from './generated/prisma/client.js';
import { objectOf, textOf } from './json.js';
import { statusColumns, objectOfActivity, type StatusRow } from './statuses.js';

/** The expression of `activities_create_objects_index`, which differs by family (facts/moderation.md §2.1). */
export const createdObject: Readonly<Record<Family, Prisma.Sql>> = {
  akkoma: objectOfActivity,
  pleroma: Prisma.sql`associated_object_id(a.data)`,
};

/**
 * The statuses these ActivityPub ids stand for, each the id of an object or of the Create activity about it; both occur in reports
 * (facts/moderation.md §1.2). An object's id goes before an activity's.
 */
export async function statusesByApIds(tx: Transaction, family: Family, apIds: readonly string[]): Promise<Map<string, StatusRow>> {
  const wanted = [...apIds];
  const rows = await tx.$queryRaw<StatusRow[]>`
    with found as (
      select a.id from activities a where ${createdObject[family]} = any(${wanted}::text[]) and a.data->>'type' = 'Create'
      union
      select a.id from activities a where a.data->>'id' = any(${wanted}::text[]) and a.data->>'type' = 'Create')
    select ${statusColumns} from found join activities a on a.id = found.id left join objects o on o.data->>'id' = ${objectOfActivity} order by a.id`;
  const byObject = new Map(rows.map((row) => [textOf(row.activity['object']) ?? textOf(objectOf(row.activity['object'])['id']), row]));
  const byActivity = new Map(rows.map((row) => [textOf(row.activity['id']), row]));
  return new Map(apIds.flatMap((apId) => {
    const row = byObject.get(apId) ?? byActivity.get(apId);
    return row ? [[apId, row] as const] : [];
  }));
}

/** `objects.id` of these objects by ActivityPub id: attachments are named by it (facts/moderation.md §2.5). */
export async function objectIdsByApIds(tx: Transaction, apIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await tx.$queryRaw<{ id: bigint; apId: string }[]>`select o.id, o.data->>'id' as "apId" from objects o where o.data->>'id' = any(${[...apIds]}::text[])`;
  return new Map(rows.map(({ id, apId }) => [apId, id]));
}
