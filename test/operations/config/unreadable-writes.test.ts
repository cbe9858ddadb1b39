import { expect, it } from 'vitest';
import { createContext } from '../../../src/context.js';
import { configUpdate } from '../../../src/resolvers/config/update.js';
import { jsonValue } from '../../../src/resolvers/config/value.js';
import { configAdmin, sourceOf } from '../../support/config.js';
import { useConfigFiles } from '../../support/config-files.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/config';
const { file } = useConfigFiles();

it.each([
  '[{:pleroma, :instance}] ++ extra()',
  '[{:pleroma, :instance}, {:pleroma, key()}]',
  'System.get_env("W")',
  '"text"',
  '%{pleroma: 1}',
  ':all',
])('a whitelist that is %s lets nothing be written, by any door', async (whitelist) => {
  const admin = await configAdmin(world, {
    instanceConfig: file(
      `import Config\nconfig :pleroma, :database_config_whitelist, ${whitelist}\n`,
    ),
  });
  await world.expectUnchanged(() =>
    admin.rest('POST', v1, {
      configs: [{ group: ':pleroma', key: ':instance', value: [{ tuple: [':name', 'x'] }] }],
    }),
  );
  const input = {
    changes: [{ group: ':pleroma', key: ':instance', action: { set: { elixir: '[]' } } }],
  };
  const { configUpdate: refused } = await admin.data<{ configUpdate: unknown }>(
    'mutation ($input: ConfigUpdateInput!) { configUpdate(input: $input) { errors { code } } }',
    { input },
  );
  expect(refused).toEqual({ errors: [{ code: 'FORBIDDEN' }] });
});

it('a whitelist of lists that are joined is read', async () => {
  const admin = await configAdmin(world, {
    instanceConfig: file(
      'config :pleroma, :database_config_whitelist, [{:pleroma, :instance}] ++ [{:pleroma, :mrf}]\n',
    ),
  });
  const value = [{ tuple: [':name', 'x'] }];
  await admin.rest('POST', v1, {
    configs: [':instance', ':mrf', ':other'].map((key) => ({ group: ':pleroma', key, value })),
  });
  expect((await world.rows('config')).map(({ key }) => key)).toEqual([':instance', ':mrf']);
});

it.each(['System.get_env("CFDB", "false") == "true"', 'nil', 'false', 'flag'])(
  'configurable_from_database: %s is off',
  async (value) => {
    for (const text of [
      `config :pleroma, configurable_from_database: ${value}`,
      `config :pleroma, :configurable_from_database, ${value}`,
    ]) {
      const admin = await configAdmin(world, { instanceConfig: file(text) });
      expect(await admin.rest('GET', v1)).toMatchObject({ status: 400 });
      expect(
        await world.expectUnchanged(() => admin.rest('POST', v1, { configs: [] })),
      ).toMatchObject({ status: 400 });
    }
  },
);

it('an import names each key it cannot read; told to skip those, it writes the literal keys beside them', async () => {
  const importFile = file(
    'import Config, only: [config: 3]\nrequire Logger\nconfig :pleroma, :instance, name: f(), limit: 5,\n  nested: [a: 1, b: f()]\n',
  );
  const admin = await configAdmin(world, { importFile });
  const document =
    'mutation ($input: ConfigMigrateToDatabaseInput!) { configMigrateToDatabase(input: $input) { differences { afterElixir } skipped { line reason } errors { message path } } }';
  const message = (line: number, name: string) => ({
    path: ['line', String(line)],
    message: `Line ${String(line)} cannot be read as data: :pleroma :instance ${name}: "f" is not data here.`,
  });
  expect(
    (
      await world.expectUnchanged(() =>
        admin.data<Record<string, unknown>>(document, { input: {} }),
      )
    )['configMigrateToDatabase'],
  ).toMatchObject({ errors: [message(3, 'name'), message(4, 'nested b')] });
  expect(
    (await admin.data<Record<string, unknown>>(document, { input: { skipUnreadable: true } }))[
      'configMigrateToDatabase'
    ],
  ).toEqual({
    differences: [{ afterElixir: '[limit: 5, nested: [a: 1]]' }],
    errors: [],
    skipped: [
      { line: 3, reason: ':pleroma :instance name: "f" is not data here' },
      { line: 4, reason: ':pleroma :instance nested b: "f" is not data here' },
    ],
  });
});

it('an import of 50,000 atoms does not keep the process from other work', async () => {
  const atoms = Array.from({ length: 50_000 }, (_, index) => `:a${String(index)}`);
  const importFile = file(
    `config :pleroma, :k, [${atoms.join(', ')}]\n${atoms
      .slice(0, 3_000)
      .map((atom) => `config :pleroma, ${atom}, ${atom}`)
      .join('\n')}\n`,
  );
  const admin = await configAdmin(world, { importFile });
  const milliseconds = (): number => process.cpuUsage().user / 1_000;
  let [longest, last] = [0, milliseconds()];
  const timer = setInterval(() => {
    longest = Math.max(longest, milliseconds() - last);
    last = milliseconds();
  }, 1);
  const answer = await world.expectUnchanged(() =>
    admin.rest('GET', '/api/pleroma/admin/config/migrate_to_db'),
  );
  clearInterval(timer);
  expect(answer).toMatchObject({ status: 400 });
  expect(longest).toBeLessThan(200);
});

it('values posted by the same rules: an unreadable whitelist refuses in the operation itself', async () => {
  const source = sourceOf(world, {
    instanceConfig: file('config :pleroma, :database_config_whitelist, f()'),
  });
  const changes = [
    { group: ':pleroma', key: ':k', action: { kind: 'set', value: jsonValue(1) } },
  ] as const;
  await expect(
    world.expectUnchanged(() =>
      configUpdate(createContext(source, { kind: 'operator' }), { changes }),
    ),
  ).rejects.toThrow("is not in the instance's database_config_whitelist");
});
