import { expect, it } from 'vitest';
import { makePosts } from '../support/posts.js';
import { giveModerators } from '../support/privileges.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
const v1 = '/api/v1/pleroma/admin/stats';

it('counts statuses by who may see them, of one host or all', async () => {
  const [alice, rob] = [
    await world.user({ nickname: 'alice' }),
    await world.user({ nickname: 'rob@remote.example' }),
  ];
  await posts.status(alice);
  await posts.status(alice, { to: [`${alice.apId}/followers`], cc: [] });
  await posts.status(alice, { to: [rob.apId], cc: [] });
  await posts.status(rob);
  await posts.status(rob, {
    to: [`${rob.apId}/followers`],
    cc: ['https://www.w3.org/ns/activitystreams#Public'],
  });
  const admin = await world.asAdmin();
  expect(await admin.rest('GET', v1)).toMatchObject({
    status: 200,
    body: { status_visibility: { public: 2, unlisted: 1, private: 1, direct: 1 } },
  });
  expect((await admin.rest('GET', `${v1}?instance=remote.example`)).body).toEqual({
    status_visibility: { public: 1, unlisted: 1, private: 0, direct: 0 },
  });
  expect((await admin.rest('GET', `${v1}?instance=nowhere.example`)).body).toEqual({
    status_visibility: { public: 0, unlisted: 0, private: 0, direct: 0 },
  });
  const { statistics } = await admin.data<{ statistics: unknown }>(
    '{ statistics(host: "remote.example") { statuses { public unlisted private direct } localUsers activeMonth peers } }',
  );
  expect(statistics).toEqual({
    statuses: { public: 1, unlisted: 1, private: 0, direct: 0 },
    localUsers: 2,
    activeMonth: 2,
    peers: ['remote.example'],
  });
});

it('is for staff with admin:read', async () => {
  await giveModerators(world, 'statistics_read');
  const mod = await world.user({ nickname: 'mod', isModerator: true });
  expect((await world.as(await world.token(mod)).rest('GET', v1)).status).toBe(200);
  expect(
    await world.as(await world.token(mod, ['admin:read:accounts'])).rest('GET', v1),
  ).toMatchObject({ status: 403, body: { error: 'Insufficient permissions: admin:read.' } });
});
