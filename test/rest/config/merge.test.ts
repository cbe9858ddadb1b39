import { expect, it } from 'vitest';
import type { JsonValue } from '../../../src/erlang/json.js';
import { configAdmin, storedSettings, storeSetting } from '../../support/config.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const path = '/api/v1/pleroma/admin/config';
const pair = (key: string, value: JsonValue): JsonValue => ({ tuple: [key, value] });

interface Case {
  readonly group?: string;
  readonly key: string;
  readonly before?: string;
  readonly posted: JsonValue;
  readonly after: string;
  readonly db?: readonly string[];
}

/** Sentence by sentence what docs/instance/config.md#akkoma-and-pleroma-since-20 says. */
const cases: Readonly<Record<string, Case>> = {
  'no row: insert': { key: ':k', posted: [pair(':a', 1)], after: '[a: 1]', db: [':a'] },
  'a value that is no list replaces': {
    key: ':k',
    before: '"old"',
    posted: 5,
    after: '5',
    db: [':k'],
  },
  'a list replaces a value that is none': {
    key: ':k',
    before: '%{"a" => 1}',
    posted: [pair(':a', 1)],
    after: '[a: 1]',
    db: [':a'],
  },
  'maps are replaced whole': {
    key: ':k',
    before: '%{"a" => 1, "b" => 2}',
    posted: { b: 3 },
    after: '%{"b" => 3}',
    db: [':k'],
  },
  'keys only in the old value stay, first and in their order; then the new keys in theirs': {
    key: ':k',
    before: '[x: 1, a: 1, y: 2]',
    posted: [pair(':z', 9), pair(':a', 2)],
    after: '[x: 1, y: 2, z: 9, a: 2]',
    db: [':x', ':y', ':z', ':a'],
  },
  'keyword lists in both are merged recursively': {
    key: ':k',
    before: '[opts: [a: 1, deep: [p: 1]]]',
    posted: [pair(':opts', [pair(':deep', [pair(':q', 2)])])],
    after: '[opts: [a: 1, deep: [p: 1, q: 2]]]',
    db: [':opts'],
  },
  'the empty list counts as a keyword list: it empties nothing': {
    key: ':k',
    before: '[opts: [a: 1]]',
    posted: [pair(':opts', [])],
    after: '[opts: [a: 1]]',
    db: [':opts'],
  },
  'posting [] over a keyword list does nothing': {
    key: ':k',
    before: '[a: 1]',
    posted: [],
    after: '[a: 1]',
    db: [':a'],
  },
  'otherwise the new value wins': {
    key: ':k',
    before: '[a: ["x"], b: [c: 1]]',
    posted: [pair(':a', ['y']), pair(':b', 'text')],
    after: '[a: ["y"], b: "text"]',
    db: [':a', ':b'],
  },
  'full update :pleroma :ecto_repos': {
    key: ':ecto_repos',
    before: '[Pleroma.Repo]',
    posted: ['Pleroma.Repo', 'Pleroma.Config'],
    after: '[Pleroma.Repo, Pleroma.Config]',
    db: [':ecto_repos'],
  },
  'full update :mime :types': {
    group: ':mime',
    key: ':types',
    before: '[a: 1]',
    posted: [pair(':b', 2)],
    after: '[b: 2]',
    db: [':b'],
  },
  'full update :cors_plug :max_age': {
    group: ':cors_plug',
    key: ':max_age',
    before: '[a: 1]',
    posted: [pair(':b', 2)],
    after: '[b: 2]',
    db: [':b'],
  },
  'full update :cors_plug :methods': {
    group: ':cors_plug',
    key: ':methods',
    before: '["GET", "PUT"]',
    posted: ['GET'],
    after: '["GET"]',
    db: [':methods'],
  },
  'full update :cors_plug :expose': {
    group: ':cors_plug',
    key: ':expose',
    before: '["A"]',
    posted: ['B'],
    after: '["B"]',
    db: [':expose'],
  },
  'full update :cors_plug :headers': {
    group: ':cors_plug',
    key: ':headers',
    before: '["A"]',
    posted: ['B'],
    after: '["B"]',
    db: [':headers'],
  },
  'full update :swarm :node_blacklist': {
    group: ':swarm',
    key: ':node_blacklist',
    before: '["A"]',
    posted: ['B'],
    after: '["B"]',
    db: [':node_blacklist'],
  },
  'full update :logger :backends': {
    group: ':logger',
    key: ':backends',
    before: '[:console]',
    posted: [],
    after: '[]',
  },
  'full subkey :assets :mascots is replaced and moved to the front': {
    key: ':assets',
    before: '[a: 1, mascots: [x: 1], b: 2]',
    posted: [pair(':b', 3), pair(':mascots', [pair(':y', 2)])],
    after: '[mascots: [y: 2], a: 1, b: 3]',
    db: [':mascots', ':a', ':b'],
  },
  'full subkey :emoji :groups': {
    key: ':emoji',
    before: '[groups: [a: 1]]',
    posted: [pair(':groups', [pair(':b', 2)])],
    after: '[groups: [b: 2]]',
    db: [':groups'],
  },
  'full subkey :workers :retries': {
    key: ':workers',
    before: '[retries: [a: 1]]',
    posted: [pair(':retries', [pair(':b', 2)])],
    after: '[retries: [b: 2]]',
    db: [':retries'],
  },
  'full subkey :mrf_subchain :match_actor': {
    key: ':mrf_subchain',
    before: '[match_actor: [a: 1]]',
    posted: [pair(':match_actor', [pair(':b', 2)])],
    after: '[match_actor: [b: 2]]',
    db: [':match_actor'],
  },
  'full subkey :mrf_keyword :replace': {
    key: ':mrf_keyword',
    before: '[replace: [a: 1], reject: []]',
    posted: [pair(':replace', [pair(':b', 2)])],
    after: '[replace: [b: 2], reject: []]',
    db: [':replace', ':reject'],
  },
  'a full subkey only the new value has stays where it is': {
    key: ':mrf_keyword',
    before: '[reject: []]',
    posted: [pair(':replace', [pair(':b', 2)])],
    after: '[reject: [], replace: [b: 2]]',
    db: [':reject', ':replace'],
  },
};

it.each(Object.entries(cases))(
  'v1 POST: %s',
  async (_sentence, { group = ':pleroma', key, before, posted, after, db }) => {
    if (before !== undefined) await storeSetting(world, group, key, before);
    const admin = await configAdmin(world, { allowed: [':logger.:backends'] });
    const { status, body } = await admin.json('POST', path, {
      configs: [{ group, key, value: posted }],
    });
    expect(status).toBe(200);
    expect(await storedSettings(world)).toEqual({ [`${group} ${key}`]: after });
    expect(body).toMatchObject({ configs: [{ group, key, ...(db ? { db } : {}) }] });
    if (!db) expect(JSON.stringify(body)).not.toContain('"db"');
  },
);

it('two lists that are no keyword lists cannot be merged: Akkoma crashes, Steward answers 400 and changes nothing', async () => {
  await storeSetting(world, ':pleroma', ':k', '["a"]');
  const admin = await configAdmin(world);
  const { status, body } = await world.expectUnchanged(() =>
    admin.json('POST', path, { configs: [{ group: ':pleroma', key: ':k', value: ['b'] }] }),
  );
  expect({ status, body }).toEqual({
    status: 400,
    body: {
      error: ':pleroma :k: a list can only be merged with a list when both are keyword lists.',
    },
  });
});

it('subkeys are removed from the keyword list; with the last one the row goes, and it is not answered', async () => {
  await storeSetting(world, ':pleroma', ':k', '[a: 1, b: 2, a: 3]');
  const admin = await configAdmin(world);
  const first = await admin.json('POST', path, {
    configs: [{ group: ':pleroma', key: ':k', delete: true, subkeys: [':a'] }],
  });
  expect(first.body).toEqual({
    configs: [{ group: ':pleroma', key: ':k', value: [pair(':b', 2)], db: [':b'] }],
    need_reboot: false,
  });
  expect(await storedSettings(world)).toEqual({ ':pleroma :k': '[b: 2]' });
  const second = await admin.json('POST', path, {
    configs: [{ group: ':pleroma', key: ':k', delete: 'true', subkeys: [':b'] }],
  });
  expect(second.body).toEqual({ configs: [], need_reboot: false });
  expect(await storedSettings(world)).toEqual({});
});

it('subkeys of what is no keyword list: 400, nothing changed', async () => {
  await storeSetting(world, ':pleroma', ':k', '"text"');
  const admin = await configAdmin(world);
  const { status, body } = await world.expectUnchanged(() =>
    admin.json('POST', path, {
      configs: [{ group: ':pleroma', key: ':k', delete: true, subkeys: [':a'] }],
    }),
  );
  expect({ status, body }).toEqual({
    status: 400,
    body: { error: ':pleroma :k: subkeys can only be deleted from a keyword list.' },
  });
});

it('removing what is not there is passed over; what is written is answered in the order of the request', async () => {
  await storeSetting(world, ':quack', ':meta', '[:x]');
  const admin = await configAdmin(world);
  const { body } = await admin.json('POST', path, {
    configs: [
      { group: ':pleroma', key: ':b', value: 2 },
      { group: ':pleroma', key: ':gone', delete: true },
      { group: ':quack', key: ':meta', delete: true },
      { group: ':pleroma', key: ':a', value: 1 },
    ],
  });
  expect(body).toEqual({
    configs: [
      { group: ':pleroma', key: ':b', value: 2, db: [':b'] },
      { group: ':pleroma', key: ':a', value: 1, db: [':a'] },
    ],
    need_reboot: false,
  });
  expect(await storedSettings(world)).toEqual({ ':pleroma :b': '2', ':pleroma :a': '1' });
});

it('a setting named twice is changed twice, in order', async () => {
  const admin = await configAdmin(world);
  const { body } = await admin.json('POST', path, {
    configs: [
      { group: ':pleroma', key: ':k', value: [pair(':a', 1)] },
      { group: ':pleroma', key: ':k', value: [pair(':b', 2)] },
    ],
  });
  expect(body).toMatchObject({
    configs: [{ value: [pair(':a', 1)] }, { value: [pair(':a', 1), pair(':b', 2)] }],
  });
  expect(await storedSettings(world)).toEqual({ ':pleroma :k': '[a: 1, b: 2]' });
});

it('need_reboot is sticky and follows the family’s own list; GET and /need_reboot say so after any write', async () => {
  const admin = await configAdmin(world);
  const needReboot = async (): Promise<unknown> =>
    (await admin.rest('GET', '/api/v1/pleroma/admin/need_reboot')).body;
  expect(await needReboot()).toEqual({ need_reboot: false });
  const post = async (key: string, value: JsonValue): Promise<JsonValue> =>
    (await admin.json('POST', path, { configs: [{ group: ':pleroma', key, value }] })).body;
  expect(await post(':k', 1)).toMatchObject({ need_reboot: false });
  expect(await needReboot()).toEqual({ need_reboot: true });
  expect((await admin.json('GET', path)).body).toMatchObject({ need_reboot: true });
  expect(await post(':gopher', [pair(':enabled', true)])).toMatchObject({
    need_reboot: world.family === 'pleroma',
  });
  expect(await post(':http', [pair(':pool_size', 10)])).toMatchObject({ need_reboot: true });
  expect(await post(':k', 2)).toMatchObject({ need_reboot: true });
});

it('an unchanged value is not written again (visiting "Rate limiters" re-sends all of them)', async () => {
  await storeSetting(world, ':pleroma', ':rate_limit', '[authentication: {60000, 15}, ratio: 1.0]');
  const admin = await configAdmin(world);
  await world.expectUnchanged(() =>
    admin.json('POST', path, {
      configs: [
        {
          group: ':pleroma',
          key: ':rate_limit',
          value: [pair(':authentication', { tuple: [60000, 15] }), pair(':ratio', 1)],
        },
      ],
    }),
  );
});
