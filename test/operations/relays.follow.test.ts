import { expect, it } from 'vitest';
import { makePosts } from '../support/posts.js';
import { baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
type Data = Record<string, unknown>;

const v1 = '/api/v1/pleroma/admin/relay';
const relayId = `${baseUrl}/relay`;
const url = 'https://relay.example/actor';
const makeTarget = (attributes = {}) =>
  world.user({ nickname: 'relay@relay.example', apId: url, ...attributes });
const makeRelay = () =>
  world.user({ nickname: 'relay', apId: relayId, invisible: true, actorType: 'Application' });
const ask = async (method: string, body: unknown, path = v1) => {
  const { status, body: answer } = await (await world.asAdmin()).rest(method, path, body);
  return [status, answer];
};
const activities = async (type: string): Promise<Data[]> =>
  (await world.rows('activities', `data->>'type' = '${type}'`)).map(({ data }) => data as Data);

it('asks a relay: Follow, pending relationship, job, log row', async () => {
  const [relay, target] = [await makeRelay(), await makeTarget()];
  expect(await ask('POST', { relay_url: url })).toEqual([
    200,
    { actor: url, followed_back: false },
  ]);
  expect(await world.rows('activities')).toMatchObject([
    { local: true, actor: relayId, recipients: [url] },
  ]);
  expect(await activities('Follow')).toEqual([
    {
      type: 'Follow',
      id: expect.stringMatching(`^${baseUrl}/activities/[0-9a-f-]{36}$`) as string,
      actor: relayId,
      object: url,
      to: [url],
      cc: [],
      bto: [],
      bcc: [],
      state: 'pending',
    },
  ]);
  expect(await world.rows('following_relationships')).toMatchObject([
    { follower_id: relay.id, following_id: target.id, state: 1 },
  ]);
  expect(await world.rows('oban_jobs')).toMatchObject([
    { worker: 'Pleroma.Workers.PublisherWorker', queue: 'federator_outgoing', priority: 0 },
  ]);
  expect((await world.rows('moderation_log')).map(({ data }) => data)).toEqual([
    {
      actor: { id: world.admin.databaseId, nickname: 'admin', type: 'user' },
      action: 'relay_follow',
      target: url,
      message: `@admin followed relay: ${url}`,
    },
  ]);
});

it('answers the address alone on the documented path, from a form too', async () => {
  await makeRelay();
  await makeTarget();
  const admin = await world.asAdmin();
  const { status, body } = await admin.rest(
    'POST',
    '/api/pleroma/admin/relay',
    `relay_url=${encodeURIComponent(url)}`,
    { 'content-type': 'application/x-www-form-urlencoded' },
  );
  expect([status, body]).toEqual([200, url]);
  expect(await ask('DELETE', { relay_url: url }, '/api/pleroma/admin/relay')).toEqual([200, url]);
});

it('says whether the relay has accepted before, and leaves that as it is', async () => {
  const [relay, target] = [await makeRelay(), await makeTarget()];
  await world.follow(relay, target);
  expect(await ask('POST', { relay_url: url })).toEqual([200, { actor: url, followed_back: true }]);
  expect(await world.rows('following_relationships')).toMatchObject([{ state: 2 }]);
});

it('is accepted at once by an open account of this instance', async () => {
  const [relay, alice] = [await makeRelay(), await world.user({ nickname: 'alice' })];
  expect(await ask('POST', { relay_url: alice.apId })).toEqual([
    200,
    { actor: alice.apId, followed_back: true },
  ]);
  const [follow] = await activities('Follow');
  expect(follow).toMatchObject({ state: 'accept' });
  expect(await activities('Accept')).toMatchObject([
    { actor: alice.apId, object: follow?.['id'], to: [relayId], cc: [] },
  ]);
  expect(await world.rows('following_relationships')).toMatchObject([
    { follower_id: relay.id, following_id: alice.id, state: 2 },
  ]);
  expect(await world.rows('users', `nickname = 'alice'`)).toMatchObject([{ follower_count: 1 }]);
});

it("makes the instance's relay actor on first use, with its keys", async () => {
  await makeTarget();
  expect((await ask('POST', { relay_url: url }))[0]).toBe(200);
  const [relay] = await world.rows('users', `ap_id = '${relayId}'`);
  expect(relay).toMatchObject({
    nickname: 'relay',
    local: true,
    invisible: true,
    follower_address: `${relayId}/followers`,
    email: null,
    password_hash: null,
  });
  if (world.family === 'akkoma')
    expect(await world.rows('signing_keys')).toMatchObject([
      {
        user_id: relay?.['id'],
        key_id: `${relayId}#main-key`,
        private_key: expect.stringContaining('BEGIN RSA PRIVATE KEY') as string,
      },
    ]);
  else expect(relay?.['keys']).toContain('BEGIN RSA PRIVATE KEY');
});

it('takes the newest request back with an Undo that holds it', async () => {
  const [relay, target] = [await makeRelay(), await makeTarget()];
  await world.follow(relay, target);
  await posts.act({ ...relay, apId: relayId }, 'Follow', url, {
    to: [url],
    state: 'accept',
    cc: [],
  });
  const [follow] = await activities('Follow');
  expect(await ask('DELETE', { relay_url: url })).toEqual([200, url]);
  const [undo] = await activities('Undo');
  const embedded = {
    ...follow,
    ...(world.family === 'pleroma' ? { state: 'cancelled' } : {}),
    context: undo?.['context'],
    published: undo?.['published'],
  };
  expect(undo).toEqual({
    type: 'Undo',
    id: expect.stringMatching(`^${baseUrl}/activities/`) as string,
    actor: relayId,
    to: [url],
    object: embedded,
    context: expect.stringMatching(`^${baseUrl}/contexts/[0-9a-f-]{36}$`) as string,
    published: expect.stringMatching(/\.\d{6}Z$/) as string,
  });
  expect(await activities('Follow')).toEqual(
    world.family === 'pleroma' ? [{ ...follow, state: 'cancelled' }] : [],
  );
  expect(await world.rows('following_relationships')).toEqual([]);
  const [job] = await world.rows('oban_jobs');
  const args = job?.['args'] as Data;
  if (world.family === 'akkoma') expect(JSON.parse(String(args['object_data']))).toEqual(embedded);
  else expect(args).not.toHaveProperty('object_data');
  expect(await world.rows('users', `ap_id = '${relayId}'`)).toMatchObject([{ following_count: 0 }]);
  expect((await world.rows('moderation_log')).map(({ data }) => data)).toMatchObject([
    { action: 'relay_unfollow', target: url, message: `@admin unfollowed relay: ${url}` },
  ]);
});

it('keeps the documented failure, 500 and the address, and changes nothing', async () => {
  const relay = await makeRelay();
  const target = await makeTarget();
  const gone = await world.user({ nickname: 'gone@relay.example', isActive: false });
  const admin = await world.asAdmin();
  await world.expectUnchanged(async () => {
    for (const [method, address] of [
      ['POST', 'relay.example'],
      ['POST', `${baseUrl}/nobody`],
      ['POST', gone.apId],
      ['POST', relay.apId],
      ['DELETE', target.apId],
      ['DELETE', 'https://unreachable.example/actor'],
    ] as const) {
      for (const prefix of ['/api/pleroma/admin', '/api/v1/pleroma/admin']) {
        const { status, body } = await admin.rest(method, `${prefix}/relay`, {
          relay_url: address,
          force: method === 'DELETE',
        });
        expect([method, address, status, body]).toEqual([method, address, 500, address]);
      }
    }
    expect((await admin.rest('POST', v1, {})).status).toBe(400);
  });
});

it('what is no address is 400 that names the field, on both paths and verbs, and changes nothing', async () => {
  await makeRelay();
  const admin = await world.asAdmin();
  await world.expectUnchanged(async () => {
    for (const address of [
      '',
      ' ',
      'not an address',
      '\u0000',
      'https://',
      'https:// relay.example',
      'mailto:a@b.example',
      'x'.repeat(300),
      `https://relay.example/${'x'.repeat(5_000)}`,
      '/etc/passwd',
      'javascript:alert(1)',
      5,
      true,
      [],
      ['a'],
      {},
      null,
    ]) {
      for (const prefix of ['/api/pleroma/admin', '/api/v1/pleroma/admin']) {
        for (const method of ['POST', 'DELETE']) {
          const { status, body } = await admin.rest(method, `${prefix}/relay`, {
            relay_url: address,
          });
          expect([method, prefix, address, status]).toEqual([method, prefix, address, 400]);
          expect(JSON.stringify(body)).toContain('relay_url');
        }
      }
    }
  });
});

it('takes back a request to an actor the instance has forgotten only with force', async () => {
  const relay = await makeRelay();
  await posts.act({ ...relay, apId: relayId }, 'Follow', url, { to: [url], state: 'pending' });
  expect(await ask('DELETE', { relay_url: url })).toEqual([500, url]);
  expect(await ask('DELETE', { relay_url: url, force: true })).toEqual([200, url]);
  expect(await activities('Undo')).toHaveLength(1);
});

it('leaves the instance a job of its own for an actor it has not met, and says so', async () => {
  const relay = await makeRelay();
  const admin = await world.asAdmin();
  const job = (identifier: string) => {
    const args = { op: 'follow_import', user_id: relay.databaseId };
    return {
      worker: 'Pleroma.Workers.BackgroundWorker',
      queue: 'background',
      state: 'available',
      args:
        world.family === 'akkoma'
          ? { ...args, identifier }
          : { ...args, actor: identifier, identifiers: [identifier] },
    };
  };
  expect(await ask('POST', { relay_url: 'https://new.example/actor' })).toEqual([
    200,
    { actor: 'https://new.example/actor', followed_back: false },
  ]);
  expect(
    await ask('POST', { relay_url: 'https://new.example/actor' }, '/api/pleroma/admin/relay'),
  ).toEqual([200, 'https://new.example/actor']);
  const document =
    'mutation ($actor: String!) { relayFollow(input: { actor: $actor }) { relay { actor followedBack account { id } } isQueued errors { code path } } }';
  expect(await admin.data(document, { actor: 'https://bawü.example/users/relay' })).toEqual({
    relayFollow: {
      relay: {
        actor: 'https://xn--baw-joa.example/users/relay',
        followedBack: false,
        account: null,
      },
      isQueued: true,
      errors: [],
    },
  });
  expect(await world.rows('oban_jobs')).toMatchObject(
    [
      'https://new.example/actor',
      'https://new.example/actor',
      'https://xn--baw-joa.example/users/relay',
    ].map(job),
  );
  expect(await world.rows('activities')).toEqual([]);
  expect((await world.rows('moderation_log')).map(({ data }) => (data as Data)['message'])).toEqual(
    [
      'https://new.example/actor',
      'https://new.example/actor',
      'https://xn--baw-joa.example/users/relay',
    ].map((target) => `@admin followed relay: ${target}`),
  );
  await makeTarget();
  expect(await admin.data(document, { actor: url })).toMatchObject({
    relayFollow: { isQueued: false, errors: [] },
  });
});

it.each([
  '',
  'relay',
  'relay.example/actor',
  'ftp://relay.example/actor',
  'https://',
  'https:///actor',
  'https://a:b@relay.example/',
  'https://relay.example\\evil.example/',
  'https://relay.example/a b',
  `https://relay.example/${'a'.repeat(255)}`,
  'javascript:alert(1)',
])('refuses %j as no address', async (actor) => {
  await makeRelay();
  const admin = await world.asAdmin();
  const answer = await world.expectUnchanged(() =>
    admin.data(
      'mutation ($actor: String!) { relayFollow(input: { actor: $actor }) { isQueued errors { code path } } }',
      { actor },
    ),
  );
  expect(answer).toEqual({
    relayFollow: { isQueued: null, errors: [{ code: 'INVALID', path: ['actor'] }] },
  });
});

it('is for admins alone', async () => {
  await makeRelay();
  await makeTarget();
  const client = world.as(
    await world.token(await world.user({ nickname: 'mod', isModerator: true })),
  );
  const { status } = await world.expectUnchanged(() => client.rest('POST', v1, { relay_url: url }));
  expect(status).toBe(403);
});
