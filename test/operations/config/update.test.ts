import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { encodeTerm } from '../../../src/erlang/encode.js';
import { guardedSettings } from '../../../src/resolvers/config/guard.js';
import {
  configAdmin,
  storedSettings,
  storeSetting,
  type ConfigClient,
} from '../../support/config.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/config';
const update = `mutation ($input: ConfigUpdateInput!) { configUpdate(input: $input) {
  entries { group key value elixir storedKeys needsReboot } differences { group key kind before after beforeElixir afterElixir } needsReboot rebootAsked errors { code message path }
} }`;

interface Update {
  readonly entries: readonly Record<string, unknown>[] | null;
  readonly differences: readonly Record<string, unknown>[] | null;
  readonly needsReboot: boolean | null;
  readonly rebootAsked: boolean | null;
  readonly errors: readonly {
    readonly code: string;
    readonly message: string;
    readonly path: readonly string[];
  }[];
}

async function run(
  admin: ConfigClient,
  changes: readonly unknown[],
  dryRun = false,
): Promise<Update> {
  const { configUpdate } = await admin.data<{ configUpdate: Update }>(update, {
    input: { changes, dryRun },
  });
  return configUpdate;
}

const set = (key: string, elixir: string, group = ':pleroma') => ({
  group,
  key,
  action: { set: { elixir } },
});

it('sets, merges, removes and removes subkeys in one list; answers entries and differences; writes no log row', async () => {
  await storeSetting(world, ':pleroma', ':merged', '[a: 1]');
  await storeSetting(world, ':pleroma', ':shortened', '[a: 1, b: 2]');
  await storeSetting(world, ':pleroma', ':removed', '"old"');
  const admin = await configAdmin(world);
  const result = await run(admin, [
    set('new', '[ratio: 1.0, big: 18446744073709551616, none: nil]', 'pleroma'),
    { group: ':pleroma', key: ':merged', action: { merge: { json: [{ tuple: [':b', ':x'] }] } } },
    { group: ':pleroma', key: ':shortened', action: { removeSubkeys: [':a'] } },
    { group: ':pleroma', key: ':removed', action: { remove: true } },
    set(':rate_limit', '[search: {1000, 10}]'),
  ]);
  expect(result.errors).toEqual([]);
  expect(result).toMatchObject({ needsReboot: true, rebootAsked: true });
  expect(result.entries?.map(({ key, elixir }) => [key, elixir])).toEqual([
    [':new', '[ratio: 1.0, big: 18446744073709551616, none: nil]'],
    [':merged', '[a: 1, b: :x]'],
    [':shortened', '[b: 2]'],
    [':rate_limit', '[search: {1000, 10}]'],
  ]);
  expect(result.entries?.[0]).toMatchObject({
    value: [
      { tuple: [':ratio', 1] },
      { tuple: [':big', { integer: '18446744073709551616' }] },
      { tuple: [':none', null] },
    ],
    storedKeys: [':ratio', ':big', ':none'],
    needsReboot: false,
  });
  expect(
    result.differences?.map(({ key, kind, beforeElixir, afterElixir }) => [
      key,
      kind,
      beforeElixir,
      afterElixir,
    ]),
  ).toEqual([
    [':new', 'ADDED', null, '[ratio: 1.0, big: 18446744073709551616, none: nil]'],
    [':merged', 'CHANGED', '[a: 1]', '[a: 1, b: :x]'],
    [':shortened', 'CHANGED', '[a: 1, b: 2]', '[b: 2]'],
    [':removed', 'REMOVED', '"old"', null],
    [':rate_limit', 'ADDED', null, '[search: {1000, 10}]'],
  ]);
  expect(await storedSettings(world)).toEqual({
    ':pleroma :merged': '[a: 1, b: :x]',
    ':pleroma :shortened': '[b: 2]',
    ':pleroma :new': '[ratio: 1.0, big: 18446744073709551616, none: nil]',
    ':pleroma :rate_limit': '[search: {1000, 10}]',
  });
  expect(await world.rows('moderation_log')).toEqual([]);
});

it('JSON read through GraphQL and saved back changes nothing: floats, big integers, expressions, quoted atoms', async () => {
  const value =
    '[ratio: 1.0, big: 18446744073709551616, odd: :"foo bar", pattern: ~r/foo/iu, charlist: ~c"abc"]';
  await storeSetting(world, ':pleroma', ':k', value);
  const admin = await configAdmin(world);
  const { configEntry } = await admin.data<{ configEntry: { value: unknown } }>(
    '{ configEntry(group: "pleroma", key: ":k") { value } }',
  );
  const result = await world.expectUnchanged(() =>
    run(admin, [{ group: ':pleroma', key: ':k', action: { set: { json: configEntry.value } } }]),
  );
  expect(result).toMatchObject({
    needsReboot: false,
    differences: [{ kind: 'UNCHANGED' }],
    errors: [],
  });
});

it('a dry run answers the difference and changes nothing', async () => {
  await storeSetting(world, ':pleroma', ':k', '[a: 1]');
  const admin = await configAdmin(world);
  const result = await world.expectUnchanged(() =>
    run(
      admin,
      [{ group: ':pleroma', key: ':k', action: { merge: { json: [{ tuple: [':b', 2] }] } } }],
      true,
    ),
  );
  expect(result).toEqual({
    entries: [],
    needsReboot: true,
    rebootAsked: false,
    errors: [],
    differences: [
      {
        group: ':pleroma',
        key: ':k',
        kind: 'CHANGED',
        before: [{ tuple: [':a', 1] }],
        after: [{ tuple: [':a', 1] }, { tuple: [':b', 2] }],
        beforeElixir: '[a: 1]',
        afterElixir: '[a: 1, b: 2]',
      },
    ],
  });
  expect((await admin.rest('GET', '/api/v1/pleroma/admin/need_reboot')).body).toEqual({
    need_reboot: false,
  });
});

it('all or nothing: every fault is named, nothing is written', async () => {
  const admin = await configAdmin(world);
  const { errors } = await world.expectUnchanged(() =>
    run(admin, [
      set(':good', '1'),
      set(':code', 'System.get_env("X")'),
      { group: ':pleroma', key: ':gone', action: { remove: true } },
      set('Pleroma.Repo', '[]'),
      set(':regex', '~r/(/'),
    ]),
  );
  expect(errors.map(({ code, path }) => [code, path])).toEqual([
    ['INVALID', ['changes', '1']],
    ['NOT_FOUND', ['changes', '2']],
    ['FORBIDDEN', ['changes', '3']],
    ['INVALID', ['changes', '4']],
  ]);
  expect(errors[1]?.message).toBe('There is no setting :pleroma :gone.');
});

it('names are checked: bare words get their colon, empty, too long and unknown ones are refused', async () => {
  const admin = await configAdmin(world);
  const { errors } = await world.expectUnchanged(() =>
    run(admin, [
      set('', '1'),
      set(':k', '1', ' '),
      set(`:${'x'.repeat(300)}`, '1'),
      set('Pleroma.NotReal', '1'),
    ]),
  );
  expect(errors.map(({ path, message }) => [path.join('.'), message])).toEqual([
    [
      'changes.0.key',
      'key must begin with a colon, as `:instance`, or be a module, as `Pleroma.Upload`.',
    ],
    [
      'changes.1.group',
      'group must begin with a colon, as `:instance`, or be a module, as `Pleroma.Upload`.',
    ],
    ['changes.2.key', 'key must have at most 255 characters.'],
    ['changes.3.key', 'key names the module Pleroma.NotReal, which the instance does not have.'],
  ]);
});

it('new expressions are kept as the stored ones are: the running Elixir wrote those', async () => {
  const admin = await configAdmin(world, { regex: 'atoms' });
  await run(admin, [set(':first', '~r/a/i')]);
  const [first] = await world.rows('config');
  expect(String(first?.['value'])).toContain(Buffer.from('caseless').toString('hex'));
  const other = await configAdmin(world);
  await run(other, [{ group: ':pleroma', key: ':second', action: { set: { json: '~r/b/i' } } }]);
  const [, second] = await world.rows('config');
  expect(String(second?.['value'])).toContain(Buffer.from('caseless').toString('hex'));
});

it('what attackers send is refused with a code, quickly', async () => {
  const admin = await configAdmin(world);
  const hostile: Record<string, unknown> = {
    'code in :args': [{ tuple: [':args', ['{System.cmd("id", []), 1}']] }],
    'code in :partial_chain': [{ tuple: [':partial_chain', '&System.halt/1'] }],
    'code in an expression': '~r/(?{system("id")})/',
    'interpolation in an expression': '~r/#{System.halt()}/',
    'a flood of atoms': Array.from({ length: 100_000 }, (_, index) => `:${index.toString(36)}`),
  };
  for (const [what, value] of Object.entries(hostile)) {
    const { status } = await world.expectUnchanged(() =>
      admin.rest('POST', v1, { configs: [{ group: ':pleroma', key: ':k', value }] }),
    );
    expect(status, what).toBe(400);
  }
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const json = { 'content-type': 'application/json' };
  expect(
    await world.expectUnchanged(() =>
      admin.rest('POST', v1, `{"configs":[{"group":":pleroma","key":":k","value":${deep}}]}`, json),
    ),
  ).toMatchObject({ status: 400 });
  const nested = JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`) as unknown;
  expect(
    (await run(admin, [{ group: ':pleroma', key: ':k', action: { set: { json: nested } } }]))
      .errors,
  ).toMatchObject([{ code: 'INVALID', message: ':pleroma :k: terms are nested deeper than 200.' }]);
  const flood = Array.from({ length: 6 }, (_, part) => ({
    group: ':pleroma',
    key: `:k${part}`,
    value: Array.from({ length: 1_000 }, (_part, index) => `:f${part}_${index}`),
  }));
  expect(
    await world.expectUnchanged(() => admin.rest('POST', v1, { configs: flood })),
  ).toMatchObject({
    status: 400,
    body: { error: 'there are more than 5000 different atoms in one request.' },
  });
});

it('bytes that are no term, or a zip bomb, are shown as a fault and never overwritten by a merge', async () => {
  const at = new Date('2026-01-01T00:00:00Z');
  const bomb = Buffer.concat([
    Buffer.from([131, 80, 0x7f, 0xff, 0xff, 0xff]),
    Buffer.from('789c0300000000001', 'hex'),
  ]);
  await world.database.prisma.configEntry.create({
    data: {
      group: ':pleroma',
      key: ':bomb',
      value: new Uint8Array(bomb),
      insertedAt: at,
      updatedAt: at,
    },
    select: { id: true },
  });
  const admin = await configAdmin(world);
  const { configEntry } = await admin.data<{ configEntry: Record<string, unknown> }>(
    '{ configEntry(group: ":pleroma", key: ":bomb") { value elixir fault storedKeys } }',
  );
  expect(configEntry).toMatchObject({
    value: null,
    elixir: null,
    fault: 'the term inflates to 2147483647 bytes (byte 6)',
    storedKeys: [],
  });
  const merge = { group: ':pleroma', key: ':bomb', action: { merge: { json: [] } } };
  expect((await world.expectUnchanged(() => run(admin, [merge]))).errors[0]?.message).toContain(
    'what is stored cannot be read',
  );
  expect((await run(admin, [{ ...merge, action: { remove: true } }])).errors).toEqual([]);
  expect(await world.rows('config')).toEqual([]);
});

it.each(
  guardedSettings.map(
    (row) =>
      [`${row.group ?? ':any'} ${row.key ?? ':any'} ${row.parts?.join() ?? ''}`, row] as const,
  ),
)('guarded: %s is refused unless the operator allows it', async (_name, row) => {
  const [group, key] = [row.group ?? ':pleroma', row.key ?? ':any'];
  const elixir = row.parts ? `[${row.parts.map((part) => `${part}: "x"`).join(', ')}]` : '[a: 1]';
  const admin = await configAdmin(world);
  const { errors } = await world.expectUnchanged(() => run(admin, [set(key, elixir, group)]));
  expect(errors).toMatchObject([{ code: 'FORBIDDEN', path: ['changes', '0'] }]);
  expect(errors[0]?.message).toContain(row.reason);
  expect(
    await world.expectUnchanged(() =>
      admin.rest('POST', v1, {
        configs: [
          {
            group,
            key,
            value: row.parts ? row.parts.map((part) => ({ tuple: [`:${part}`, 'x'] })) : 1,
          },
        ],
      }),
    ),
  ).toMatchObject({ status: 403 });
  for (const allowed of [[group], [`${group}.${key}`]]) {
    await world.database.prisma.configEntry.deleteMany();
    expect(
      (await run(await configAdmin(world, { allowed }), [set(key, elixir, group)])).errors,
    ).toEqual([]);
  }
});

it('a guarded part may stay as it is and may go', async () => {
  await storeSetting(
    world,
    ':pleroma',
    'Pleroma.Emails.Mailer',
    '[adapter: Swoosh.Adapters.Sendmail, cmd_path: "/usr/bin/sendmail"]',
  );
  const admin = await configAdmin(world);
  expect(
    (
      await run(admin, [
        set(
          'Pleroma.Emails.Mailer',
          '[adapter: Swoosh.Adapters.Sendmail, cmd_path: "/usr/bin/sendmail", enabled: true]',
        ),
      ])
    ).errors,
  ).toEqual([]);
  expect(
    (
      await run(admin, [
        {
          group: ':pleroma',
          key: 'Pleroma.Emails.Mailer',
          action: { removeSubkeys: [':cmd_path'] },
        },
      ])
    ).errors,
  ).toEqual([]);
  expect(
    (
      await world.expectUnchanged(() =>
        run(admin, [set('Pleroma.Emails.Mailer', '[cmd_path: "/tmp/evil"]')]),
      )
    ).errors[0]?.code,
  ).toBe('FORBIDDEN');
});

it('docs/config.md lists every guarded setting with its reason, and no other', () => {
  const text = readFileSync(new URL('../../../docs/config.md', import.meta.url), 'utf8');
  const documented = [
    ...text.matchAll(/^\| `([^`]+)` \| (?:`([^`]+)`|all) \| (?:(`[^|]+`)|all) \| (.+) \|$/gm),
  ].map(([, group, key, parts, reason]) => ({
    ...(group === 'any' ? {} : { group }),
    ...(key === undefined ? {} : { key }),
    ...(parts === undefined ? {} : { parts: parts.match(/\w+/g) }),
    reason,
  }));
  expect(documented).toEqual(guardedSettings);
});

it('stored bytes stay as they are when a setting beside them changes', async () => {
  const old = encodeTerm({ kind: 'list', items: [] });
  await storeSetting(world, ':pleroma', ':beside', '[]');
  const admin = await configAdmin(world);
  await run(admin, [set(':k', '1')]);
  expect(await world.rows('config', `key = ':beside'`)).toMatchObject([
    { value: `\\x${Buffer.from(old).toString('hex')}`, updated_at: '2026-01-01T00:00:00' },
  ]);
});

it('two writers of one setting that has no row yet: both are kept, merged', async () => {
  const admin = await configAdmin(world);
  const merge = (name: string) =>
    run(admin, [
      { group: ':pleroma', key: ':k', action: { merge: { json: [{ tuple: [`:${name}`, 1] }] } } },
    ]);
  const results = await Promise.all(['a', 'b', 'c', 'd'].map(merge));
  expect(results.flatMap(({ errors }) => errors)).toEqual([]);
  const [value] = Object.values(await storedSettings(world));
  expect(value?.match(/\w+(?=:)/g)?.sort()).toEqual(['a', 'b', 'c', 'd']);
});
