import { beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../support/client.js';
import { storeSetting } from '../support/config.js';
import { shell } from '../support/shell.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const route = '/api/v1/pleroma/admin/instances';
const document =
  'mutation ($input: InstanceDeleteInput!) { instanceDelete(input: $input) { count previewToken sample { nickname } errors { code path message } effect { kind } } }';

interface Answer {
  readonly instanceDelete: {
    readonly count: number | null;
    readonly previewToken: string | null;
    readonly errors: readonly { code: string; message: string }[];
    readonly effect: { kind: string } | null;
  };
}

let admin: Client;
beforeEach(async () => {
  admin = await world.asAdmin();
});
const call = async (input: object) =>
  (await admin.data<Answer>(document, { input })).instanceDelete;
const jobRow = (host: string) =>
  world.family === 'akkoma'
    ? {
        worker: 'Pleroma.Workers.BackgroundWorker',
        queue: 'background',
        args: { op: 'delete_instance', host },
        max_attempts: 1,
      }
    : {
        worker: 'Pleroma.Workers.DeleteWorker',
        queue: 'slow',
        args: { op: 'delete_instance', host },
        max_attempts: 20,
      };

describe('deleting the accounts of an instance', () => {
  it('leaves the job of the instance and one log row; the dry run counts and writes nothing', async () => {
    for (const name of ['ann', 'bea']) await world.user({ nickname: `${name}@gone.example` });
    await world.user({ nickname: 'cam@other.example' });
    const shown = await world.expectUnchanged(() =>
      call({ instance: 'GONE.example.', dryRun: true }),
    );
    expect(shown).toMatchObject({
      count: 2,
      sample: [{ nickname: 'ann@gone.example' }, { nickname: 'bea@gone.example' }],
      errors: [],
      effect: null,
    });
    expect(await call({ instance: '@gone.example' })).toMatchObject({
      count: 2,
      errors: [],
      effect: { kind: 'QUEUED' },
    });
    expect(await world.rows('oban_jobs')).toMatchObject([jobRow('gone.example')]);
    const [log, ...rest] = await world.rows('moderation_log');
    expect(rest).toEqual([]);
    expect(log?.['data']).toMatchObject({
      action: 'delete',
      steward_action: 'delete_instance',
      steward_details: { instance: 'gone.example', total: 2 },
      message: '@admin deleted users: @ann@gone.example, @bea@gone.example',
    });
  });

  it('leaves a job for each spelling of the host that accounts have', async () => {
    for (const host of ['bawü.example', 'xn--baw-joa.example'])
      await world.user({ nickname: `ann@${host}` });
    expect(await call({ instance: 'BAWÜ.example' })).toMatchObject({ count: 2 });
    expect(await world.rows('oban_jobs')).toMatchObject([
      jobRow('xn--baw-joa.example'),
      jobRow('bawü.example'),
    ]);
  });

  it.each([
    ['gone.example', 'ann@gone.example.org', 'gone.example.org'],
    ['gone.example', 'ann@gone.example:8443', 'gone.example:8443'],
    ['go_e.example', 'ann@gone.example', 'gone.example'],
    ['gone', 'ann@gonefishing.example', 'gonefishing.example'],
  ])('is refused for %s while the job would take %s too', async (instance, nickname, other) => {
    await world.user({ nickname });
    await world.user({ nickname: 'far@away.example' });
    for (const dryRun of [false, true]) {
      const { errors } = await world.expectUnchanged(() => call({ instance, dryRun }));
      expect(errors).toEqual([
        { code: 'CONFLICT', path: ['instance'], message: expect.stringContaining(other) as string },
      ]);
      expect(errors[0]?.message).not.toContain('away.example');
    }
  });

  it.each([
    '',
    ' ',
    '%',
    'a%',
    '*.gone.example',
    'ann@gone.example',
    'https://gone.example/@ann',
    '12',
    'gone example',
    'home.example',
    'HOME.example.',
  ])('is refused for what is no host of another instance: "%s"', async (instance) => {
    await world.user({ nickname: 'ann@gone.example' });
    expect(await world.expectUnchanged(() => call({ instance }))).toMatchObject({
      errors: [{ code: 'INVALID', path: ['instance'] }],
    });
    if (instance.trim() === '') return;
    expect(
      (
        await world.expectUnchanged(() =>
          admin.rest('DELETE', `${route}/${encodeURIComponent(instance)}`),
        )
      ).status,
    ).toBe(400);
  });

  it('needs the token of a dry run for more than 25 accounts, but not on the route of the instance', async () => {
    for (let number = 0; number < 26; number += 1)
      await world.user({ nickname: `a${String(number)}@gone.example` });
    expect(await world.expectUnchanged(() => call({ instance: 'gone.example' }))).toMatchObject({
      errors: [{ code: 'CONFLICT', path: ['previewToken'] }],
    });
    const { previewToken } = await call({ instance: 'gone.example', dryRun: true });
    expect(await call({ instance: 'gone.example', previewToken })).toMatchObject({
      count: 26,
      errors: [],
    });
    expect(await admin.rest('DELETE', `${route}/gone.example`)).toMatchObject({
      status: 200,
      body: 'gone.example',
    });
  });

  it('over REST answers the host as a JSON string, to moderators too, and is no route of the documents', async () => {
    if (world.family === 'pleroma')
      await storeSetting(
        world,
        ':pleroma',
        ':instance',
        '[moderator_privileges: [:instances_delete]]',
      );
    const moderator = world.as(
      await world.token(await world.user({ nickname: 'mod', isModerator: true })),
    );
    expect(await moderator.rest('DELETE', `${route}/gone.example`)).toMatchObject({
      status: 200,
      body: 'gone.example',
    });
    expect(await world.rows('oban_jobs')).toMatchObject([jobRow('gone.example')]);
    expect(
      (await moderator.rest('DELETE', '/api/pleroma/admin/instances/gone.example')).status,
    ).toBe(404);
    expect(
      (await moderator.graphql(document, { input: { instance: 'gone.example' } })).errors?.[0]
        ?.message,
    ).toMatch(/^User is not an admin\./);
  });

  it('at the shell', async () => {
    await world.user({ nickname: 'ann@gone.example' });
    const dry = await world.expectUnchanged(() =>
      shell(world, ['user', 'delete_instance', 'gone.example', '--dry-run']),
    );
    expect(dry).toMatchObject({
      exit: 0,
      stdout: '1 accounts would be deleted.\n  ann@gone.example\n',
    });
    const done = await shell(world, ['user', 'delete_instance', 'gone.example', '--yes', '--json']);
    expect(JSON.parse(done.stdout)).toEqual({
      count: 1,
      sample: ['ann@gone.example'],
      dryRun: false,
    });
    expect(done.stderr).toMatch(/^QUEUED \(oban_jobs \d+\): The instance deletes the accounts/);
    expect(await world.rows('moderation_log')).toEqual([]);
  });
});
