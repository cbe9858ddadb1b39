import { expect, it } from 'vitest';
import { makePosts } from '../support/posts.js';
import { adminSecret, baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
type Data = Record<string, unknown>;

async function makeReport() {
  const [bob, mallory] = [
    await world.user({ nickname: 'bob' }),
    await world.user({ nickname: 'mallory' }),
  ];
  return { bob, mallory, report: await posts.report(bob, mallory) };
}

const respond = async (id: string, body: unknown, prefix = '/api/pleroma/admin') =>
  (await world.asAdmin()).rest('POST', `${prefix}/reports/${id}/respond`, body);

it('writes exactly the rows of a direct message in the conversation of the report', async () => {
  const { bob, mallory, report } = await makeReport();
  const { status, body } = await respond(report.databaseId, {
    status: ' Your claim is going to be closed ',
  });
  expect(status).toBe(200);
  const [create] = await world.rows('activities', `data->>'type' = 'Create'`);
  const [note] = await world.rows('objects');
  const noteData = note?.['data'] as Data;
  const published = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as string;
  expect(noteData).toEqual({
    type: 'Note',
    id: expect.stringMatching(`^${baseUrl}/objects/[0-9a-f-]{36}$`) as string,
    actor: world.admin.apId,
    to: [bob.apId],
    cc: [],
    content: 'Your claim is going to be closed',
    summary: '',
    sensitive: false,
    context: report.context,
    attachment: [],
    tag: [],
    emoji: {},
    source: { content: 'Your claim is going to be closed', mediaType: 'text/plain' },
    generator: null,
    published,
    ...(world.family === 'akkoma'
      ? { contentMap: { en: 'Your claim is going to be closed' } }
      : {}),
  });
  expect(create).toMatchObject({
    local: true,
    actor: world.admin.apId,
    recipients: [bob.apId, world.admin.apId],
  });
  expect(create?.['data']).toEqual({
    type: 'Create',
    id: expect.stringMatching(`^${baseUrl}/activities/[0-9a-f-]{36}$`) as string,
    actor: world.admin.apId,
    object: noteData['id'],
    to: [bob.apId],
    cc: [],
    context: report.context,
    directMessage: true,
    published,
  });
  expect(await world.rows('notifications')).toMatchObject([
    { user_id: bob.id, activity_id: create?.['id'], type: 'mention', seen: false },
  ]);
  expect(await world.rows('markers')).toMatchObject([
    { user_id: bob.id, timeline: 'notifications', last_read_id: '' },
  ]);
  expect(await world.rows('conversations')).toMatchObject([{ ap_id: report.context }]);
  const participations = await world.rows('conversation_participations');
  expect(participations.map(({ user_id, read }) => [user_id, read])).toEqual(
    expect.arrayContaining([
      [bob.id, false],
      [world.admin.id, true],
    ]),
  );
  const ships = await world.rows('conversation_participation_recipient_ships');
  expect(
    ships
      .map(({ participation_id, user_id }) => `${String(participation_id)} ${String(user_id)}`)
      .sort(),
  ).toEqual(
    participations
      .flatMap(({ id }) => [bob.id, world.admin.id].map((user) => `${String(id)} ${user}`))
      .sort(),
  );
  expect(await world.rows('hashtags')).toEqual([]);
  expect(await world.rows('oban_jobs', `queue = 'federator_outgoing'`)).toMatchObject([
    {
      worker: 'Pleroma.Workers.PublisherWorker',
      priority: 0,
      max_attempts: world.family === 'akkoma' ? 6 : 5,
    },
  ]);
  expect(await world.rows('oban_jobs')).toHaveLength(1);
  expect(await world.rows('users', `nickname = 'admin'`)).toMatchObject([
    { note_count: 0, last_status_at: null },
  ]);
  const statusId = (body as Data)['id'];
  expect((await world.rows('moderation_log')).map(({ data }) => data)).toEqual([
    {
      actor: { id: world.admin.databaseId, nickname: 'admin', type: 'user' },
      action: 'report_note',
      subject: { type: 'report', id: report.databaseId, state: 'open' },
      subject_actor: { id: bob.databaseId, nickname: 'bob', type: 'user' },
      text: 'Your claim is going to be closed',
      steward_action: 'report_response',
      status_id: statusId,
      message: `@admin added note 'Your claim is going to be closed' to report #${report.databaseId} on user @bob`,
    },
  ]);
  expect(body).toMatchObject({
    content: 'Your claim is going to be closed',
    visibility: 'direct',
    in_reply_to_id: null,
    account: { acct: 'admin' },
  });
  expect((body as { mentions: { acct: string }[] }).mentions.map(({ acct }) => acct)).toContain(
    'bob',
  );
  expect((await world.rows('activities', `id = '${report.id}'`))[0]?.['data']).toMatchObject({
    state: 'open',
  });
  expect(mallory.apId).not.toBe(bob.apId);
});

it('links mentions, addresses and hashtags, and addresses whom it mentions', async () => {
  const { bob, report } = await makeReport();
  const remote = await world.user({
    nickname: 'rob@remote.example',
    uri: 'https://remote.example/@rob',
  });
  const text =
    '@rob@remote.example & @nobody: see <https://a.example/?x=1&y=2>.\nThanks #Spam @bob!';
  expect((await respond(report.databaseId, { status: text })).status).toBe(200);
  const [note] = await world.rows('objects');
  const { content, to, tag, source } = note?.['data'] as Data;
  expect(content).toBe(
    `<span class="h-card"><a class="u-url mention" data-user="${remote.databaseId}" href="https://remote.example/@rob" rel="ugc">@<span>rob</span></a></span> &amp; @nobody: see ` +
      '&lt;<a href="https://a.example/?x=1&amp;y=2" rel="ugc">https://a.example/?x=1&amp;y=2</a>&gt;.<br>Thanks ' +
      `<a class="hashtag" data-tag="spam" href="${baseUrl}/tag/spam" rel="tag ugc">#Spam</a> <span class="h-card"><a class="u-url mention" data-user="${bob.databaseId}" href="${bob.apId}" rel="ugc">@<span>bob</span></a></span>!`,
  );
  expect([to, tag]).toEqual([[bob.apId, remote.apId], ['spam']]);
  expect((source as Data)['content']).toBe(text);
  expect(await world.rows('hashtags')).toMatchObject([{ name: 'spam' }]);
  expect(await world.rows('hashtags_objects')).toMatchObject([{ object_id: note?.['id'] }]);
  expect(await world.rows('notifications')).toHaveLength(1);
  expect(await world.rows('conversation_participations')).toHaveLength(3);
});

it('continues the conversation: unread again for the reporter, and no recipients twice', async () => {
  const { bob, report } = await makeReport();
  await respond(report.databaseId, { status: 'one' });
  await world.database.pool.query('update conversation_participations set read = true');
  await respond(report.databaseId, { status: 'two' });
  expect(
    (await world.rows('conversation_participations', `user_id = '${bob.id}'`)).map(
      ({ read }) => read,
    ),
  ).toEqual([false]);
  expect(
    (await world.rows('conversation_participations', `user_id = '${world.admin.id}'`)).map(
      ({ read }) => read,
    ),
  ).toEqual([true]);
  expect(await world.rows('conversations')).toHaveLength(1);
  expect(await world.rows('conversation_participation_recipient_ships')).toHaveLength(4);
  expect(await world.rows('notifications')).toHaveLength(2);
});

it('respects what the reporter has shut out (§1.7 rows 4 and 5)', async () => {
  const { bob, report } = await makeReport();
  const relate = (type: number) =>
    world.database.pool.query(
      `insert into user_relationships (source_id, target_id, relationship_type, inserted_at) values ($1, $2, $3, timezone('UTC', now()))`,
      [bob.id, world.admin.id, type],
    );
  await relate(2);
  await respond(report.databaseId, { status: 'muted' });
  expect((await world.rows('notifications')).map(({ seen }) => seen)).toEqual([true]);
  const [marker] = await world.rows('markers');
  expect(marker?.['last_read_id']).toBe(String((await world.rows('notifications'))[0]?.['id']));
  await relate(1);
  await world.database.pool.query('truncate notifications, conversations cascade');
  await respond(report.databaseId, { status: 'blocked' });
  expect(await world.rows('notifications')).toHaveLength(world.family === 'akkoma' ? 1 : 0);
  expect(
    (await world.rows('conversation_participations', `user_id = '${bob.id}'`)).map(
      ({ read }) => read,
    ),
  ).toEqual([true]);
});

it('has the instance push the notification to devices that asked for it', async () => {
  const { bob, report } = await makeReport();
  await world.token(bob);
  await world.database.pool.query(
    `insert into push_subscriptions (user_id, token_id, endpoint, key_p256dh, key_auth, data, inserted_at, updated_at) select user_id, id, 'https://push.example', '', '', '{}', timezone('UTC', now()), timezone('UTC', now()) from oauth_tokens`,
  );
  await respond(report.databaseId, { status: 'hello' });
  const [notification] = await world.rows('notifications');
  expect(await world.rows('oban_jobs', `queue = 'web_push'`)).toMatchObject([
    {
      worker: 'Pleroma.Workers.WebPusherWorker',
      max_attempts: world.family === 'akkoma' ? 1 : 20,
      args: { op: 'web_push', notification_id: notification?.['id'] },
    },
  ]);
});

it('does not notify who takes nothing from strangers, unless they follow', async () => {
  const { bob, report } = await makeReport();
  await world.database.pool.query(
    `update users set notification_settings = '{"block_from_strangers": true}' where id = $1`,
    [bob.id],
  );
  await respond(report.databaseId, { status: 'one' });
  expect(await world.rows('notifications')).toEqual([]);
  await world.follow(bob, world.admin);
  await respond(report.databaseId, { status: 'two' });
  expect(await world.rows('notifications')).toHaveLength(1);
});

it('writes to remote reporters: a job, no notification; no job when the instance does not federate', async () => {
  const [rita, mallory] = [
    await world.user({ nickname: 'rita@remote.example' }),
    await world.user({ nickname: 'mallory' }),
  ];
  const report = await posts.report(rita, mallory);
  await respond(report.databaseId, { status: 'hello' });
  expect(await world.rows('notifications')).toEqual([]);
  expect(await world.rows('oban_jobs')).toHaveLength(1);
  await world.config(':instance', { federating: false });
  await respond(report.databaseId, { status: 'hello again' });
  expect(await world.rows('oban_jobs')).toHaveLength(1);
});

it('answers the documented errors and changes nothing', async () => {
  const { mallory, report } = await makeReport();
  const status = await posts.status(mallory);
  await world.config(':instance', { limit: 10 });
  const admin = await world.asAdmin();
  await world.expectUnchanged(async () => {
    const post = async (id: string, body: unknown, prefix = '/api/pleroma/admin') => {
      const answer = await admin.rest('POST', `${prefix}/reports/${id}/respond`, body);
      return [answer.status, answer.body];
    };
    expect(await post('test', {})).toEqual([400, 'Invalid parameters']);
    expect(await post(report.databaseId, {})).toEqual([400, 'Invalid parameters']);
    expect(await post('test', { status: 'x' })).toEqual([404, 'Not found']);
    expect(await post(status.databaseId, { status: 'x' })).toEqual([404, 'Not found']);
    expect(await post(report.databaseId, { status: ' ' })).toEqual([
      400,
      'The text must not be empty.',
    ]);
    expect(await post(report.databaseId, { status: 'x'.repeat(11) })).toEqual([
      400,
      'The text must have at most 10 characters.',
    ]);
    expect((await post(report.databaseId, { status: 'x' }, '/api/v1/pleroma/admin'))[0]).toBe(404);
    const secret = await world
      .as(undefined)
      .rest(
        'POST',
        `/api/pleroma/admin/reports/${report.databaseId}/respond`,
        { status: 'x' },
        { 'x-admin-token': adminSecret },
      );
    expect(secret.status).toBe(403);
  });
  expect((await respond(report.databaseId, { status: '👩‍👩‍👧‍👦'.repeat(10) })).status).toBe(200);
});
