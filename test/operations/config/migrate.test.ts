import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { createContext } from '../../../src/context.js';
import { encodeTerm } from '../../../src/erlang/encode.js';
import { atomText } from '../../../src/erlang/names.js';
import { toElixir } from '../../../src/erlang/to-elixir.js';
import { exportConfig } from '../../../src/resolvers/config/migrate-from-database.js';
import type { Step } from '../../../src/resolvers/config/steps.js';
import { anyTerm } from '../../erlang/arbitrary-terms.js';
import { configAdmin, sourceOf, storedSettings, storeSetting } from '../../support/config.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const legacy = '/api/pleroma/admin/config';
const name = 'prod.exported_from_db.secret.exs';
const toDatabase = `mutation ($input: ConfigMigrateToDatabaseInput!) { configMigrateToDatabase(input: $input) {
  differences { group key kind afterElixir } skipped { line reason } needsReboot errors { code message path } } }`;
const fromDatabase = `mutation ($input: ConfigMigrateFromDatabaseInput!) { configMigrateFromDatabase(input: $input) { file needsReboot differences { key kind } errors { code message path } } }`;

let home = '';
const homes: string[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'steward-export-'));
  homes.push(home);
});
afterAll(() => homes.forEach((path) => rmSync(path, { recursive: true, force: true })));

function file(text: string): string {
  const path = join(home, 'prod.secret.exs');
  writeFileSync(path, text);
  return path;
}

const handWritten = `import Config

# The town's own settings
config :pleroma, :instance,
  name: "Town", # its name
  limit: 5_000,
  languages: ~w(en fr)

config :pleroma, Pleroma.Upload, filters: [Pleroma.Upload.Filter.Dedupe]
config :pleroma, :instance, email: "admin@town.example"
config :mime, :types, %{"application/xml" => ["xml"]}
config :pleroma, Pleroma.Repo, password: System.get_env("DB_PASSWORD")
config :pleroma, Pleroma.Web.Endpoint, secret_key_base: "s3cret"
config :logger, backends: [:console]
`;

it('import: every statement that is no data is reported with its line, and nothing is written', async () => {
  const admin = await configAdmin(world, { importFile: file(handWritten) });
  const { configMigrateToDatabase } = await world.expectUnchanged(() =>
    admin.data<{ configMigrateToDatabase: { errors: unknown } }>(toDatabase, { input: {} }),
  );
  expect(configMigrateToDatabase.errors).toEqual([
    {
      code: 'INVALID',
      path: ['line', '12'],
      message: expect.stringMatching(/^Line 12 cannot be read as data: /) as unknown,
    },
  ]);
  const { status, body } = await world.expectUnchanged(() =>
    admin.rest('GET', `${legacy}/migrate_to_db`),
  );
  expect({ status, body }).toEqual({
    status: 400,
    body: expect.stringMatching(/^Line 12 /) as unknown,
  });
});

it('import: told to skip them, the rest is written; guarded settings stay in the file; nothing named is lost', async () => {
  await storeSetting(world, ':pleroma', ':instance', '[name: "Old", description: "kept"]');
  await storeSetting(world, ':pleroma', ':other', '1');
  const admin = await configAdmin(world, { importFile: file(handWritten) });
  const { configMigrateToDatabase: dry } = await world.expectUnchanged(() =>
    admin.data<{ configMigrateToDatabase: Record<string, unknown> }>(toDatabase, {
      input: { skipUnreadable: true, dryRun: true },
    }),
  );
  const { configMigrateToDatabase } = await admin.data<{
    configMigrateToDatabase: Record<string, unknown>;
  }>(toDatabase, { input: { skipUnreadable: true } });
  expect(dry).toEqual(configMigrateToDatabase);
  expect(configMigrateToDatabase).toMatchObject({
    errors: [],
    needsReboot: true,
    skipped: [
      { line: 12 },
      { line: 13, reason: expect.stringContaining('Pleroma.Web.Endpoint') as unknown },
      { line: 14, reason: expect.stringContaining(':logger') as unknown },
    ],
  });
  expect(await storedSettings(world)).toEqual({
    ':pleroma :instance':
      '[description: "kept", name: "Town", limit: 5000, languages: ["en", "fr"], email: "admin@town.example"]',
    ':pleroma :other': '1',
    ':pleroma Pleroma.Upload': '[filters: [Pleroma.Upload.Filter.Dedupe]]',
    ':mime :types': '%{"application/xml" => ["xml"]}',
  });
});

it('an import made twice leaves the rows of the first, whatever the file says twice and in whatever order', async () => {
  const settings = [
    'a: 1',
    'b: 2',
    'groups: [x: 1]',
    'groups: [y: 2]',
    'a: 3',
    'nested: [p: 1]',
    'nested: [q: 2, p: 3]',
    'replace: [{"a", "b"}]',
  ];
  for (let run = 0; run < 25; run += 1) {
    await world.database.prisma.configEntry.deleteMany();
    const [lines] = fc.sample(
      fc.array(
        fc.tuple(
          fc.constantFrom(':emoji', ':mrf_keyword', ':own'),
          fc.subarray(settings, { minLength: 1 }),
        ),
        { minLength: 1, maxLength: 6 },
      ),
      { numRuns: 1, seed: run },
    );
    const text = (lines ?? [])
      .map(([key, parts]) => `config :pleroma, ${key}, ${parts.join(', ')}`)
      .join('\n');
    const admin = await configAdmin(world, { importFile: file(`import Config\n${text}\n`) });
    await admin.data(toDatabase, { input: {} });
    const second = await world.expectUnchanged(() =>
      admin.data<{ configMigrateToDatabase: { needsReboot: boolean } }>(toDatabase, { input: {} }),
    );
    expect(second.configMigrateToDatabase.needsReboot, text).toBe(false);
  }
});

it('import on the documents’ path: key :pleroma only, `{}`', async () => {
  const admin = await configAdmin(world, { importFile: file(handWritten) });
  expect(await admin.rest('GET', `${legacy}/migrate_to_db?skip_unreadable=true`)).toMatchObject({
    status: 200,
    body: {},
  });
  expect(Object.keys(await storedSettings(world))).toEqual([
    ':pleroma :instance',
    ':pleroma Pleroma.Upload',
  ]);
});

it('import: no file set, or none there', async () => {
  const unset = await configAdmin(world);
  expect(
    await world.expectUnchanged(() => unset.rest('GET', `${legacy}/migrate_to_db`)),
  ).toMatchObject({
    status: 400,
    body: 'Neither CONFIG_IMPORT_FILE nor INSTANCE_CONFIG is set: there is no file to read.',
  });
  const absent = await configAdmin(world, { importFile: join(home, 'absent.exs') });
  expect(
    await world.expectUnchanged(() => absent.rest('GET', `${legacy}/migrate_to_db`)),
  ).toMatchObject({
    status: 503,
    body: 'The file of CONFIG_IMPORT_FILE or INSTANCE_CONFIG cannot be read: ENOENT.',
  });
});

it('export: the file is there, readable by its owner only, and the rows are gone', async () => {
  await storeSetting(
    world,
    ':pleroma',
    ':instance',
    '[name: "Town", quarantined_instances: [{"bad.example", "spam"}]]',
  );
  await storeSetting(
    world,
    ':pleroma',
    'Pleroma.Emails.Mailer',
    '[password: "s3cret", pattern: ~r/a\\/b/i]',
  );
  await storeSetting(world, 'mime', 'types', '%{"application/xml" => ["xml"]}');
  const admin = await configAdmin(world, { exportDirectory: home });
  expect(
    (
      await world.expectUnchanged(() =>
        admin.data<{ configMigrateFromDatabase: unknown }>(fromDatabase, {
          input: { dryRun: true },
        }),
      )
    ).configMigrateFromDatabase,
  ).toMatchObject({ file: null, needsReboot: false, errors: [] });
  expect(readdirSync(home)).toEqual([]);
  expect(await admin.rest('GET', `${legacy}/migrate_from_db`)).toMatchObject({
    status: 200,
    body: {},
  });
  expect(await storedSettings(world)).toEqual({});
  expect(readdirSync(home)).toEqual([name]);
  expect(statSync(join(home, name)).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(home, name), 'utf8')).toBe(
    'import Config\r\n\r\n' +
      'config :pleroma, :instance, [name: "Town", quarantined_instances: [{"bad.example", "spam"}]]\r\n\r\n' +
      'config :pleroma, Pleroma.Emails.Mailer, [password: "s3cret", pattern: ~r|a/b|i]\r\n\r\n' +
      'config :mime, :types, %{"application/xml" => ["xml"]}\r\n\r\n',
  );
});

it('export: a former export is kept beside the new one; an empty table leaves it alone', async () => {
  writeFileSync(join(home, name), 'former');
  const admin = await configAdmin(world, { exportDirectory: home });
  expect(
    (await admin.data<{ configMigrateFromDatabase: unknown }>(fromDatabase, { input: {} }))
      .configMigrateFromDatabase,
  ).toEqual({ file: null, needsReboot: false, differences: [], errors: [] });
  expect(readFileSync(join(home, name), 'utf8')).toBe('former');
  await storeSetting(world, ':pleroma', ':k', '1');
  expect(
    (await admin.data<{ configMigrateFromDatabase: unknown }>(fromDatabase, { input: {} }))
      .configMigrateFromDatabase,
  ).toEqual({
    file: join(home, name),
    needsReboot: true,
    differences: [{ key: ':k', kind: 'REMOVED' }],
    errors: [],
  });
  expect(
    readdirSync(home)
      .map((path) => readFileSync(join(home, path), 'utf8'))
      .sort(),
  ).toEqual(['former', 'import Config\r\n\r\nconfig :pleroma, :k, 1\r\n\r\n']);
});

it('export: no directory set, an absent one, or a file in its place deletes nothing', async () => {
  await storeSetting(world, ':pleroma', ':k', '1');
  const cases = [
    [undefined, 400, 'CONFIG_EXPORT_DIR is not set: there is no directory to export to.'],
    [join(home, 'absent'), 503, 'ENOENT'],
    [file('no directory'), 503, 'ENOTDIR'],
  ] as const;
  for (const [exportDirectory, status, message] of cases) {
    const admin = await configAdmin(world, { exportDirectory });
    expect(
      await world.expectUnchanged(() => admin.rest('GET', `${legacy}/migrate_from_db`)),
    ).toMatchObject({ status, body: expect.stringContaining(message) as unknown });
  }
});

it('export: whatever fails on the way, no row is gone and no part of a file is left', async () => {
  await storeSetting(world, ':pleroma', ':k', '1');
  writeFileSync(join(home, name), 'former');
  const failing = async (failsAt: Step): Promise<void> => {
    const context = createContext(sourceOf(world, { exportDirectory: home }), { kind: 'operator' });
    await exportConfig(context, {}, (step) =>
      step === failsAt
        ? Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }))
        : Promise.resolve(),
    );
  };
  for (const step of ['read', 'file-written', 'rows-deleted'] as const) {
    await expect(world.expectUnchanged(() => failing(step))).rejects.toThrow('no space left');
    expect(await storedSettings(world)).toEqual({ ':pleroma :k': '1' });
  }
  expect(readdirSync(home).filter((path) => path.startsWith('.'))).toEqual([]);
});

it('export: a row changed while the file was written stops the deletion; one that came new stays', async () => {
  await storeSetting(world, ':pleroma', ':k', '1');
  const context = createContext(sourceOf(world, { exportDirectory: home }), { kind: 'operator' });
  const changing = (sql: string) =>
    exportConfig(
      context,
      {},
      async (step) => void (step === 'file-written' && (await world.database.pool.query(sql))),
    );
  await expect(changing(`update config set value = '\\x836102'`)).rejects.toThrow(
    /Settings were changed meanwhile/,
  );
  expect(await storedSettings(world)).toEqual({ ':pleroma :k': '2' });
  await changing(
    `insert into config ("group", key, value, inserted_at, updated_at) values (':pleroma', ':new', '\\x836103', timezone('UTC', now()), timezone('UTC', now()))`,
  );
  expect(await storedSettings(world)).toEqual({ ':pleroma :new': '3' });
});

it('export: a row that has no text in Elixir is named, nothing is written or deleted', async () => {
  await storeSetting(world, ':pleroma', ':fun', {
    kind: 'opaque',
    bytes: new Uint8Array([88, 119, 1, 97, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]),
  });
  await storeSetting(world, ':pleroma', ':k', '1');
  const admin = await configAdmin(world, { exportDirectory: home });
  const { configMigrateFromDatabase } = await world.expectUnchanged(() =>
    admin.data<{ configMigrateFromDatabase: { errors: unknown } }>(fromDatabase, { input: {} }),
  );
  expect(configMigrateFromDatabase.errors).toEqual([
    {
      code: 'CONFLICT',
      path: [],
      message:
        ':pleroma :fun has no text in Elixir: a fun, pid, port or reference cannot be written as text.',
    },
  ]);
  expect(readdirSync(home)).toEqual([]);
});

it('any terms: out into the file and back in are the same settings', async () => {
  const admin = await configAdmin(world, { exportDirectory: home, importFile: join(home, name) });
  const settings = fc.dictionary(
    fc
      .stringMatching(/^[a-z][a-z0-9_]{0,8}$/)
      .filter(
        (key) =>
          !/^(modules|env|database|swarm|database_config_whitelist|configurable_from_database)$/.test(
            key,
          ),
      ),
    anyTerm.filter(hasNoFunction),
    { minKeys: 1, maxKeys: 4, noNullPrototype: true },
  );
  await fc.assert(
    fc.asyncProperty(settings, async (terms) => {
      await world.database.prisma.configEntry.deleteMany();
      for (const [key, term] of Object.entries(terms))
        await storeSetting(world, ':town', atomText(key), term);
      const before = await storedSettings(world);
      const { configMigrateFromDatabase: out } = await admin.data<{
        configMigrateFromDatabase: { errors: unknown };
      }>(fromDatabase, { input: {} });
      expect(out.errors).toEqual([]);
      expect(await storedSettings(world)).toEqual({});
      const { configMigrateToDatabase: back } = await admin.data<{
        configMigrateToDatabase: { errors: unknown; skipped: unknown };
      }>(toDatabase, { input: {} });
      expect(back).toMatchObject({ errors: [], skipped: [] });
      expect(await storedSettings(world)).toEqual(before);
    }),
    { numRuns: 40 },
  );
});

it('export: a link in the place of the file is replaced, what it points to stays', async () => {
  const target = file('precious');
  symlinkSync(target, join(home, name));
  await storeSetting(world, ':pleroma', ':k', '1');
  const admin = await configAdmin(world, { exportDirectory: home });
  await admin.rest('GET', `${legacy}/migrate_from_db`);
  expect(readFileSync(target, 'utf8')).toBe('precious');
  expect(readFileSync(join(home, name), 'utf8')).toContain('config :pleroma, :k, 1');
});

/** References to functions are data one may carry, but not what an import accepts. */
function hasNoFunction(term: Parameters<typeof toElixir>[0]): boolean {
  return !toElixir(term).includes('&') && encodeTerm(term).length < 100_000;
}
