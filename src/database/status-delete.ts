import type { Transaction } from './database.js';
import type { Family } from './family.js';
import type { JsonObject } from './json.js';
import { createdObject } from './status-references.js';

/** Puts a tombstone in the place of an object, and takes its hashtags away with those no other object has (facts/moderation.md §2.7 step 4). */
export async function buryObject(tx: Transaction, objectId: bigint, tombstone: JsonObject, now: Date): Promise<void> {
  await tx.$executeRaw`update objects set data = ${JSON.stringify(tombstone)}::jsonb, updated_at = ${now}::timestamp where id = ${objectId}`;
  const tags = await tx.$queryRaw<{ id: bigint }[]>`delete from hashtags_objects where object_id = ${objectId} returning hashtag_id as id`;
  const ids = tags.map(({ id }) => id);
  if (ids.length > 0) await tx.$executeRaw`delete from hashtags h where h.id = any(${ids}::bigint[]) and not exists (select from hashtags_objects o where o.hashtag_id = h.id)`;
}

/**
 * Takes away every activity about an object but its Deletes: the Create, likes, boosts, reactions and so on. Notifications and bookmarks
 * go with them by the tables' own rules (step 5).
 */
export async function deleteActivitiesAbout(tx: Transaction, family: Family, apId: string): Promise<void> {
  await tx.$executeRaw`delete from activities a where ${createdObject[family]} = ${apId} and a.data->>'type' <> 'Delete'`;
}

/** What the author's row keeps of a status: the pin, and the count of public ones (step 6). */
export async function forgetAuthored(tx: Transaction, authorId: string, apId: string, wasPublic: boolean, now: Date): Promise<void> {
  await tx.$executeRaw`
    update users set pinned_objects = pinned_objects - ${apId}::text, updated_at = ${now}::timestamp where id = ${authorId}::uuid and jsonb_exists(pinned_objects, ${apId}::text)`;
  if (wasPublic) await tx.$executeRaw`update users set note_count = greatest(0, note_count - 1) where id = ${authorId}::uuid`;
}

/** Counts one less in an object: a reply of it is gone (`repliesCount`), or a quote (`quotesCount`) (step 7). */
export async function countOneLess(tx: Transaction, apId: string, counter: 'repliesCount' | 'quotesCount'): Promise<void> {
  await tx.$executeRaw`
    update objects set data = data || jsonb_build_object(${counter}::text, greatest(0, coalesce((data->>${counter}::text)::integer, 0) - 1)) where data->>'id' = ${apId}`;
}

/** Pleroma takes back the job by which a status would have expired (step 8). */
export async function cancelExpiry(tx: Transaction, statusFlake: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    update oban_jobs set state = 'cancelled', cancelled_at = ${now}::timestamp
    where worker = 'Pleroma.Workers.PurgeExpiredActivity' and args @> jsonb_build_object('activity_id', ${statusFlake}::text) and state in ('available', 'scheduled', 'retryable')`;
}
