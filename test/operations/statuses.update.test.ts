import { expect, it } from 'vitest';
import { flakeFromUuid } from '../../src/database/flake.js';
import { everybody, makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
type Data = Record<string, unknown>;

const put = async (id: string, body: unknown, prefix = '/api/v1/pleroma/admin') =>
  (await world.asAdmin()).rest('PUT', `${prefix}/statuses/${id}`, body);

async function addressing(status: { id: string; objectId: bigint }) {
  const [activity] = await world.rows('activities', `id = '${status.id}'`);
  const [object] = await world.rows('objects', `id = ${String(status.objectId)}`);
  const { to, cc } = activity?.['data'] as Data;
  const inObject = object?.['data'] as Data;
  return {
    to,
    cc,
    recipients: activity?.['recipients'],
    object: { to: inObject['to'], cc: inObject['cc'] },
  };
}

const F = 'https://home.example/users/alice/followers';
const A = 'https://home.example/users/alice';
const B = 'https://home.example/users/bob';
const start = {
  public: { to: [everybody, B], cc: [F] },
  unlisted: { to: [F, B], cc: [everybody] },
  private: { to: [F, B], cc: [] },
  direct: { to: [B], cc: [] },
};
/**
 * What each scope becomes in each other
 * (docs/instance/moderation.md#changing-the-scope-of-a-status).
 */
const table = [
  ['public', 'public', [everybody, B], [F], [everybody, B, F, A]],
  ['public', 'unlisted', [F, B], [everybody], [everybody, B, F, A]],
  ['public', 'private', [F, B], [F], [B, F, A]],
  ['unlisted', 'public', [everybody, B], [F], [everybody, F, B, A]],
  ['unlisted', 'unlisted', [F, B], [everybody], [F, B, everybody, A]],
  ['unlisted', 'private', [F, B], [], [F, B, A]],
  ['private', 'public', [everybody, B], [F], [everybody, F, B, A]],
  ['private', 'unlisted', [F, B], [everybody], [F, B, A, everybody]],
  ['private', 'private', [F, B], [], [F, B, A]],
  ['direct', 'public', [everybody, B], [F], [everybody, B, A]],
  ['direct', 'unlisted', [F, B], [everybody], [B, A, F, everybody]],
  ['direct', 'private', [F, B], [], [B, A]],
  ['public', 'direct', [everybody, B], [F], [everybody, B, F, A]],
  ['private', 'direct', [F, B], [], [F, B, A]],
] as const;

it.each(table)('moves %s to %s', async (from, visibility, to, cc, recipients) => {
  const alice = await world.user({ nickname: 'alice' });
  const status = await posts.status(alice, { ...start[from], object: { likes: [B] } });
  const { status: code, body } = await put(status.databaseId, { visibility });
  expect(code).toBe(200);
  expect(body).toMatchObject({ id: status.databaseId });
  expect(await addressing(status)).toEqual({ to, cc, recipients, object: { to, cc } });
  const [object] = await world.rows('objects');
  expect(object?.['data']).toMatchObject({ likes: [B], content: 'words', sensitive: null });
  expect(await world.rows('oban_jobs', `queue = 'federator_outgoing'`)).toEqual([]);
  expect((await world.rows('moderation_log')).map(({ data }) => data)).toEqual([
    {
      actor: { id: world.admin.databaseId, nickname: 'admin', type: 'user' },
      action: 'status_update',
      subject: { type: 'status', id: status.databaseId },
      sensitive: null,
      visibility,
      message: `@admin updated status #${status.databaseId}, set visibility: '${visibility}'`,
    },
  ]);
});

it('marks sensitive and changes the scope in one go; texts are booleans too', async () => {
  const status = await posts.status(await world.user({ nickname: 'alice' }));
  const { body } = await put(
    status.databaseId,
    { sensitive: 'true', visibility: 'unlisted' },
    '/api/pleroma/admin',
  );
  expect(body).toMatchObject({ sensitive: true, visibility: 'unlisted' });
  expect((await world.rows('moderation_log'))[0]?.['data']).toMatchObject({
    sensitive: true,
    visibility: 'unlisted',
    message: `@admin updated status #${status.databaseId}, set sensitive: 'true', visibility: 'unlisted'`,
  });
  expect((await put(status.databaseId, { sensitive: 'false' })).body).toMatchObject({
    sensitive: false,
    visibility: 'unlisted',
  });
});

it('leaves the status alone when asked for nothing, with a log row as the instance', async () => {
  const status = await posts.status(await world.user({ nickname: 'alice' }));
  const before = await addressing(status);
  expect((await put(status.databaseId, {})).status).toBe(200);
  expect(await addressing(status)).toEqual(before);
  expect((await world.rows('moderation_log'))[0]?.['data']).toMatchObject({
    sensitive: null,
    visibility: null,
    message: `@admin updated status #${status.databaseId}, set visibility: ''`,
  });
});

it('answers the documented errors and changes nothing', async () => {
  const [alice, bob] = [
    await world.user({ nickname: 'alice' }),
    await world.user({ nickname: 'bob' }),
  ];
  const status = await posts.status(alice);
  const report = await posts.report(bob, alice);
  const admin = await world.asAdmin();
  await posts.act(bob, 'Announce', status.apId);
  const [announce] = await world.rows('activities', `data->>'type' = 'Announce'`);

  await world.expectUnchanged(async () => {
    for (const [prefix, word] of [
      ['/api/pleroma/admin', (text: string) => text],
      ['/api/v1/pleroma/admin', (text: string) => ({ error: text })],
    ] as const) {
      const ask = async (id: string, body: unknown) => {
        const answer = await admin.rest('PUT', `${prefix}/statuses/${id}`, body);
        return [answer.status, answer.body];
      };
      for (const visibility of ['bogus', 'local', 'list', ''])
        expect(await ask(status.databaseId, { sensitive: true, visibility })).toEqual([
          400,
          word('Unsupported visibility'),
        ]);
      for (const id of [
        'test',
        '9iJGOv1j8hxuw19bcm',
        report.databaseId,
        flakeFromUuid(String(announce?.['id'])),
        bob.databaseId,
      ])
        expect(await ask(id, { visibility: 'private' })).toEqual([404, word('Not found')]);
      expect((await ask(status.databaseId, { sensitive: 'maybe' }))[0]).toBe(400);
    }
  });
});

it('lets moderators, though not on the statuses of admins (deviation)', async () => {
  const mod = await world.user({ nickname: 'mod', isModerator: true });
  const client = world.as(await world.token(mod));
  const status = await posts.status(await world.user({ nickname: 'alice' }));
  expect(
    (
      await client.rest('PUT', `/api/v1/pleroma/admin/statuses/${status.databaseId}`, {
        sensitive: true,
      })
    ).status,
  ).toBe(200);
  const admins = await posts.status(world.admin);
  const { status: code } = await world.expectUnchanged(() =>
    client.rest('PUT', `/api/v1/pleroma/admin/statuses/${admins.databaseId}`, { sensitive: true }),
  );
  expect(code).toBe(403);
});
