import type { Transaction } from './database.js';
import type { Family } from './family.js';
import { followState } from './relationships.js';
import { Prisma } from './generated/prisma/client.js';

/** Names hashtags and ties them to an object. */
export async function tieHashtags(
  tx: Transaction,
  objectId: bigint,
  names: readonly string[],
  now: Date,
): Promise<void> {
  if (names.length === 0) return;
  const list = [...names];
  await tx.$executeRaw`insert into hashtags (name, inserted_at, updated_at) select name, ${now}::timestamp, ${now}::timestamp from unnest(${list}::text[]) name on conflict (name) do nothing`;
  await tx.$executeRaw`insert into hashtags_objects (hashtag_id, object_id) select h.id, ${objectId}::bigint from hashtags h where h.name = any(${list}::text[])`;
}

/** A message as its notifications and its conversation see it. */
export interface SentMessage {
  /** uuid of the Create activity. */
  readonly activityId: string;
  /** uuid and ap_id of the author. */
  readonly authorId: string;
  readonly authorApId: string;
  /** ap_ids, without the author unless they wrote to themselves. */
  readonly to: readonly string[];
  readonly context: string;
  readonly now: Date;
}

const block = 1;
const mute = 2;
const notificationMute = 4;

/**
 * Pleroma notifies nobody who shut the author out; Akkoma writes the row and pushes nothing
 * (docs/instance/moderation.md#responding-to-a-report).
 */
const openTo: Readonly<
  Record<Family, (authorId: string, authorApId: string, context: string) => Prisma.Sql>
> = {
  akkoma: () => Prisma.empty,
  pleroma: (authorId, authorApId, context) => Prisma.sql`
    and not exists (select from user_relationships r where r.source_id = u.id and r.target_id = ${authorId}::uuid and r.relationship_type in (${block}, ${notificationMute}))
    and not exists (select from thread_mutes t where t.user_id = u.id and t.context = ${context})
    and not split_part(${authorApId}, '/', 3) = any(u.domain_blocks)`,
};

/**
 * Tells the local addressees of a message (row 4), and keeps up their markers: the newest notification they have seen.
 * @returns ids of the notifications their devices asked for.
 */
export async function notifyAddressees(
  tx: Transaction,
  family: Family,
  message: SentMessage,
): Promise<bigint[]> {
  const { activityId, authorId, authorApId, to, context, now } = message;
  const notified = await tx.$queryRaw<{ id: bigint; userId: string }[]>`
    insert into notifications (user_id, activity_id, type, seen, inserted_at, updated_at)
    select u.id, ${activityId}::uuid, 'mention',
      exists (select from user_relationships r where r.source_id = u.id and r.target_id = ${authorId}::uuid and r.relationship_type = ${mute})
        or exists (select from thread_mutes t where t.user_id = u.id and t.context = ${context}),
      ${now}::timestamp, ${now}::timestamp
    from users u where u.ap_id = any(${[...to]}::text[]) and u.local and u.id <> ${authorId}::uuid
      and not exists (select from users author where author.id = ${authorId}::uuid and author.invisible)
      and (coalesce(u.notification_settings->>'block_from_strangers', 'false') <> 'true' or exists (
        select from following_relationships f where f.follower_id = u.id and f.following_id = ${authorId}::uuid and f.state = ${followState.accept}))
      ${openTo[family](authorId, authorApId, context)}
    order by u.id returning id, user_id::text as "userId"`;
  for (const { userId } of notified) {
    await tx.$executeRaw`
      insert into markers (user_id, timeline, last_read_id, inserted_at, updated_at)
      select ${userId}::uuid, 'notifications', coalesce(max(n.id)::text, ''), ${now}::timestamp, ${now}::timestamp from notifications n where n.user_id = ${userId}::uuid and n.seen
      on conflict (user_id, timeline) do update set last_read_id = excluded.last_read_id`;
  }
  const pushed = await tx.$queryRaw<{ id: bigint }[]>`
    select n.id from notifications n where n.id = any(${notified.map(({ id }) => id)}::bigint[]) and exists (select from push_subscriptions s where s.user_id = n.user_id)
      and not exists (select from user_relationships r where r.source_id = n.user_id and r.target_id = ${authorId}::uuid and r.relationship_type in (${block}, ${notificationMute})) order by n.id`;
  return pushed.map(({ id }) => id);
}

/**
 * Puts a message into its conversation (row 5): a participation for everyone who takes part, read for the author and for whom a blocked
 * account takes part, unread for the others.
 */
export async function joinConversation(
  tx: Transaction,
  { authorId, authorApId, to, context, now }: SentMessage,
): Promise<void> {
  const participants = [...new Set([...to, authorApId])];
  await tx.$executeRaw`
    with conversation as (
      insert into conversations (ap_id, inserted_at, updated_at) values (${context}, ${now}::timestamp, ${now}::timestamp)
      on conflict (ap_id) do update set updated_at = excluded.updated_at returning id
    ), people as (
      select u.id, exists (select from user_relationships r join users other on other.id = r.target_id
        where r.source_id = u.id and r.relationship_type = ${block} and other.ap_id = any(${participants}::text[])) as blocks
      from users u where u.ap_id = any(${participants}::text[])
    )
    insert into conversation_participations (user_id, conversation_id, read, inserted_at, updated_at)
    select p.id, c.id, p.blocks or p.id = ${authorId}::uuid, ${now}::timestamp, ${now}::timestamp from people p, conversation c order by p.id
    on conflict (user_id, conversation_id) do update set
      read = case when excluded.user_id = ${authorId}::uuid then true when excluded.read then conversation_participations.read else false end,
      updated_at = excluded.updated_at`;
  await tx.$executeRaw`
    insert into conversation_participation_recipient_ships (user_id, participation_id)
    select u.id, p.id from conversations c join conversation_participations p on p.conversation_id = c.id join users u on u.ap_id = any(${participants}::text[])
    where c.ap_id = ${context} and p.user_id in (select id from users where ap_id = any(${participants}::text[]))
      and not exists (select from conversation_participation_recipient_ships s where s.participation_id = p.id)
    order by p.id, u.id`;
}
