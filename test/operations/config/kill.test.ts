import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { openDatabase, type Database } from '../../../src/database/database.js';
import { createPGlite, pglitePool } from '../../../src/database/embedded/pglite.js';
import { columnText } from '../../../src/erlang/atom-text.js';
import { parseConfigFile } from '../../../src/erlang/config-file.js';
import { toElixir } from '../../../src/erlang/to-elixir.js';
import { storedSettings, storeSetting } from '../../support/config.js';
import { engineName } from '../../support/engine.js';
import type { Orders } from '../../support/killable-config.js';
import { keepOutput } from '../../support/log-sink.js';
import { useProgram } from '../../support/program.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const program = useProgram('killable-config.ts');
const settings = {
  ':pleroma :instance': '[name: "Town", limit: 5000]',
  ':pleroma :ratio': '1.0',
  ':mime :types': '%{"a/b" => ["c"]}',
};
const source = `import Config\r\n\r\n${Object.entries(settings)
  .map(([name, value]) => `config ${name.replace(' ', ', ')}, ${value}\r\n\r\n`)
  .join('')}`;

let home = '';
const homes: string[] = [];
const makeHome = (): string =>
  homes[homes.push(mkdtempSync(join(tmpdir(), 'steward-kill-'))) - 1] ?? '';

/** A directory with an empty instance, to copy on PGlite: making one takes longer than the rest of a test. */
let empty = '';

beforeAll(async () => {
  if (world.databaseUrl !== undefined) return;
  empty = join(makeHome(), 'data');
  const pglite = await createPGlite({
    dataDir: empty,
    loadDataDir: new Blob([readFileSync(join(inject('archives'), `${world.family}.tar.gz`))]),
  });
  await pglite.close();
});
beforeEach(() => {
  home = makeHome();
  mkdirSync(join(home, 'out'));
  writeFileSync(join(home, 'prod.secret.exs'), source);
  if (empty !== '') cpSync(empty, join(home, 'data'), { recursive: true });
});
afterAll(() => {
  for (const path of homes) rmSync(path, { recursive: true, force: true });
});

/** Works on the database a killed process works on: the world's, or on PGlite one in a directory, which only one process can have open. */
async function withDatabase<Result>(
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  if (world.databaseUrl !== undefined) return work(world.database);
  const pglite = await createPGlite({ dataDir: join(home, 'data') });
  const database = await openDatabase(pglitePool(pglite), () => pglite.close());
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const store = (): Promise<void> =>
  withDatabase(async (database) => {
    for (const [name, value] of Object.entries(settings)) {
      const [group = '', key = ''] = name.split(' ');
      await storeSetting({ database }, group, key, value);
    }
  });
const stored = (): Promise<Record<string, string>> =>
  withDatabase((database) => storedSettings({ database }));

/** What the exported file holds; undefined when there is none. */
function exported(): Record<string, string> | undefined {
  const path = join(home, 'out', 'prod.exported_from_db.secret.exs');
  if (!existsSync(path)) return undefined;
  const { statements, faults } = parseConfigFile(readFileSync(path, 'utf8'));
  expect(faults).toEqual([]);
  return Object.fromEntries(
    statements.map(({ group, key, value }) => [
      `${columnText(group)} ${columnText(key)}`,
      toElixir(value),
    ]),
  );
}

/** Runs the program and kills it (kill -9) as soon as it has said `when`, or some time after. */
async function runKilled(
  orders: Pick<Orders, 'work' | 'stopAt'>,
  when: string,
  patience = 0,
  limit = '',
): Promise<void> {
  const where =
    world.databaseUrl === undefined ? { dataDir: join(home, 'data') } : { url: world.databaseUrl };
  const all: Orders = {
    ...orders,
    where,
    exportDirectory: join(home, 'out'),
    importFile: join(home, 'prod.secret.exs'),
  };
  const child = spawn(
    'sh',
    ['-c', `${limit} exec "$0" "$@"`, process.execPath, program, JSON.stringify(all)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  keepOutput(child);
  let said = '';
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => void (complaint += chunk.toString()));
  const ended = new Promise((resolve) => child.once('close', resolve));
  await Promise.race([
    ended,
    new Promise<void>((resolve) =>
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes(when)) setTimeout(resolve, patience);
      }),
    ),
  ]);
  child.kill('SIGKILL');
  await ended;
  expect(said, complaint).toContain(when);
}

it.each(['read', 'file-written', 'rows-deleted', 'committed'] as const)(
  'export, killed at "%s": the rows or the file hold everything',
  async (stopAt) => {
    await store();
    await runKilled({ work: 'export', stopAt }, `at ${stopAt}`);
    expect(await stored()).toEqual(stopAt === 'committed' ? {} : settings);
    expect(exported()).toEqual(stopAt === 'read' ? undefined : settings);
  },
);

it.each([0, 5, 20])(
  'export, killed after about %i ms: the rows or the file hold everything',
  async (patience) => {
    await store();
    await runKilled({ work: 'export' }, 'begins', patience);
    const [rows, file] = [await stored(), exported()];
    expect([rows, file]).toContainEqual(settings);
    if (Object.keys(rows).length !== 0) expect(rows).toEqual(settings);
  },
);

it('export, killed and begun again: what was left behind does no harm', async () => {
  await store();
  await runKilled({ work: 'export', stopAt: 'file-written' }, 'at file-written');
  await runKilled({ work: 'export', stopAt: 'committed' }, 'at committed');
  expect(await stored()).toEqual({});
  expect(exported()).toEqual(settings);
  expect(readdirSync(join(home, 'out'))).toEqual(['prod.exported_from_db.secret.exs']);
});

// On PGlite the limit would hit the database's own files.
if (engineName === 'postgres') {
  it('export to a disk that is full before the file is whole deletes nothing', async () => {
    const long = `"${'x'.repeat(100_000)}"`;
    await storeSetting(world, ':pleroma', ':long', long);
    await runKilled({ work: 'export', stopAt: 'committed' }, 'begins', 60_000, 'ulimit -f 16;');
    expect(await stored()).toEqual({ ':pleroma :long': long });
    expect(exported()).toBeUndefined();
  });
}

it.each(['rows-written', 'committed'] as const)(
  'import, killed at "%s": all rows or none, and the file stays',
  async (stopAt) => {
    await withDatabase((database) => storeSetting({ database }, ':pleroma', ':other', '1'));
    await runKilled({ work: 'import', stopAt }, `at ${stopAt}`);
    expect(await stored()).toEqual({
      ':pleroma :other': '1',
      ...(stopAt === 'committed' ? settings : {}),
    });
    expect(readFileSync(join(home, 'prod.secret.exs'), 'utf8')).toBe(source);
  },
);
