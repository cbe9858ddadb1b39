import { expect, it } from 'vitest';
import { createContext } from '../../src/context.js';
import { statusDelete } from '../../src/resolvers/statuses/delete.js';
import type { TestUser } from '../support/maker.js';
import { everybody, makePosts, type TestStatus } from '../support/posts.js';
import { adminSecret, baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
type Data = Record<string, unknown>;

const remove = async (id: string, prefix = '/api/v1/pleroma/admin') =>
  (await world.asAdmin()).rest('DELETE', `${prefix}/statuses/${id}`);
const dataOf = async (table: string, where: string): Promise<Data[]> =>
  (await world.rows(table, where)).map(({ data }) => data as Data);
const jobs = async (queue: string) => world.rows('oban_jobs', `queue = '${queue}'`);

async function notify(user: TestUser, activityId: string, type: string): Promise<void> {
  await world.database.pool.query(
    `insert into notifications (user_id, activity_id, type, inserted_at, updated_at) values ($1, $2, $3, timezone('UTC', now()), timezone('UTC', now()))`,
    [user.id, activityId, type],
  );
}

/** A status with all that can hang on one. */
async function busyStatus(alice: TestUser, parent: TestStatus) {
  const attachment = [
    {
      id: `${baseUrl}/objects/media`,
      type: 'Document',
      mediaType: 'image/png',
      url: [{ href: `${baseUrl}/media/a.png` }],
    },
  ];
  const status = await posts.status(alice, {
    hashtags: ['only', 'shared'],
    object: { inReplyTo: parent.apId, attachment },
  });
  const [bob, mallory] = [
    await world.user({ nickname: 'bob' }),
    await world.user({ nickname: 'mallory' }),
  ];
  for (const [user, type, kind] of [
    [bob, 'Like', 'favourite'],
    [mallory, 'Like', 'favourite'],
    [bob, 'Announce', 'reblog'],
    [bob, 'EmojiReact', 'pleroma:emoji_reaction'],
  ] as const)
    await notify(alice, await posts.act(user, type, status.apId), kind);
  await posts.act(alice, 'Add', status.apId);
  await notify(bob, status.id, 'mention');
  await world.database.pool.query(
    `insert into bookmarks (user_id, activity_id, inserted_at, updated_at) values ($1, $2, timezone('UTC', now()), timezone('UTC', now()))`,
    [bob.id, status.id],
  );
  await world.database.pool.query(
    `update users set pinned_objects = jsonb_build_object($2::text, timezone('UTC', now()), $3::text, timezone('UTC', now())) where id = $1`,
    [alice.id, status.apId, parent.apId],
  );
  return { status, bob, mallory, attachment };
}

it('leaves exactly the rows that the instance leaves', async () => {
  const alice = await world.user({ nickname: 'alice' });
  const parent = await posts.status(alice, { hashtags: ['shared'], object: { repliesCount: 2 } });
  const { status, bob, attachment } = await busyStatus(alice, parent);
  const otherLike = await posts.act(bob, 'Like', parent.apId);
  await notify(alice, otherLike, 'favourite');
  const report = await posts.report(bob, alice, [status]);
  const { status: code, body } = await remove(status.databaseId);
  expect([code, body]).toEqual([200, {}]);

  const [deletion] = await world.rows('activities', `data->>'type' = 'Delete'`);
  expect(deletion).toMatchObject({
    local: true,
    actor: world.admin.apId,
    recipients: [`${alice.apId}/followers`, everybody],
  });
  expect(deletion?.['data']).toEqual({
    type: 'Delete',
    id: expect.stringMatching(`^${baseUrl}/activities/[0-9a-f-]{36}$`) as string,
    actor: world.admin.apId,
    object: status.apId,
    to: [`${alice.apId}/followers`, everybody],
    cc: [],
    bto: [],
    bcc: [],
    deleted_activity_id: status.databaseId,
  });
  expect(await dataOf('objects', `id = ${String(status.objectId)}`)).toEqual([
    {
      id: status.apId,
      type: 'Tombstone',
      formerType: 'Note',
      deleted: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as string,
    },
  ]);
  expect((await dataOf('activities', 'true')).map(({ type, object }) => [type, object])).toEqual(
    expect.arrayContaining([
      ['Create', parent.apId],
      ['Like', parent.apId],
      ['Delete', status.apId],
    ]),
  );
  expect(await world.rows('activities')).toHaveLength(4);
  expect((await world.rows('activities', `id = '${report.id}'`))[0]?.['data']).toMatchObject({
    object: [alice.apId, { id: status.createApId }],
  });
  expect((await world.rows('notifications')).map(({ activity_id }) => activity_id)).toEqual([
    otherLike,
  ]);
  expect(await world.rows('bookmarks')).toEqual([]);
  expect((await world.rows('hashtags')).map(({ name }) => name)).toEqual(['shared']);
  expect((await world.rows('hashtags_objects')).map(({ object_id }) => object_id)).toEqual([
    Number(parent.objectId),
  ]);
  expect(await dataOf('objects', `id = ${String(parent.objectId)}`)).toMatchObject([
    { repliesCount: 1, content: 'words' },
  ]);
  const [author] = await world.rows('users', `nickname = 'alice'`);
  expect(author?.['note_count']).toBe(1);
  expect(Object.keys(author?.['pinned_objects'] as Data)).toEqual([parent.apId]);
  expect((await world.rows('moderation_log')).map(({ data }) => data)).toEqual([
    {
      actor: { id: world.admin.databaseId, nickname: 'admin', type: 'user' },
      action: 'status_delete',
      subject_id: status.databaseId,
      message: `@admin deleted status #${status.databaseId}`,
    },
  ]);
  expect(await jobs('federator_outgoing')).toMatchObject([
    {
      worker: 'Pleroma.Workers.PublisherWorker',
      priority: 3,
      state: 'available',
      args: { op: 'publish' },
    },
  ]);
  if (world.family === 'akkoma') {
    const [cleanup] = await jobs('attachments_cleanup');
    expect(cleanup).toMatchObject({
      worker: 'Pleroma.Workers.AttachmentsCleanupWorker',
      state: 'scheduled',
      max_attempts: 1,
      args: { op: 'cleanup_attachments', actor: alice.apId, attachments: attachment },
    });
    expect(
      Date.parse(String(cleanup?.['scheduled_at'])) - Date.parse(String(cleanup?.['inserted_at'])),
    ).toBe(1_800_000);
    expect(await world.rows('oban_jobs')).toHaveLength(2);
  } else {
    expect(await jobs('search_indexing')).toMatchObject([
      {
        worker: 'Pleroma.Workers.SearchIndexingWorker',
        max_attempts: 2,
        args: { op: 'remove_from_index', object: Number(status.objectId) },
      },
    ]);
    expect(await world.rows('oban_jobs')).toHaveLength(2);
  }
});

it('cleans files up as the settings of the family say (§2.7 step 8)', async () => {
  await world.config(':instance', {
    cleanup_attachments: world.family === 'pleroma',
    cleanup_attachments_delay: 5,
  });
  const alice = await world.user({ nickname: 'alice' });
  const status = await posts.status(alice, {
    object: { attachment: [{ id: 'https://home.example/objects/m' }] },
  });
  await remove(status.databaseId);
  const cleanup = await world.rows('oban_jobs', `worker like '%AttachmentsCleanupWorker'`);
  if (world.family === 'akkoma') expect(cleanup).toEqual([]);
  else
    expect(cleanup).toMatchObject([
      {
        queue: 'slow',
        state: 'available',
        args: {
          op: 'cleanup_attachments',
          object: {
            data: { actor: alice.apId, attachment: [{ id: 'https://home.example/objects/m' }] },
          },
        },
      },
    ]);
});

it('counts nothing for a private reply on Akkoma, the reply and the quote on Pleroma (§2.7 steps 6 and 7)', async () => {
  const alice = await world.user({ nickname: 'alice' });
  const parent = await posts.status(alice, { object: { repliesCount: 1, quotesCount: 0 } });
  const status = await posts.status(alice, {
    to: [`${alice.apId}/followers`],
    cc: [],
    object: { inReplyTo: parent.apId, quoteUrl: parent.apId },
  });
  await remove(status.databaseId);
  expect(await dataOf('objects', `id = ${String(parent.objectId)}`)).toMatchObject([
    { repliesCount: world.family === 'akkoma' ? 1 : 0, quotesCount: 0 },
  ]);
  expect((await world.rows('users', `nickname = 'alice'`))[0]?.['note_count']).toBe(1);
});

it('takes back the expiry of a status on Pleroma, leaves it on Akkoma', async () => {
  const status = await posts.status(await world.user({ nickname: 'alice' }));
  await world.database.pool.query(
    `insert into oban_jobs (state, queue, worker, args, max_attempts) values ('scheduled', 'activity_expiration', 'Pleroma.Workers.PurgeExpiredActivity', $1, 1)`,
    [{ activity_id: status.databaseId }],
  );
  await remove(status.databaseId);
  expect(await jobs('activity_expiration')).toMatchObject([
    { state: world.family === 'pleroma' ? 'cancelled' : 'scheduled' },
  ]);
});

it('deletes a remote status here alone', async () => {
  const rob = await world.user({ nickname: 'rob@remote.example' });
  const status = await posts.status(rob, {
    object: { attachment: [{ id: 'https://remote.example/m' }] },
  });
  expect((await remove(status.databaseId)).status).toBe(200);
  expect(await dataOf('activities', `data->>'type' = 'Delete'`)).toMatchObject([
    { actor: world.admin.apId, object: status.apId },
  ]);
  expect(await jobs('federator_outgoing')).toEqual([]);
  expect(await world.rows('oban_jobs', `worker like '%Attachments%'`)).toEqual([]);
});

it('federates neither local-only statuses nor when the instance does not', async () => {
  const alice = await world.user({ nickname: 'alice' });
  const local = await posts.status(alice, { to: [`${baseUrl}/#Public`] });
  await world.database.pool.query('update users set note_count = 5 where id = $1', [alice.id]);
  await remove(local.databaseId);
  expect((await world.rows('users', `nickname = 'alice'`))[0]?.['note_count']).toBe(4);
  await world.config(':instance', { federating: false });
  await remove((await posts.status(alice)).databaseId);
  expect(await jobs('federator_outgoing')).toEqual([]);
  expect(await dataOf('activities', `data->>'type' = 'Delete'`)).toHaveLength(2);
});

it('does not name the Create of a deactivated author, whose statuses go as well', async () => {
  const alice = await world.user({ nickname: 'alice', isActive: false });
  await remove((await posts.status(alice)).databaseId);
  const [deletion] = await dataOf('activities', `data->>'type' = 'Delete'`);
  expect(deletion).not.toHaveProperty('deleted_activity_id');
  expect(await dataOf('activities', `data->>'type' = 'Create'`)).toEqual([]);
});

it('puts a tombstone where the object was pruned (§2.7 step 1)', async () => {
  const alice = await world.user({ nickname: 'alice' });
  const status = await posts.status(alice);
  await world.database.pool.query('delete from objects');
  expect((await remove(status.databaseId)).status).toBe(200);
  expect(await dataOf('objects', 'true')).toMatchObject([
    { id: status.apId, type: 'Tombstone', formerType: 'Tombstone' },
  ]);
  expect(await dataOf('activities', 'true')).toMatchObject([{ type: 'Delete', to: [] }]);
});

it('answers 404 for what is no status and changes nothing', async () => {
  const [alice, bob] = [
    await world.user({ nickname: 'alice' }),
    await world.user({ nickname: 'bob' }),
  ];
  const report = await posts.report(bob, alice);
  const status = await posts.status(alice);
  const admin = await world.asAdmin();
  await world.expectUnchanged(async () => {
    for (const id of ['abc', '9iJGOv1j8hxuw19bcm', report.databaseId, alice.databaseId]) {
      expect(await admin.rest('DELETE', `/api/v1/pleroma/admin/statuses/${id}`)).toMatchObject({
        status: 404,
        body: { error: 'Not found' },
      });
      expect(await admin.rest('DELETE', `/api/pleroma/admin/statuses/${id}`)).toMatchObject({
        status: 404,
        body: 'Not found',
      });
    }
    const secret = await world
      .as(undefined)
      .rest('DELETE', `/api/v1/pleroma/admin/statuses/${status.databaseId}`, undefined, {
        'x-admin-token': adminSecret,
      });
    expect(secret.status).toBe(403);
  });
});

it('lets moderators, though not on the statuses of admins (deviation)', async () => {
  const mod = await world.user({ nickname: 'mod', isModerator: true });
  const client = world.as(await world.token(mod));
  const status = await posts.status(await world.user({ nickname: 'alice' }));
  expect(
    (await client.rest('DELETE', `/api/v1/pleroma/admin/statuses/${status.databaseId}`)).status,
  ).toBe(200);
  expect(await dataOf('activities', `data->>'type' = 'Delete'`)).toMatchObject([
    { actor: mod.apId },
  ]);
  const admins = await posts.status(world.admin);
  expect(
    (
      await world.expectUnchanged(() =>
        client.rest('DELETE', `/api/v1/pleroma/admin/statuses/${admins.databaseId}`),
      )
    ).status,
  ).toBe(403);
});

it('is done once when two ask at once', async () => {
  const status = await posts.status(await world.user({ nickname: 'alice' }));
  const admin = await world.asAdmin();
  const ask = () => admin.rest('DELETE', `/api/v1/pleroma/admin/statuses/${status.databaseId}`);
  const answers = await Promise.all([ask(), ask()]);
  expect(answers.map(({ status: code }) => code).sort()).toEqual([200, 404]);
  expect(await world.rows('moderation_log')).toHaveLength(1);
  expect(await dataOf('activities', `data->>'type' = 'Delete'`)).toHaveLength(1);
});

it('signs as the author at the shell and writes no log row', async () => {
  const alice = await world.user({ nickname: 'alice' });
  const status = await posts.status(alice);
  await statusDelete(createContext(world.source, { kind: 'operator' }), { status });
  expect(await dataOf('activities', `data->>'type' = 'Delete'`)).toMatchObject([
    { actor: alice.apId },
  ]);
  expect(await world.rows('moderation_log')).toEqual([]);
});
