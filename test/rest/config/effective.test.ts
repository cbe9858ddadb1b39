import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/erlang/json.js';
import { toElixir } from '../../../src/erlang/to-elixir.js';
import { DefaultsError, readConfigDefaults } from '../../../src/instance/defaults.js';
import { effectiveSetting } from '../../../src/resolvers/config/effective.js';
import { dashboardHeaders } from '../../support/admin-fe.js';
import { configAdmin, sourceOf, storedSettings, storeSetting } from '../../support/config.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/config';
const legacy = '/api/pleroma/admin/config';
const home = mkdtempSync(join(tmpdir(), 'steward-effective-'));
afterAll(() => {
  rmSync(home, { recursive: true });
});

let files = 0;
function file(content: string): string {
  const path = join(home, `file${String((files += 1))}`);
  writeFileSync(path, content);
  return path;
}

const pair = (key: string, value: JsonValue): JsonValue => ({ tuple: [key, value] });
const [objectAge, tag] = [
  'Pleroma.Web.ActivityPub.MRF.ObjectAgePolicy',
  'Pleroma.Web.ActivityPub.MRF.TagPolicy',
];
const configDefaults = file(
  JSON.stringify({
    configs: [
      {
        group: ':pleroma',
        key: ':mrf',
        value: [pair(':policies', [objectAge]), pair(':transparency', true)],
      },
      {
        group: ':pleroma',
        key: ':mrf_simple',
        value: [pair(':reject', []), pair(':accept', []), pair(':handle_threads', true)],
      },
      {
        group: ':pleroma',
        key: ':instance',
        value: [pair(':name', 'Akkoma'), pair(':limit', 5000), pair(':languages', ['en'])],
        db: [':limit'],
      },
      {
        group: ':pleroma',
        key: 'Pleroma.Emails.Mailer',
        value: [pair(':adapter', 'Swoosh.Adapters.SMTP'), pair(':password', 's3cret-default')],
      },
      { group: ':mime', key: ':types', value: { 'application/xml': ['xml'] } },
    ],
    need_reboot: false,
  }),
);
const instanceConfig = file(`import Config
config :pleroma, :mrf_simple, reject: [{"worse.example", "hate"}]
config :pleroma, :instance, name: "Town", staff_transparency: f()
config :pleroma, Pleroma.Repo, password: "s3cret-repo"
config :pleroma, Pleroma.Web.Endpoint, secret_key_base: "s3cret-base"
`);
const both = { configDefaults, instanceConfig };

interface Page {
  readonly configs: readonly {
    readonly group: string;
    readonly key: string;
    readonly value: JsonValue;
    readonly db?: readonly string[];
  }[];
}

async function shown(
  path: string,
  operator: Parameters<typeof configAdmin>[1] = both,
): Promise<Record<string, unknown>> {
  const admin = await configAdmin(world, operator);
  const { configs } = (await admin.rest('GET', path)).body as Page;
  return Object.fromEntries(
    configs.map(({ group, key, value, db }) => [`${group} ${key}`, db ? { value, db } : value]),
  );
}

it('GET /config shows the defaults, over them the file, over both the rows, keyword lists key by key; `db` names what is stored', async () => {
  await storeSetting(world, ':pleroma', ':mrf', '[transparency: false, policies: [:x]]');
  await storeSetting(world, ':pleroma', ':own', '1');
  expect(await shown(v1)).toEqual({
    ':pleroma :mrf': {
      value: [pair(':transparency', false), pair(':policies', [':x'])],
      db: [':transparency', ':policies'],
    },
    ':pleroma :mrf_simple': [
      pair(':accept', []),
      pair(':handle_threads', true),
      pair(':reject', [pair('worse.example', 'hate')]),
    ],
    ':pleroma :instance': [pair(':languages', ['en']), pair(':name', 'Town')],
    ':pleroma Pleroma.Emails.Mailer': [
      pair(':adapter', 'Swoosh.Adapters.SMTP'),
      pair(':password', '********'),
    ],
    ':mime :types': { 'application/xml': ['xml'] },
    ':pleroma :own': { value: 1, db: [':own'] },
  });
});

it('only_db=true and the path of the documents show rows alone, only_db without `db` as Akkoma', async () => {
  await storeSetting(world, ':pleroma', ':own', '[a: 1]');
  expect(await shown(`${v1}?only_db=true`)).toEqual({ ':pleroma :own': [pair(':a', 1)] });
  expect(await shown(legacy)).toEqual({ 'pleroma :own': [pair(':a', 1)] });
});

it('a value has a source, key by key', () => {
  const config = sourceOf(world, both).config ?? { file: undefined, defaults: undefined };
  const instance = effectiveSetting(config, { group: ':pleroma', key: ':instance' }, undefined);
  expect(instance?.value && toElixir(instance.value)).toBe('[languages: ["en"], name: "Town"]');
  expect([
    instance?.source,
    instance?.sourceAt(['name']),
    instance?.sourceAt(['languages']),
    instance?.sourceAt(['limit']),
  ]).toEqual(['FILE', 'FILE', 'DEFAULT', undefined]);
});

it('without defaults a merge does not replace a list nobody here knows, and says what to do', async () => {
  const admin = await configAdmin(world);
  const lists: readonly (readonly [string, JsonValue])[] = [
    [':mrf', [pair(':policies', [tag])]],
    [':mrf', [pair(':policies', [])]],
    [':mrf_simple', [pair(':reject', [pair('new.example', '')])]],
    [':mrf_simple', [pair(':handle_threads', false), pair(':accept', ['a.example'])]],
    [':instance', [pair(':quarantined_instances', ['a.example'])]],
    ['Pleroma.User', [pair(':email_blacklist', ['a.example'])]],
    [':media_proxy', [pair(':whitelist', ['https://a.example'])]],
    [':rich_media', [pair(':ignore_hosts', ['a.example'])]],
    ['Pleroma.Upload', [pair(':filters', ['Pleroma.Upload.Filter.Dedupe'])]],
    [':mrf_hashtag', [pair(':sensitive', ['nsfw'])]],
  ];
  for (const [key, value] of lists) {
    const answer = await world.expectUnchanged(() =>
      admin.json('POST', v1, {
        configs: [
          { group: ':pleroma', key: ':own', value: 1 },
          { group: ':pleroma', key, value },
        ],
      }),
    );
    expect(answer).toMatchObject({
      status: 409,
      body: {
        error: expect.stringMatching(
          /has no row, and Steward does not know the list .* Set CONFIG_DEFAULTS/,
        ) as unknown,
      },
    });
    const change = { group: ':pleroma', key, action: { merge: { json: value } } };
    const document =
      'mutation ($input: ConfigUpdateInput!) { configUpdate(input: $input) { errors { code path } } }';
    expect(
      (
        await world.expectUnchanged(() =>
          admin.data<Record<string, unknown>>(document, { input: { changes: [change] } }),
        )
      )['configUpdate'],
    ).toEqual({ errors: [{ code: 'CONFLICT', path: ['changes', '0'] }] });
    expect(
      (
        await admin.data<Record<string, unknown>>(document, {
          input: { changes: [{ ...change, action: { set: { json: value } } }], dryRun: true },
        })
      )['configUpdate'],
    ).toEqual({ errors: [] });
  }
});

it("what is known may be replaced: rows, the file, defaults, settings of one's own, numbers, and keyword lists", async () => {
  const post = async (operator: Parameters<typeof configAdmin>[1], key: string, value: JsonValue) =>
    (
      await (
        await configAdmin(world, operator)
      ).json('POST', v1, { configs: [{ group: ':pleroma', key, value }] })
    ).status;
  await storeSetting(world, ':pleroma', ':mrf', '[policies: [:x]]');
  expect(await post({}, ':mrf', [pair(':policies', [tag])])).toBe(200);
  expect(
    await post({ instanceConfig }, ':mrf_simple', [
      pair(':reject', [pair('worse.example', 'hate'), pair('new.example', '')]),
    ]),
  ).toBe(200);
  expect(await post({ configDefaults }, ':instance', [pair(':languages', ['en', 'fr'])])).toBe(200);
  expect(
    await post({ configDefaults }, ':instance', [pair(':autofollowed_nicknames', ['a'])]),
  ).toBe(200);
  expect(await post({}, ':own', [pair(':list', ['a'])])).toBe(200);
  expect(await post({}, ':rate_limit', [pair(':search', [pair(':a', 1)])])).toBe(200);
  expect(
    await post({}, ':rate_limit', [pair(':app', [{ tuple: [1000, 10] }, { tuple: [1000, 30] }])]),
  ).toBe(200);
  expect(await post(both, ':instance', [pair(':staff_transparency', ['a'])])).toBe(409);
});

it('"Enable TagPolicy" on a fresh instance keeps the policies of the defaults, as the client was shown them', async () => {
  const admin = await configAdmin(world, { configDefaults });
  const { configs } = (await admin.rest('GET', v1)).body as Page;
  const value = configs.find(({ key }) => key === ':mrf')?.value as readonly {
    readonly tuple: readonly [string, JsonValue];
  }[];
  const policies = value.find(({ tuple: [name] }) => name === ':policies')
    ?.tuple[1] as readonly JsonValue[];
  await admin.json('POST', v1, {
    configs: [{ group: ':pleroma', key: ':mrf', value: [pair(':policies', [...policies, tag])] }],
  });
  expect(await storedSettings(world)).toEqual({
    ':pleroma :mrf': `[policies: [${objectAge}, ${tag}]]`,
  });
});

it('a masked secret of the defaults that is posted back stays that secret', async () => {
  const admin = await configAdmin(world, { configDefaults });
  await admin.json('POST', v1, {
    configs: [
      {
        group: ':pleroma',
        key: 'Pleroma.Emails.Mailer',
        value: [pair(':relay', 'h'), pair(':password', '********')],
      },
    ],
  });
  expect(await storedSettings(world)).toEqual({
    ':pleroma Pleroma.Emails.Mailer': '[relay: "h", password: "s3cret-default"]',
  });
});

it('axios and its kind are shown everything; blocks stay when one is added', async () => {
  await storeSetting(
    world,
    ':pleroma',
    ':mrf_simple',
    '[reject: [{"a.example", "hate"}, {"b.example", "spam"}], handle_threads: true]',
  );
  await storeSetting(world, ':pleroma', ':rate_limit', '[search: nil]');
  const admin = await configAdmin(world);
  const accept = { accept: 'application/json, text/plain, */*' };
  for (const [headers, keys] of [
    [accept, [':mrf_simple', ':rate_limit']],
    [{ ...accept, ...dashboardHeaders }, [':mrf_simple']],
  ] as const) {
    const { configs } = (await admin.rest('GET', v1, undefined, headers)).body as Page;
    expect(configs.map(({ key }) => key)).toEqual(keys);
  }
});

it('what a client is not shown it does not replace: 409 with the reason, nothing written; removing it is allowed', async () => {
  await storeSetting(world, ':pleroma', ':rate_limit', '[search: nil, timeline: {500, 3}]');
  await storeSetting(world, ':pleroma', ':improper', '[a: ["x" | "y"], b: [1]]');
  const admin = await configAdmin(world);
  const headers = dashboardHeaders;
  const write = (path: string, key: string, value: JsonValue) =>
    admin.rest(
      'POST',
      path,
      {
        configs: [
          { group: ':pleroma', key: ':own', value: 1 },
          { group: ':pleroma', key, value },
        ],
      },
      headers,
    );
  for (const answer of [
    await world.expectUnchanged(() =>
      write(v1, ':rate_limit', [pair(':timeline', { tuple: [0, 0] })]),
    ),
    await world.expectUnchanged(() => write(v1, ':improper', [pair(':b', [2])])),
    await world.expectUnchanged(() => write(legacy, ':improper', [pair(':b', [2])])),
  ]) {
    expect(answer.status).toBe(409);
    expect(JSON.stringify(answer.body)).toContain('was not shown to this client');
  }
  expect(
    (
      await admin.json('POST', v1, {
        configs: [
          { group: ':pleroma', key: ':rate_limit', value: [pair(':timeline', { tuple: [1, 1] })] },
        ],
      })
    ).status,
  ).toBe(200);
  expect(
    (
      await admin.rest(
        'POST',
        v1,
        { configs: [{ group: ':pleroma', key: ':improper', delete: true }] },
        headers,
      )
    ).status,
  ).toBe(200);
});

it.each(['', '[]x', '{}', '{"configs": 1}', '"text"'])(
  'a file of defaults that holds %j is refused',
  (content) => {
    expect(() => readConfigDefaults(file(content))).toThrow(DefaultsError);
  },
);

it('need_reboot is by the rows and the start of the instance: over processes and restarts', async () => {
  const [one, other] = [await configAdmin(world), await configAdmin(world)];
  const started = (time: string, expires = `now() + interval '20 seconds'`) =>
    world.database.pool
      .query(`delete from oban_peers`)
      .then(() =>
        world.database.pool.query(
          `insert into oban_peers (name, node, started_at, expires_at) values ('Oban', 'n', timezone('utc', ${time}), timezone('utc', ${expires}))`,
        ),
      );
  const due = async (client: typeof one) =>
    [
      (await client.rest('GET', '/api/v1/pleroma/admin/need_reboot')).body,
      (await client.rest('GET', v1)).body,
      (await client.rest('GET', legacy)).body,
    ].map((body) => (body as { need_reboot: boolean }).need_reboot);
  const all = (value: boolean) => [value, value, value];
  await started(`now() - interval '1 hour'`);
  expect(await due(one)).toEqual(all(false));
  const written = await one.json('POST', v1, {
    configs: [{ group: ':pleroma', key: 'Oban', value: [pair(':a', 1)] }],
  });
  expect(written.body).toMatchObject({ need_reboot: true });
  expect([await due(one), await due(other)]).toEqual([all(true), all(true)]);
  await started(`now() + interval '5 seconds'`);
  expect([await due(one), await due(other)]).toEqual([all(false), all(false)]);
  expect((await one.json('POST', v1, { configs: [] })).body).toMatchObject({ need_reboot: false });
  await started(`now() + interval '5 seconds'`, `now() - interval '1 hour'`);
  expect([await due(one), await due(other)]).toEqual([all(true), all(false)]);
});
