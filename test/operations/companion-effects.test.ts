import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/server/app.js';
import { configRules } from '../../src/instance/config-rules.js';
import { assumedCompanion, noCompanion, type Companion } from '../../src/instance/companion.js';
import { createClient } from '../support/client.js';
import { storeSetting } from '../support/config.js';
import { mutationDocument } from '../support/scene-requests.js';
import { companionJobs } from '../support/companion.js';
import { testLogger } from '../support/log-sink.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin';

/** The admin's client of a Steward that knows this of the module. */
async function admin(companion: Companion) {
  const source = { ...world.source, companion, config: configRules() };
  const waysIn = { adminSecret: undefined, basicAuth: false };
  return createClient(
    createApp({ database: source.database, source, waysIn, log: testLogger() }),
    await world.token(world.admin),
  );
}

const effect = 'errors { code message } effect { kind message jobs { worker queue } }';
const update = `mutation ($input: StatusUpdateInput!) { statusUpdate(input: $input) { ${effect} } }`;
const configUpdate = `mutation ($input: ConfigUpdateInput!) { configUpdate(input: $input) { needsReboot ${effect} } }`;
const job = { worker: 'Steward.InstanceWorker', queue: 'background' };
const set = (group: string, key: string, elixir: string) => ({
  group,
  key,
  action: { set: { elixir } },
});

describe('the visibility of a status', () => {
  it.each([
    ['with the module is forgotten as object, page and text', assumedCompanion, 'QUEUED', 1],
    [
      'without it stays in the pages of the instance, which the answer says',
      noCompanion,
      'NEEDS_MODULE',
      0,
    ],
  ] as const)('%s', async (_what, companion, kind, count) => {
    const status = await makePosts(world).status(await world.user({ nickname: 'alice' }));
    const client = await admin(companion);
    const input = { status: { databaseId: status.databaseId }, visibility: 'PRIVATE' };
    expect(await client.data(update, { input })).toMatchObject({
      statusUpdate: { errors: [], effect: { kind, jobs: count === 1 ? [job] : [] } },
    });
    const [activity] = await world.rows('activities', `data->>'type' = 'Create'`);
    const args = {
      op: 'forget',
      objects: [status.apId, (activity?.['data'] as { id: string }).id],
      activities: [status.databaseId],
    };
    expect((await companionJobs(world)).map((row) => row['args'])).toEqual(
      count === 1 ? [args] : [],
    );
    expect(await client.data(update, { input })).toMatchObject({
      statusUpdate: { effect: { kind: 'IMMEDIATE', jobs: [] } },
    });
  });
});

describe('settings', () => {
  it('with the module are read at once; those read at the start only are named', async () => {
    await storeSetting(world, ':pleroma', ':instance', '[name: "Old", limit: 1, upload_limit: 5]');
    const client = await admin(assumedCompanion);
    const change = (...changes: object[]) => client.data(configUpdate, { input: { changes } });
    expect(
      await change(
        set(':pleroma', ':instance', '[name: "New", limit: 1, upload_limit: 5]'),
        set(':pleroma', ':ratio', '1'),
      ),
    ).toMatchObject({
      configUpdate: { errors: [], needsReboot: false, effect: { kind: 'QUEUED', jobs: [job] } },
    });
    expect((await companionJobs(world)).map(({ args }) => args)).toEqual([
      {
        op: 'reload_config',
        keys: [
          [':pleroma', ':instance'],
          [':pleroma', ':ratio'],
        ],
      },
    ]);
    expect((await client.rest('GET', `${v1}/need_reboot`)).body).toEqual({ need_reboot: false });
    expect(
      await change(
        set(':pleroma', ':instance', '[name: "New", limit: 1, upload_limit: 6]'),
        set(':pleroma', ':markup', '[a: 1]'),
        set(':pleroma', ':ratio', '1'),
      ),
    ).toMatchObject({
      configUpdate: {
        needsReboot: true,
        effect: {
          kind: 'NEEDS_RESTART',
          jobs: [job],
          message: expect.stringContaining(
            'when it starts only: :pleroma :instance, :pleroma :markup.',
          ) as string,
        },
      },
    });
    expect((await companionJobs(world)).map(({ args }) => args)[1]).toEqual({
      op: 'reload_config',
      keys: [
        [':pleroma', ':instance'],
        [':pleroma', ':markup'],
      ],
    });
    expect((await client.rest('GET', `${v1}/need_reboot`)).body).toEqual({ need_reboot: true });
    expect((await client.rest('GET', `${v1}/restart`)).body).toEqual({});
    expect((await client.rest('GET', `${v1}/need_reboot`)).body).toEqual({ need_reboot: false });
  });

  it('without it are read after a restart; what stays as it was needs none', async () => {
    const client = await admin(noCompanion);
    const change = () =>
      client.data(configUpdate, { input: { changes: [set(':pleroma', ':ratio', '1')] } });
    expect(await change()).toMatchObject({
      configUpdate: { needsReboot: true, effect: { kind: 'NEEDS_RESTART', jobs: [] } },
    });
    expect(await change()).toMatchObject({
      configUpdate: { needsReboot: false, effect: { kind: 'IMMEDIATE', jobs: [] } },
    });
    expect(await companionJobs(world)).toEqual([]);
  });
});

const urls = ['https://far.example/media/1.png'];
const routes = [
  ['GET', '/restart', undefined, {}, { op: 'restart' }, 1],
  ['POST', '/reload_emoji', {}, 'ok', { op: 'reload_emoji' }, 3],
  ['POST', '/media_proxy_caches/purge', { urls }, {}, { op: 'purge_media', urls, ban: true }, 3],
  ['POST', '/media_proxy_caches/purge', { urls, ban: false }, {}, { op: 'purge_media', urls }, 3],
  ['POST', '/media_proxy_caches/delete', { urls }, {}, { op: 'purge_media', urls, ban: false }, 3],
] as const;

describe('what only the process of the instance can do', () => {
  it.each(routes)(
    '%s %s %j is done by the module on both paths, and without it refused by a text that names it',
    async (method, path, body, answer, args, attempts) => {
      const [client, without] = [await admin(assumedCompanion), await admin(noCompanion)];
      for (const prefix of [v1, '/api/pleroma/admin']) {
        expect(await client.rest(method, prefix + path, body)).toMatchObject({
          status: 200,
          body: answer,
        });
        const refused = await world.expectUnchanged(() =>
          without.rest(method, prefix + path, body),
        );
        expect(refused).toMatchObject({
          status: 501,
          body: {
            error: expect.stringMatching(/companion module .* docs\/instance-module\.md/) as string,
          },
        });
      }
      const row = { queue: 'background', args, max_attempts: attempts };
      expect(await companionJobs(world)).toMatchObject([row, row]);
    },
  );

  it.each([
    ['emojiReload', {}, { op: 'reload_emoji' }],
    ['instanceRestart', {}, { op: 'restart' }],
    ['mediaProxyCacheDelete', { urls }, { op: 'purge_media', urls, ban: false }],
    ['mediaProxyCachePurge', { urls }, { op: 'purge_media', urls, ban: true }],
    ['mediaProxyCachePurge', { urls, ban: false }, { op: 'purge_media', urls }],
  ])('%s %j is a mutation too; a dry run leaves no job', async (name, input, args) => {
    const client = await admin(assumedCompanion);
    const document = mutationDocument(name);
    const rehearsed = await world.expectUnchanged(() =>
      client.data(document, { input: { ...input, dryRun: true } }),
    );
    expect(rehearsed).toEqual({ [name]: { errors: [] } });
    expect(await client.data(document, { input })).toEqual({ [name]: { errors: [] } });
    expect(await companionJobs(world)).toMatchObject([{ args }]);
  });

  it.each([
    ['urls must hold 1 to 100 addresses', []],
    [
      'urls must hold 1 to 100 addresses',
      Array.from({ length: 101 }, (_, index) => `https://far.example/${String(index)}`),
    ],
    ['urls must hold addresses such as', ['/media/1.png']],
    ['urls must hold addresses such as', ['javascript:alert(1)']],
    ['urls must hold addresses such as', [`https://far.example/${'x'.repeat(2_000)}`]],
  ])('%s: bad addresses are refused and nothing is left', async (message, bad) => {
    const client = await admin(assumedCompanion);
    for (const path of ['purge', 'delete']) {
      const { status, body } = await world.expectUnchanged(() =>
        client.rest('POST', `${v1}/media_proxy_caches/${path}`, { urls: bad }),
      );
      expect({ status, body }).toEqual({
        status: 400,
        body: { error: expect.stringContaining(message) as string },
      });
    }
  });
});
