import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diagnose } from '../../../src/cli/doctor.js';
import { createContext } from '../../../src/context.js';
import { unreadLines } from '../../../src/instance/unread-lines.js';
import { usersCreate } from '../../../src/resolvers/users/create.js';
import { sourceOf, storeSetting } from '../../support/config.js';
import { useConfigFiles } from '../../support/config-files.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const { file, home } = useConfigFiles();

const settings = async (text: string) =>
  sourceOf(world, { instanceConfig: file(text) }).readInstance();

/** Everything that is set by running code, as the files of Docker images, releases and NixOS have it. */
const expressions = [
  'System.get_env("X", "default")',
  'System.get_env("X") == "true"',
  'System.fetch_env!("X")',
  'String.to_existing_atom(System.get_env("X"))',
  'env == "true"',
  '"x" |> String.upcase() |> Kernel.==("X")',
  '"#{host}"',
  'if(System.get_env("X"), do: true, else: false)',
  'not true',
  '!true',
  'true and false',
  'true || false',
  'case System.get_env("X") do "1" -> true; _ -> false end',
  'fn -> true end',
  '@default',
  'Enum.member?(["a"], "a")',
  '&System.halt/1',
  'Application.get_env(:pleroma, :x)',
  '1 == 1',
  'unquote(x)',
  'x.y',
  'x[:y]',
  '%Struct{a: 1}',
  'Keyword.merge([a: 1], b: 2)',
];

/** The value each guard has while nobody knows what the file says; the key, and the property of the settings. */
const guards = [
  [':instance', 'registrations_open', 'registrationsOpen', false],
  [':instance', 'invites_enabled', 'invitesEnabled', false],
  [':instance', 'account_approval_required', 'accountApprovalRequired', true],
  [':instance', 'account_activation_required', 'accountActivationRequired', true],
  [':instance', 'privileged_staff', 'privilegedStaff', false],
  [':instance', 'federating', 'federating', false],
  [':instance', 'extended_nickname_format', 'extendedNicknames', false],
  [':instance', 'safe_dm_mentions', 'safeDmMentions', true],
  [':user', 'deny_follow_blocked', 'denyFollowBlocked', true],
] as const;

/** Ways to set one key of a setting to an expression. */
const shapes: Readonly<
  Record<string, (setting: string, key: string, expression: string) => string>
> = {
  'beside literals': (setting, key, expression) =>
    `config :pleroma, ${setting}, name: "Town", ${key}: ${expression}, limit: 10`,
  'in brackets': (setting, key, expression) =>
    `config(:pleroma, ${setting}, [name: "Town", ${key}: ${expression}])`,
  'as a pair': (setting, key, expression) =>
    `config :pleroma, ${setting}, [{:name, "Town"}, {:${key}, ${expression}}]`,
  'after a literal': (setting, key, expression) =>
    `config :pleroma, ${setting}, ${key}: true\nconfig :pleroma, ${setting}, ${key}: ${expression}`,
  'in a block': (setting, key, expression) =>
    `if config_env() == :prod do\n  config :pleroma, ${setting},\n    name: "x",\n    ${key}: ${expression}\nend`,
  'in one line of a condition': (setting, key, expression) =>
    `if x, do: config(:pleroma, ${setting}, ${key}: ${expression})`,
  'the whole setting': (setting, _key, expression) => `config :pleroma, ${setting}, ${expression}`,
  'a literal in a block': (setting, key) =>
    `unless System.get_env("X") do\n  config :pleroma, ${setting}, ${key}: true, name: "x"\nend`,
  'the whole group': (_setting, _key, expression) => `config :pleroma, ${expression}`,
  'any group': (setting, key) => `config app, ${setting}, ${key}: true`,
  'any key': (_setting, key) =>
    `for setting <- [:instance] do\n  config :pleroma, setting, ${key}: true\nend`,
  'another file': (_setting, _key, expression) => `import_config ${expression}`,
  'a file that is not there': () => 'import_config "absent.exs"',
  'a text that never ends': (setting, key) =>
    `config :pleroma, ${setting}, name: "open\nconfig :pleroma, ${setting}, ${key}: true`,
};

it.each(guards)(
  '%s %s that cannot be read is closed, however it is written',
  async (setting, key, property, closed) => {
    const turn = guards.findIndex((guard) => guard[1] === key);
    for (const [index, [name, shape]] of Object.entries(shapes).entries()) {
      for (const expression of expressions.filter(
        (_expression, place) => (place + index + turn) % 6 === 0,
      )) {
        const text = `import Config\n${shape(setting, key, expression)}\n`;
        expect((await settings(text))[property], `${name}: ${text}`).toBe(closed);
        expect(
          (await settings(`${text}config :pleroma, ${setting}, ${key}: ${String(!closed)}\n`))[
            property
          ],
          name,
        ).toBe(name === 'a text that never ends' ? closed : !closed);
      }
    }
  },
);

it('literal keys beside what cannot be read count, and a key of the table decides', async () => {
  const text =
    'import Config\nconfig :pleroma, :instance, name: System.get_env("NAME", "x"), registrations_open: false, invites_enabled: true, account_approval_required: true\n';
  expect(await settings(text)).toMatchObject({
    registrationsOpen: false,
    invitesEnabled: true,
    accountApprovalRequired: true,
    accountActivationRequired: false,
  });
  expect(await settings('config :pleroma, :instance, registrations_open: f()')).toMatchObject({
    registrationsOpen: false,
  });
  await storeSetting(world, ':pleroma', ':instance', '[registrations_open: true]');
  expect(
    await settings('config :pleroma, :instance, registrations_open: f(), invites_enabled: f()'),
  ).toMatchObject({ registrationsOpen: true, invitesEnabled: false });
});

it('what `<>`, `++`, `*`, `+` and `-` make of literals is read', async () => {
  const text = `config :pleroma, :instance,
    name: "To" <> "wn" <> "!", limit: 60 * 60 - 2 - 1, upload_limit: 16 * 1024 * 1024, languages: ["en"] ++ ~w(fr) ++ [],
    registrations_open: (false)`;
  expect(await settings(text)).toMatchObject({
    name: 'Town!',
    statusLength: 3597,
    uploadLimit: 16_777_216,
    languages: ['en', 'fr'],
    registrationsOpen: false,
    unread: [],
  });
});

it('lines that name modules say nothing about settings', async () => {
  const text =
    'import Config, only: [config: 2, config: 3]\nimport(Config)\nimport Mix.Config\nuse Mix.Config\nrequire Logger\nalias Foo.Bar, as: B\nconfig :pleroma, :instance, registrations_open: true\n';
  expect(await settings(text)).toMatchObject({ registrationsOpen: true, unread: [] });
});

it('files that the file reads are read, as far as they are data', async () => {
  mkdirSync(join(home, 'deep'), { recursive: true });
  file(
    'import Config\nconfig :pleroma, :instance, invites_enabled: true, registrations_open: f()\nimport_config "../loop.exs"\n',
    'deep/more.exs',
  );
  file('import_config "deep/more.exs"\n', 'loop.exs');
  const { invitesEnabled, registrationsOpen, unread } = await settings(
    'import_config "deep/more.exs"\nconfig :pleroma, :instance, name: "Town"',
  );
  expect({ invitesEnabled, registrationsOpen }).toEqual({
    invitesEnabled: false,
    registrationsOpen: false,
  });
  expect(unread.map(({ where, path, message }) => [where, path.join(' '), message])).toEqual([
    ['more.exs, line 2', 'registrations_open', '"f" is not data here'],
    ['loop.exs, line 1', '', 'the files it reads read each other'],
  ]);
  file('config :pleroma, :instance, invites_enabled: true\n', 'plain.exs');
  expect(
    await settings(
      'import_config "plain.exs"\nconfig :pleroma, :instance, registrations_open: false',
    ),
  ).toMatchObject({ invitesEnabled: true, unread: [] });
});

it('a row that is no term, or no keyword list, closes what restricts', async () => {
  for (const value of ['\\x00', '\\x8361', '\\x836101', '\\x836d0000000161']) {
    await world.database.prisma.configEntry.deleteMany();
    await world.database.pool.query(
      `insert into config ("group", key, value, inserted_at, updated_at) values (':pleroma', ':instance', $1::bytea, timezone('UTC', now()), timezone('UTC', now()))`,
      [value],
    );
    expect(
      await settings('config :pleroma, :instance, registrations_open: true'),
      value,
    ).toMatchObject({
      registrationsOpen: false,
      invitesEnabled: false,
      accountApprovalRequired: true,
    });
  }
  for (const [value, approval] of [
    ['nil', false],
    ['false', false],
    ['true', true],
    ['"true"', true],
    ['1', true],
    [':maybe', true],
  ] as const) {
    await world.database.prisma.configEntry.deleteMany();
    await storeSetting(world, ':pleroma', ':instance', `[account_approval_required: ${value}]`);
    expect((await settings('')).accountApprovalRequired, value).toBe(approval);
  }
});

it('lists of what accounts must not have that cannot be read let no account be made', async () => {
  const source = sourceOf(world, {
    instanceConfig: file('config :pleroma, Pleroma.User, email_blacklist: System.get_env("B")'),
  });
  const users = [{ nickname: 'new', email: 'new@home.example', password: 'long enough' }];
  const create = () => usersCreate(createContext(source, { kind: 'operator' }), { users });
  await expect(world.expectUnchanged(create)).rejects.toThrow(
    'Pleroma.User email_blacklist is not readable',
  );
});

it('doctor and the log name file, line and key, and say what is closed; never a value', async () => {
  const source = sourceOf(world, {
    instanceConfig: file(
      'import Config\n\nconfig :pleroma, :instance,\n  name: "s3cret" |> f(),\n  invites_enabled: f()\nconfig :pleroma, Pleroma.Repo, password: "s3cret" "s3cret"\n',
      'named.exs',
    ),
  });
  const instance = await source.readInstance();
  const lines = [
    'named.exs, line 4: :pleroma :instance name cannot be read ("|>" is not data here)',
    'named.exs, line 5: :pleroma :instance invites_enabled cannot be read ("f" is not data here); closed unless set elsewhere: :instance invites_enabled',
    'named.exs, line 6: :pleroma Pleroma.Repo password cannot be read (a text is not data here)',
  ];
  expect(unreadLines(instance.unread)).toEqual(lines);
  expect((await diagnose(world.database, instance)).unreadable).toEqual(lines);
});

it('any file: a guard is what its last readable line says, or closed', async () => {
  const value = fc.oneof(fc.constantFrom('true', 'false'), fc.constantFrom(...expressions));
  const line = fc.record({
    shape: fc.constantFrom(
      ...Object.keys(shapes).filter((name) => name !== 'a text that never ends'),
    ),
    value,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 4 }),
      fc.option(fc.boolean()),
      async (lines, last) => {
        const text = lines
          .map(
            ({ shape, value: expression }) =>
              shapes[shape]?.(':instance', 'registrations_open', expression) ?? '',
          )
          .join('\n');
        const whole =
          last === null
            ? text
            : `${text}\nconfig :pleroma, :instance, registrations_open: ${String(last)}`;
        const { registrationsOpen } = await settings(whole);
        const isPlain = /^(?:beside literals|in brackets|as a pair|after a literal)$/;
        const final = lines.at(-1);
        const literal =
          final && isPlain.test(final.shape) && /^(?:true|false)$/.test(final.value)
            ? final.value === 'true'
            : false;
        expect(registrationsOpen, whole).toBe(last ?? literal);
      },
    ),
    { numRuns: 150 },
  );
});
