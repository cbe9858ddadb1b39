import type { Transaction } from './database.js';
import type { JsonObject } from './json.js';

/**
 * What an account leaves behind that deleting its activities takes back: statuses, likes and boosts
 * (docs/instance/accounts.md#deleting-what-an-account-wrote).
 */
export interface OwnActivity {
  /** uuid of the row. */
  readonly id: string;
  readonly type: 'Create' | 'Like' | 'Announce';
  readonly data: JsonObject;
}

/** How many there are of each, and the newest: later ones are not meant. */
export interface OwnActivities {
  readonly statuses: number;
  readonly reactions: number;
  /** uuid; undefined when there are none. */
  readonly newest: string | undefined;
}

/** Counts what `actor` has left behind. */
export async function countOwnActivities(tx: Transaction, actor: string): Promise<OwnActivities> {
  const [row] = await tx.$queryRaw<
    { statuses: number; reactions: number; newest: string | null }[]
  >`
    select (count(*) filter (where a.data->>'type' = 'Create'))::integer as statuses, (count(*) filter (where a.data->>'type' <> 'Create'))::integer as reactions, max(a.id::text) as newest
    from activities a where a.actor = ${actor} and a.data->>'type' in ('Create', 'Like', 'Announce')`;
  return {
    statuses: row?.statuses ?? 0,
    reactions: row?.reactions ?? 0,
    newest: row?.newest ?? undefined,
  };
}

/** The next of them, oldest first, locked until the transaction ends. */
export function nextOwnActivities(
  tx: Transaction,
  actor: string,
  { after, upTo, limit }: { readonly after: string; readonly upTo: string; readonly limit: number },
): Promise<OwnActivity[]> {
  return tx.$queryRaw<OwnActivity[]>`
    select a.id::text as id, a.data->>'type' as type, a.data from activities a
    where a.actor = ${actor} and a.id > ${after}::uuid and a.id <= ${upTo}::uuid and a.data->>'type' in ('Create', 'Like', 'Announce')
    order by a.id nulls last limit ${limit} for update`;
}

/** Deletes activities by uuid; returns those that were there. */
export async function takeActivities(
  tx: Transaction,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<
    { id: string }[]
  >`delete from activities where id = any(${[...ids]}::uuid[]) returning id::text as id`;
  return new Set(rows.map(({ id }) => id));
}

/** Keys of an object that say who reacted to it, and how many. */
const reactionKeys = {
  Like: ['likes', 'like_count'],
  Announce: ['announcements', 'announcement_count'],
} as const;

/**
 * Takes `actor` from the lists of those who liked or boosted these objects
 * (docs/instance/accounts.md#deleting-what-an-account-wrote); tombstones keep no lists.
 */
export async function removeReactions(
  tx: Transaction,
  type: 'Like' | 'Announce',
  actor: string,
  apIds: readonly string[],
  now: Date,
): Promise<void> {
  const [list, count] = reactionKeys[type];
  await tx.$executeRaw`
    update objects o set data = o.data || jsonb_build_object(${list}::text, r.others, ${count}::text, jsonb_array_length(r.others)), updated_at = ${now}::timestamp
    from (select p.id, coalesce((select jsonb_agg(e.value order by e.place) from jsonb_array_elements(case when jsonb_typeof(p.data->${list}::text) = 'array' then p.data->${list}::text else '[]' end)
            with ordinality e(value, place) where e.value <> to_jsonb(${actor}::text)), '[]') as others
          from objects p where p.data->>'id' = any(${[...apIds]}::text[]) and p.data->>'type' <> 'Tombstone') r
    where o.id = r.id`;
}
