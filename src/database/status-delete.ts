import type { Transaction } from './database.js';
import type { Family } from './family.js';
import { Prisma } from './generated/prisma/client.js';
import type { JsonObject } from './json.js';
import { createdObject } from './status-references.js';

/**
 * Puts tombstones in the place of objects, and takes their hashtags away with those no other object
 * has (docs/instance/moderation.md#deleting-a-status step 4).
 */
export async function buryObjects(
  tx: Transaction,
  graves: readonly { readonly objectId: bigint; readonly tombstone: JsonObject }[],
  now: Date,
): Promise<void> {
  const ids = graves.map(({ objectId }) => objectId);
  await tx.$executeRaw`
    update objects o set data = g.tombstone::jsonb, updated_at = ${now}::timestamp
    from unnest(${ids}::bigint[], ${graves.map(({ tombstone }) => JSON.stringify(tombstone))}::text[]) g(id, tombstone) where o.id = g.id`;
  const tags = await tx.$queryRaw<
    { id: bigint }[]
  >`delete from hashtags_objects where object_id = any(${ids}::bigint[]) returning hashtag_id as id`;
  const tagIds = tags.map(({ id }) => id);
  if (tagIds.length > 0)
    await tx.$executeRaw`delete from hashtags h where h.id = any(${tagIds}::bigint[]) and not exists (select from hashtags_objects o where o.hashtag_id = h.id)`;
}

/**
 * Takes away every activity about these objects but their Deletes: the Creates, likes, boosts, reactions and so on. Notifications and
 * bookmarks go with them by the tables' own rules.
 * @param ids uuids of Creates that go too, whatever they name.
 */
export async function deleteActivitiesAbout(
  tx: Transaction,
  family: Family,
  apIds: readonly string[],
  ids: readonly string[],
): Promise<void> {
  await tx.$executeRaw`delete from activities a where a.id = any(${[...ids]}::uuid[])`;
  await tx.$executeRaw`delete from activities a where ${createdObject[family]} = any(${[...apIds]}::text[]) and a.data->>'type' <> 'Delete'`;
}

/** What the author's row keeps of statuses: their pins, and how many were public (step 6). */
export async function forgetAuthored(
  tx: Transaction,
  authorId: string,
  apIds: readonly string[],
  publicCount: number,
  now: Date,
): Promise<void> {
  const pins = [...apIds];
  await tx.$executeRaw`
    update users set pinned_objects = pinned_objects - ${pins}::text[], updated_at = ${now}::timestamp where id = ${authorId}::uuid and jsonb_typeof(pinned_objects) = 'object' and jsonb_exists_any(pinned_objects, ${pins}::text[])`;
  if (publicCount > 0)
    await tx.$executeRaw`update users set note_count = greatest(0, note_count - ${publicCount}::integer) where id = ${authorId}::uuid`;
}

/** A figure in a document as an integer; anything but a number within an integer's bounds counts as the nearest such, or 0. */
function figureOf(value: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(case when jsonb_typeof(${value}) = 'number' then trunc(least(greatest((${value})::text::numeric, 0), 2147483647)) else 0 end)::integer`;
}

/** Counts less in objects: replies of them are gone (`repliesCount`), or quotes (`quotesCount`); each as often as it is named (step 7). */
export async function countFewer(
  tx: Transaction,
  counter: 'repliesCount' | 'quotesCount',
  apIds: readonly string[],
): Promise<void> {
  if (apIds.length === 0) return;
  const named = [...apIds];
  await tx.$executeRaw`
    update objects o set data = o.data || jsonb_build_object(${counter}::text, greatest(0, ${figureOf(Prisma.sql`o.data->${counter}::text`)} - f.times))
    from (select ap_id, count(*)::integer as times from unnest(${named}::text[]) n(ap_id) group by ap_id) f
    where o.data->>'id' = any(${named}::text[]) and o.data->>'id' = f.ap_id`;
}

/** Pleroma takes back the jobs by which statuses would have expired (step 8). */
export async function cancelExpiry(
  tx: Transaction,
  statusFlakes: readonly string[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update oban_jobs j set state = 'cancelled', cancelled_at = ${now}::timestamp from unnest(${[...statusFlakes]}::text[]) s(flake)
    where j.worker = 'Pleroma.Workers.PurgeExpiredActivity' and j.args @> jsonb_build_object('activity_id', s.flake) and j.state in ('available', 'scheduled', 'retryable')`;
}
