import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { configAdmin, storedSettings, storeSetting } from '../../support/config.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/config';
const legacy = '/api/pleroma/admin/config';
const off = { error: 'You must enable configurable_from_database in your config file.' };
const noAction = { status: 400, body: { errors: { detail: 'Internal server error' } } };

const home = mkdtempSync(join(tmpdir(), 'steward-config-'));
afterAll(() => rmSync(home, { recursive: true }));
function file(name: string, text: string): string {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
}

it('v1: a group or key that is no atom has no words in Akkoma', async () => {
  const admin = await configAdmin(world);
  for (const entry of [
    { group: 'pleroma', key: ':k', value: 1 },
    { group: ':pleroma', key: 'instance', value: 1 },
  ]) {
    expect(
      await world.expectUnchanged(() => admin.rest('POST', v1, { configs: [entry] })),
    ).toMatchObject(noAction);
  }
  expect(await admin.rest('POST', v1, {})).toMatchObject(noAction);
});

it('v1: an entry without value is refused with the field, and nothing of the list is written', async () => {
  const admin = await configAdmin(world);
  const { status, body } = await world.expectUnchanged(() =>
    admin.rest('POST', v1, {
      configs: [
        { group: ':pleroma', key: ':a', value: 1 },
        { group: ':pleroma', key: ':b' },
      ],
    }),
  );
  expect({ status, body }).toEqual({
    status: 400,
    body: {
      error: 'value - Missing field.',
      errors: [
        {
          title: 'Invalid value',
          source: { pointer: '/configs/1/value' },
          message: 'Missing field',
        },
      ],
    },
  });
});

it('null is a value: nil', async () => {
  const admin = await configAdmin(world);
  expect(
    (await admin.rest('POST', v1, { configs: [{ group: ':pleroma', key: ':a', value: null }] }))
      .body,
  ).toEqual({
    configs: [{ group: ':pleroma', key: ':a', value: null, db: [':a'] }],
    need_reboot: false,
  });
  expect(await storedSettings(world)).toEqual({ ':pleroma :a': 'nil' });
});

it('a module the instance lacks: :invalid_atom on v1 as recorded, refused elsewhere, allowed when the operator has it', async () => {
  const admin = await configAdmin(world);
  const entry = (group: string) => ({
    configs: [{ group, key: ':k', value: { tuple: ['x', 'Pleroma.Captcha.NotReal'] } }],
  });
  expect((await admin.rest('POST', v1, entry(':pleroma'))).body).toMatchObject({
    configs: [{ value: { tuple: ['x', ':invalid_atom'] } }],
  });
  expect(
    await world.expectUnchanged(() => admin.rest('POST', legacy, entry('idna'))),
  ).toMatchObject({
    status: 400,
    body: ':idna :k: the instance has no module Pleroma.Captcha.NotReal ($.tuple[1]).',
  });
  const owner = await configAdmin(world, { modules: ['Pleroma.Captcha.NotReal'] });
  expect((await owner.rest('POST', v1, entry(':idna'))).body).toMatchObject({
    configs: [{ value: { tuple: ['x', 'Pleroma.Captcha.NotReal'] } }],
  });
});

it('legacy: the whole value is replaced, group and key are echoed as sent', async () => {
  await storeSetting(world, ':pleroma', ':k', '[a: 1, b: 2]');
  const admin = await configAdmin(world);
  const sent = { configs: [{ group: 'pleroma', key: 'k', value: [{ tuple: [':c', 3] }] }] };
  expect(await admin.rest('POST', legacy, sent)).toMatchObject({ status: 200, body: sent });
  expect(await storedSettings(world)).toEqual({ ':pleroma :k': '[c: 3]' });
  expect((await admin.rest('GET', legacy)).body).toEqual({
    configs: [{ group: 'pleroma', key: ':k', value: [{ tuple: [':c', 3] }] }],
    need_reboot: true,
  });
});

it('legacy: delete is "true" or true; with subkeys the rest, even an empty one, is stored and answered', async () => {
  await storeSetting(world, ':pleroma', ':k', '[a: 1, b: 2]');
  await storeSetting(world, ':pleroma', ':gone', '1');
  const admin = await configAdmin(world);
  const entry = { group: 'pleroma', key: ':k', delete: 'true', subkeys: [':a', ':b'] };
  expect(
    (
      await admin.rest('POST', legacy, {
        configs: [
          { group: 'pleroma', key: ':gone', delete: true },
          entry,
          { group: 'pleroma', key: ':never', delete: 'true' },
        ],
      })
    ).body,
  ).toEqual({ configs: [{ group: 'pleroma', key: ':k', value: [] }] });
  expect(await storedSettings(world)).toEqual({ ':pleroma :k': '[]' });
});

it('legacy: a row of Pleroma 1.x is found, and from then on written as the instance reads it', async () => {
  await storeSetting(world, 'pleroma', 'k', '[a: 1]');
  const admin = await configAdmin(world);
  expect((await admin.rest('GET', legacy)).body).toEqual({
    configs: [{ group: 'pleroma', key: 'k', value: [{ tuple: [':a', 1] }] }],
    need_reboot: false,
  });
  await admin.rest('POST', v1, {
    configs: [{ group: ':pleroma', key: ':k', value: [{ tuple: [':b', 2] }] }],
  });
  expect(await storedSettings(world)).toEqual({ ':pleroma :k': '[a: 1, b: 2]' });
});

it('legacy: :dispatch is one Elixir text, never evaluated', async () => {
  const admin = await configAdmin(world);
  const value = [
    {
      tuple: [
        ':http',
        [
          {
            tuple: [
              ':dispatch',
              ['{:_, [{"/api/v1/streaming", Pleroma.Web.MastodonAPI.WebsocketHandler, []}]}'],
            ],
          },
        ],
      ],
    },
  ];
  const sent = { configs: [{ group: 'pleroma', key: ':k', value }] };
  expect((await admin.rest('POST', legacy, sent)).body).toEqual(sent);
  expect(await storedSettings(world)).toEqual({
    ':pleroma :k':
      '[http: [dispatch: [_: [{"/api/v1/streaming", Pleroma.Web.MastodonAPI.WebsocketHandler, []}]]]]',
  });
  const code = {
    configs: [
      { group: 'pleroma', key: ':k', value: [{ tuple: [':dispatch', ['System.cmd("id", [])']] }] },
    ],
  };
  expect(await world.expectUnchanged(() => admin.rest('POST', legacy, code))).toMatchObject({
    status: 400,
  });
});

it('the switch is off: v1 answers 400 to everything, legacy lists and does nothing', async () => {
  await storeSetting(world, ':pleroma', ':k', '1');
  for (const operator of [
    { configurable: false },
    {
      instanceConfig: file(
        'off.exs',
        'import Config\nconfig :pleroma, configurable_from_database: false\n',
      ),
    },
    {
      instanceConfig: file(
        'dynamic.exs',
        'import Config\nconfig :pleroma, :instance, dynamic_configuration: false\n',
      ),
    },
  ]) {
    const admin = await configAdmin(world, {
      exportDirectory: home,
      importFile: file('prod.exs', 'import Config\nconfig :pleroma, :k, 2\n'),
      ...operator,
    });
    const entry = { configs: [{ group: ':pleroma', key: ':k', value: 2 }] };
    await world.expectUnchanged(async () => {
      expect(await admin.rest('GET', v1)).toMatchObject({ status: 400, body: off });
      expect(await admin.rest('POST', v1, entry)).toMatchObject({ status: 400, body: off });
      expect(await admin.rest('POST', legacy, entry)).toMatchObject({
        status: 200,
        body: { configs: [] },
      });
      expect(await admin.rest('GET', `${legacy}/migrate_to_db`)).toMatchObject({
        status: 200,
        body: {},
      });
      expect(await admin.rest('GET', `${legacy}/migrate_from_db`)).toMatchObject({
        status: 200,
        body: {},
      });
      expect(await admin.rest('GET', legacy)).toMatchObject({
        status: 200,
        body: { configs: [{ group: 'pleroma', key: ':k', value: 1 }] },
      });
    });
  }
});

it('the whitelist: what it leaves out is skipped on REST and refused in GraphQL, whether a row or the file has it', async () => {
  const admin = await configAdmin(world, {
    instanceConfig: file(
      'white.exs',
      'import Config\nconfig :pleroma, :database_config_whitelist, [{:pleroma, :instance}, {:pleroma, Pleroma.Upload}, {:quack}]\n',
    ),
  });
  const names = [
    [':pleroma', ':instance'],
    [':pleroma', 'Pleroma.Upload'],
    [':pleroma', ':other'],
    [':quack', ':any'],
    [':mime', ':types'],
  ];
  await admin.rest('POST', v1, {
    configs: names.map(([group, key]) => ({ group, key, value: 1 })),
  });
  expect(await storedSettings(world)).toEqual({
    ':pleroma :instance': '1',
    ':pleroma Pleroma.Upload': '1',
    ':quack :any': '1',
  });
  await storeSetting(world, ':pleroma', ':database_config_whitelist', '[{:quack}]');
  await admin.rest('POST', v1, {
    configs: names.map(([group, key]) => ({ group, key, value: 2 })),
  });
  expect(await storedSettings(world)).toMatchObject({
    ':pleroma :instance': '1',
    ':quack :any': '2',
  });
  const change = { group: ':pleroma', key: ':instance', action: { set: { json: 3 } } };
  const { configUpdate } = await world.expectUnchanged(() =>
    admin.data<{ configUpdate: unknown }>(
      'mutation ($input: ConfigUpdateInput!) { configUpdate(input: $input) { errors { code message path } } }',
      { input: { changes: [change] } },
    ),
  );
  expect(configUpdate).toEqual({
    errors: [
      {
        code: 'FORBIDDEN',
        message: ":pleroma :instance is not in the instance's database_config_whitelist.",
        path: ['changes', '0'],
      },
    ],
  });
});

it('descriptions come from the operator’s file, narrowed by the whitelist; without a file there are none', async () => {
  expect((await (await configAdmin(world)).rest('GET', `${v1}/descriptions`)).body).toEqual([]);
  const descriptions = [
    {
      group: ':pleroma',
      key: ':instance',
      label: 'Instance',
      type: 'group',
      children: [{ key: ':name', type: 'string' }],
    },
    { group: ':pleroma', key: ':other' },
    { group: ':quack', label: 'Quack' },
  ];
  const descriptionsFile = file('descriptions.json', JSON.stringify(descriptions));
  expect(
    (await (await configAdmin(world, { descriptionsFile })).rest('GET', `${v1}/descriptions`)).body,
  ).toEqual(descriptions);
  await storeSetting(
    world,
    ':pleroma',
    ':database_config_whitelist',
    '[{:pleroma, :instance}, {:quack}]',
  );
  expect(
    (await (await configAdmin(world, { descriptionsFile })).rest('GET', `${legacy}/descriptions`))
      .body,
  ).toEqual([descriptions[0], descriptions[2]]);
  expect(
    await (
      await configAdmin(world, { descriptionsFile: file('broken.json', '{}') })
    ).rest('GET', `${v1}/descriptions`),
  ).toMatchObject({
    status: 503,
    body: { error: 'The file of CONFIG_DESCRIPTIONS cannot be read or holds no JSON array.' },
  });
});

it('a row without JSON is left out of REST, which a dashboard could not read otherwise', async () => {
  await storeSetting(world, ':pleroma', ':improper', '["a" | "b"]');
  await storeSetting(world, ':pleroma', ':ok', '1');
  const admin = await configAdmin(world);
  expect((await admin.rest('GET', v1)).body).toEqual({
    configs: [{ group: ':pleroma', key: ':ok', value: 1, db: [':ok'] }],
    need_reboot: false,
  });
});

it('config is for admins only: nobody, moderators and tokens without scope are refused before anything else', async () => {
  const moderator = await world.user({ nickname: 'mod', isModerator: true });
  const callers = [
    [world.as(undefined), 'Invalid credentials.'],
    [world.as(await world.token(moderator)), 'User is not an admin.'],
    [
      world.as(await world.token(world.admin, ['admin:read'])),
      'Insufficient permissions: admin:write.',
    ],
  ] as const;
  for (const [client, error] of callers) {
    for (const path of [v1, legacy])
      expect(
        await world.expectUnchanged(() => client.rest('POST', path, { configs: [] })),
      ).toMatchObject({ status: 403, body: { error } });
    for (const name of ['migrate_to_db', 'migrate_from_db'])
      expect(await client.rest('GET', `${legacy}/${name}`)).toMatchObject({
        status: 403,
        body: { error },
      });
  }
  expect(await world.as(await world.token(moderator)).rest('GET', v1)).toMatchObject({
    status: 403,
  });
});
