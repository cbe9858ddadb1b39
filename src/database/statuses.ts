import type { Transaction } from './database.js';
import { uuidFromFlake } from './flake.js';
import { Prisma } from './generated/prisma/client.js';
import type { JsonObject } from './json.js';

/**
 * A status: a Create (or, for a boost, Announce) activity with the object it names
 * (docs/instance/moderation.md#how-a-status-is-stored).
 */
export interface StatusRow {
  /** uuid of the activity. */
  readonly id: string;
  readonly type: 'Create' | 'Announce';
  /** ap_id of the author, or of who boosted; null in rows of nobody, which no list shows. */
  readonly actor: string | null;
  readonly local: boolean;
  readonly recipients: readonly string[];
  /** `activities.data`. */
  readonly activity: JsonObject;
  /** `objects.id`; null when the object is not there. */
  readonly objectId: bigint | null;
  /** `objects.data`; null when the object is not there. */
  readonly object: JsonObject | null;
  readonly insertedAt: Date;
}

/** Columns of a {@link StatusRow}, for a query that calls the tables `a` and `o`. */
export const statusColumns = Prisma.sql`a.id::text as id, a.data->>'type' as type, a.actor, a.local, a.recipients, a.data as activity, o.id as "objectId", o.data as object, a.inserted_at as "insertedAt"`;

/** ap_id of the object that activity `a` is about; very old rows hold the object itself. */
export const objectOfActivity = Prisma.sql`coalesce(a.data->'object'->>'id', a.data->>'object')`;

/**
 * One status by the id clients know; undefined when the text is no id, or nothing or something else has it.
 * @param lock takes the locks of both rows until the transaction ends.
 */
export async function findStatus(
  tx: Transaction,
  idText: string,
  lock = false,
): Promise<StatusRow | undefined> {
  const id = uuidFromFlake(idText);
  if (id === undefined) return undefined;
  if (lock) {
    await tx.$queryRaw`select a.id from activities a where a.id = ${id}::uuid for update`;
    await tx.$queryRaw`select o.id from objects o where o.data->>'id' = (select ${objectOfActivity} from activities a where a.id = ${id}::uuid) for update`;
  }
  const [row] = await statusesByIds(tx, [id]);
  return row;
}

/** The statuses among these activities, in the order of the ids. */
export async function statusesByIds(tx: Transaction, ids: readonly string[]): Promise<StatusRow[]> {
  const rows = await tx.$queryRaw<StatusRow[]>`
    select ${statusColumns} from activities a left join objects o on o.data->>'id' = ${objectOfActivity}
    where a.id = any(${[...ids]}::uuid[]) and a.data->>'type' in ('Create', 'Announce')`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
}
