import type { Transaction } from './database.js';
import { newFlake } from './flake.js';
import { Prisma } from './generated/prisma/client.js';
import type { JsonObject } from './json.js';
import { wholeSeconds } from './time.js';

interface ActivityData {
  readonly type: string;
  readonly actor: string;
  readonly to: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
}

/**
 * Stores an activity; the recipients column is to, cc and bcc together, of a Create also its actor
 * and each once (docs/instance/schema.md#activity-rows).
 * Returns the row's uuid.
 */
export async function insertActivity(
  tx: Transaction,
  data: ActivityData,
  stored: { readonly local: boolean; readonly now: Date },
): Promise<string> {
  const [id = ''] = await insertActivities(tx, [data], stored);
  return id;
}

/** The same for many, in one statement; their uuids in order. */
export async function insertActivities(
  tx: Transaction,
  documents: readonly ActivityData[],
  { local, now }: { readonly local: boolean; readonly now: Date },
): Promise<string[]> {
  const time = wholeSeconds(now);
  const rows = documents.map((data) => ({
    id: newFlake(now),
    data,
    recipients: recipientsOf(data),
  }));
  await tx.$executeRaw`
    insert into activities (id, data, actor, local, recipients, inserted_at, updated_at)
    select r.id, r.data, r.data->>'actor', ${local}::boolean, array(select jsonb_array_elements_text(r.recipients)), ${time}::timestamp, ${time}::timestamp
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r(id uuid, data jsonb, recipients jsonb)`;
  return rows.map(({ id }) => id);
}

/** What an item of the column holds; a longer address is of no account. */
const maxAddress = 255;

function recipientsOf({ type, actor, to, cc = [], bcc = [] }: ActivityData): string[] {
  const addressees = [...to, ...cc, ...bcc].filter((address) => address.length <= maxAddress);
  return type === 'Create' ? [...new Set([...addressees, actor])] : addressees;
}

/** Stores an object; returns its id in the table. */
export async function insertObject(tx: Transaction, data: object, now: Date): Promise<bigint> {
  const time = wholeSeconds(now);
  const { id } = await tx.activityObject.create({
    data: { data, insertedAt: time, updatedAt: time },
    select: { id: true },
  });
  return id;
}

/**
 * Puts these keys into an activity's data, in place: the instance may have changed others since
 * (docs/instance/schema.md#json-columns).
 * @param recipients the new recipients column; absent = as it is.
 */
export async function mergeActivityData(
  tx: Transaction,
  id: string,
  changes: JsonObject,
  now: Date,
  recipients?: readonly string[],
): Promise<void> {
  const column = recipients
    ? Prisma.sql`, recipients = ${[...recipients]}::varchar[]`
    : Prisma.empty;
  await tx.$executeRaw`update activities set data = data || ${JSON.stringify(changes)}::jsonb, updated_at = ${now}::timestamp ${column} where id = ${id}::uuid`;
}

/** The same for an object. */
export async function mergeObjectData(
  tx: Transaction,
  id: bigint,
  changes: JsonObject,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`update objects set data = data || ${JSON.stringify(changes)}::jsonb, updated_at = ${now}::timestamp where id = ${id}`;
}
