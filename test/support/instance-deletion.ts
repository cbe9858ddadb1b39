import { randomUUID } from 'node:crypto';
import { flakeFromUuid, newFlake } from '../../src/database/flake.js';
import { baseUrl, type World } from './world.js';

interface Found {
  readonly actor: string;
  readonly object_id: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** What it takes out of its caches. */
interface Deleted {
  /** Request path of the status's page. */
  readonly page: string;
  /** uuid of the author, whose counts changed. */
  readonly author: string;
}

const everybody = 'https://www.w3.org/ns/activitystreams#Public';

/**
 * What a running instance does when it deletes a local status itself, as its author
 * (docs/instance/moderation.md#deleting-a-status), statement by statement.
 */
export async function deleteByInstance(
  { family, database: { pool } }: World,
  activityId: string,
): Promise<Deleted> {
  const {
    rows: [found],
  } = await pool.query<Found>(
    `select a.actor, o.id::text as object_id, o.data as object from activities a
     join objects o on o.data->>'id' = coalesce(a.data->'object'->>'id', a.data->>'object') where a.id = $1`,
    [activityId],
  );
  if (!found) throw new Error('not found');
  const { actor, object, object_id: objectId } = found;
  const apId = String(object['id']);
  const [to, cc] = [object['to'], object['cc']] as [string[], string[]];
  const {
    rows: [author],
  } = await pool.query<{ id: string; is_active: boolean }>(
    'select id, is_active from users where ap_id = $1',
    [actor],
  );
  if (author?.is_active !== true) throw new Error('the author is deactivated');
  const recipients = [...new Set([...to, ...cc])].sort();
  const deletion = {
    id: `${baseUrl}/activities/${randomUUID()}`,
    type: 'Delete',
    actor,
    object: apId,
    to: recipients,
    cc: [],
    bto: [],
    bcc: [],
    deleted_activity_id: flakeFromUuid(activityId),
  };
  const id = newFlake();
  await pool.query(
    `insert into activities (id, data, actor, local, recipients, inserted_at, updated_at) values ($1, $2, $3, true, $4, timezone('UTC', now()), timezone('UTC', now()))`,
    [id, deletion, actor, recipients],
  );
  const tombstone = {
    id: apId,
    type: 'Tombstone',
    formerType: object['type'],
    deleted: new Date().toISOString().replace('Z', '000Z'),
  };
  await pool.query(
    `update objects set data = $2, updated_at = timezone('UTC', now()) where id = $1`,
    [objectId, tombstone],
  );
  const { rows: tags } = await pool.query<{ hashtag_id: string }>(
    'delete from hashtags_objects where object_id = $1 returning hashtag_id',
    [objectId],
  );
  for (const { hashtag_id: tag } of tags) {
    await pool.query(
      'delete from hashtags h where h.id = $1 and not exists (select from hashtags_objects o where o.hashtag_id = h.id)',
      [tag],
    );
  }
  await pool.query(
    `delete from activities where coalesce(data->'object'->>'id', data->>'object') = $1 and data->>'type' not in ('Delete', 'Flag')`,
    [apId],
  );
  const isPublic = recipients.includes(everybody) || recipients.includes(`${baseUrl}/#Public`);
  await pool.query('update users set pinned_objects = pinned_objects - $2::text where ap_id = $1', [
    actor,
    apId,
  ]);
  if (isPublic)
    await pool.query('update users set note_count = greatest(0, note_count - 1) where ap_id = $1', [
      actor,
    ]);
  if (typeof object['inReplyTo'] === 'string' && (isPublic || family === 'pleroma')) {
    await pool.query(
      `update objects set data = data || jsonb_build_object('repliesCount', greatest(0, coalesce((data->>'repliesCount')::integer, 0) - 1))
       where data->>'id' = $1`,
      [object['inReplyTo']],
    );
  }
  const publish = {
    op: 'publish',
    activity_id: flakeFromUuid(id),
    ...(family === 'akkoma' ? { object_data: null } : {}),
  };
  if (!recipients.includes(`${baseUrl}/#Public`)) {
    await pool.query(
      `insert into oban_jobs (state, queue, worker, args, max_attempts, priority) values ('available', 'federator_outgoing', 'Pleroma.Workers.PublisherWorker', $1, $2, 3)`,
      [publish, family === 'akkoma' ? 6 : 5],
    );
  }
  return { page: new URL(apId).pathname, author: author.id };
}
