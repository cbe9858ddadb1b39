import { expect, it } from 'vitest';
import { createContext } from '../../src/context.js';
import { OperationError } from '../../src/errors.js';
import { reportSetState } from '../../src/resolvers/reports/set-state.js';
import type { Actor } from '../../src/auth/actor.js';
import type { TestUser } from '../support/maker.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
const asActor = (user: TestUser): Actor => ({
  kind: 'account',
  id: user.id,
  nickname: user.nickname,
  apId: user.apId,
  isAdmin: true,
  isModerator: false,
  scopes: 'all',
});
const flag = async (id: string): Promise<Record<string, unknown>> =>
  (await world.rows('activities', `id = '${id}'`))[0]?.['data'] as Record<string, unknown>;

it('closes and resolves, leaving the ids of what was reported, with a log row each', async () => {
  const [bob, mallory] = [
    await world.user({ nickname: 'bob' }),
    await world.user({ nickname: 'mallory' }),
  ];
  const status = await posts.status(mallory);
  const one = await posts.report(bob, mallory, [status]);
  const other = await posts.report(bob, mallory, [], {
    object: [
      mallory.apId,
      { id: 'https://gone.example/1', deleted: true },
      null,
      'https://old.example/2',
    ],
  });
  const admin = await world.asAdmin();
  const answer = await admin.rest('PATCH', '/api/v1/pleroma/admin/reports', {
    reports: [
      { id: one.databaseId, state: 'resolved' },
      { id: other.databaseId, state: 'closed' },
    ],
  });
  expect([answer.status, answer.body]).toEqual([204, undefined]);
  expect(await flag(one.id)).toMatchObject({
    state: 'resolved',
    object: [mallory.apId, status.createApId],
    content: 'rude',
    type: 'Flag',
  });
  expect(await flag(other.id)).toMatchObject({
    state: 'closed',
    object: [mallory.apId, 'https://gone.example/1', 'https://old.example/2'],
  });
  const logs = (await world.rows('moderation_log')).map(({ data }) => data);
  expect(logs).toEqual(
    [one, other].map(({ databaseId }, index) => ({
      actor: { id: world.admin.databaseId, nickname: 'admin', type: 'user' },
      action: 'report_update',
      subject: { type: 'report', id: databaseId, state: index === 0 ? 'resolved' : 'closed' },
      subject_actor: { id: bob.databaseId, nickname: 'bob', type: 'user' },
      message: `@admin updated report #${databaseId} (on user @bob) with '${index === 0 ? 'resolved' : 'closed'}' state`,
    })),
  );
});

it('opens again without giving snapshots back', async () => {
  const [bob, mallory] = [
    await world.user({ nickname: 'bob' }),
    await world.user({ nickname: 'mallory' }),
  ];
  const report = await posts.report(bob, mallory, [], {
    state: 'closed',
    object: [mallory.apId, 'https://home.example/activities/1'],
  });
  const admin = await world.asAdmin();
  const { status, body } = await admin.rest(
    'PUT',
    `/api/pleroma/admin/reports/${report.databaseId}`,
    { state: 'open' },
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ id: report.databaseId, state: 'open', content: 'rude' });
  expect(await flag(report.id)).toMatchObject({
    state: 'open',
    object: [mallory.apId, 'https://home.example/activities/1'],
  });
});

it('keeps the snapshots on a Pleroma that does not strip reports', async () => {
  await world.config(':instance', { report_strip_status: false });
  const [bob, mallory] = [
    await world.user({ nickname: 'bob' }),
    await world.user({ nickname: 'mallory' }),
  ];
  const status = await posts.status(mallory);
  const report = await posts.report(bob, mallory, [status]);
  const before = await flag(report.id);
  await reportSetState(createContext(world.source, asActor(world.admin)), {
    reports: [{ report, state: 'closed' }],
  });
  expect((await flag(report.id))['object']).toEqual(
    world.family === 'akkoma' ? [mallory.apId, status.createApId] : before['object'],
  );
});

it('lets one of two moderators win who set the same report at once', async () => {
  const [bob, mallory, other] = [
    await world.user({ nickname: 'bob' }),
    await world.user({ nickname: 'mallory' }),
    await world.user({ nickname: 'other', isAdmin: true }),
  ];
  const report = await posts.report(bob, mallory);
  const set = (user: TestUser, state: string) =>
    reportSetState(createContext(world.source, asActor(user)), {
      reports: [{ report, state, expectedState: 'open' }],
    });
  const outcomes = await Promise.allSettled([set(world.admin, 'closed'), set(other, 'resolved')]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const lost = outcomes.find((outcome) => outcome.status === 'rejected')?.reason as OperationError;
  expect(lost.issues).toMatchObject([
    { code: 'CONFLICT', inputPath: ['reports', '0', 'expectedState'] },
  ]);
  const logs = await world.rows('moderation_log');
  expect(logs).toHaveLength(1);
  expect((logs[0]?.['data'] as { subject: { state: string } }).subject.state).toBe(
    (await flag(report.id))['state'],
  );
});

it('names every item at fault and changes nothing (deviation: Akkoma keeps half and crashes)', async () => {
  const [bob, mallory] = [
    await world.user({ nickname: 'bob' }),
    await world.user({ nickname: 'mallory' }),
  ];
  const report = await posts.report(bob, mallory);
  const status = await posts.status(mallory);
  const admin = await world.asAdmin();
  const reports = [
    { id: report.databaseId, state: 'closed' },
    { id: '9iJGOv1j8hxuw19bcm', state: 'closed' },
    { id: report.databaseId, state: 'bogus' },
    { id: status.databaseId, state: 'closed' },
    { id: 'no id', state: 'bogus' },
  ];
  const { status: code, body } = await world.expectUnchanged(() =>
    admin.rest('PATCH', '/api/v1/pleroma/admin/reports', { reports }),
  );
  expect([code, body]).toEqual([
    400,
    [
      { id: '9iJGOv1j8hxuw19bcm', error: 'not_found' },
      { id: report.databaseId, error: 'Unsupported state' },
      { id: status.databaseId, error: 'not_found' },
      { id: 'no id', error: 'not_found' },
    ],
  ]);
});

it('answers the documented errors of PUT reports/:id and has it on their path alone', async () => {
  const [bob, mallory] = [
    await world.user({ nickname: 'bob' }),
    await world.user({ nickname: 'mallory' }),
  ];
  const report = await posts.report(bob, mallory);
  const status = await posts.status(mallory);
  const admin = await world.asAdmin();
  await world.expectUnchanged(async () => {
    const put = async (id: string, body: unknown, prefix = '/api/pleroma/admin') => {
      const answer = await admin.rest('PUT', `${prefix}/reports/${id}`, body);
      return [answer.status, answer.body];
    };
    expect(await put(report.databaseId, { state: 'test' })).toEqual([400, 'Unsupported state']);
    expect(await put('test', { state: 'closed' })).toEqual([404, 'Not found']);
    expect(await put(status.databaseId, { state: 'closed' })).toEqual([404, 'Not found']);
    expect((await put(report.databaseId, {}))[0]).toBe(400);
    expect((await put(report.databaseId, { state: 'closed' }, '/api/v1/pleroma/admin'))[0]).toBe(
      404,
    );
  });
});

it('takes reports of deactivated and of forgotten reporters, and moderators', async () => {
  const [bob, mallory, mod] = [
    await world.user({ nickname: 'bob', isActive: false }),
    await world.user({ nickname: 'mallory' }),
    await world.user({ nickname: 'mod', isModerator: true }),
  ];
  const one = await posts.report(bob, mallory);
  const other = await posts.report({ ...bob, apId: 'https://gone.example/users/x' }, mallory);
  const client = world.as(await world.token(mod));
  expect(
    (
      await client.rest('PATCH', '/api/v1/pleroma/admin/reports', {
        reports: [one, other].map(({ databaseId }) => ({ id: databaseId, state: 'closed' })),
      })
    ).status,
  ).toBe(204);
  expect(
    (await world.rows('moderation_log')).map(({ data }) => (data as { message: string }).message),
  ).toEqual([
    `@mod updated report #${one.databaseId} (on user @bob) with 'closed' state`,
    `@mod updated report #${other.databaseId} with 'closed' state`,
  ]);
});

it('takes an empty list for what it is on REST, refuses it elsewhere', async () => {
  const admin = await world.asAdmin();
  await world.expectUnchanged(async () => {
    expect(
      (await admin.rest('PATCH', '/api/v1/pleroma/admin/reports', { reports: [] })).status,
    ).toBe(204);
    await expect(
      reportSetState(createContext(world.source, asActor(world.admin)), { reports: [] }),
    ).rejects.toThrow('1 to 100 reports');
  });
});
