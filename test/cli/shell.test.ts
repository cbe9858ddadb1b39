import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { databasePlace } from '../../src/cli/database-place.js';
import { printableLine, printableText } from '../../src/cli/printable.js';
import { createProgram, runCommand } from '../../src/cli/program.js';
import { makePosts } from '../support/posts.js';
import { shell } from '../support/shell.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const silent = { out: () => undefined, error: () => undefined };

describe('words nobody knows', () => {
  it.each([
    ['usr', 'user'],
    ['docter', 'doctor'],
    ['tokn', 'token'],
  ])('%s is an unknown command, and may have meant %s', async (word, meant) => {
    expect(await shell(world, [word])).toEqual({
      exit: 2,
      stdout: '',
      stderr: `error: unknown command '${word}'\n(Did you mean ${meant}?)\n`,
    });
  });

  it('--version prints the version of Steward', async () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    expect(await shell(world, ['--version'])).toEqual({
      exit: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
    expect(spawnSync(process.execPath, [program, '--version'], { encoding: 'utf8' }).stdout).toBe(
      `${version}\n`,
    );
  });
});

describe('completion', () => {
  /** What bash offers at the end of each line, with nothing loaded but our script, twice. */
  function offered(lines: readonly string[]): string[][] {
    const home = mkdtempSync(join(tmpdir(), 'steward-completion-'));
    const script = [
      'set -u',
      'steward() { "$NODE" "$PROGRAM" "$@"; }',
      'source <(steward complete bash)',
      'source <(steward complete bash)',
      ...lines.flatMap((line) => [
        `COMP_LINE=${JSON.stringify(line)}; COMP_POINT=\${#COMP_LINE}; __steward_complete; echo "\${COMPREPLY[*]-}"`,
      ]),
    ].join('\n');
    const { stdout, stderr } = spawnSync('bash', ['--norc', '--noprofile', '-c', script], {
      cwd: home,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', NODE: process.execPath, PROGRAM: program },
    });
    const made = existsSync(join(home, '.steward'));
    rmSync(home, { recursive: true });
    expect({ stderr, made }).toEqual({ stderr: '', made: false });
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ').filter(Boolean));
  }

  it('works in a bare bash, loaded twice, on every level, and never makes the embedded database', () => {
    const [root = [], tasks = [], options = [], nobody = []] = offered([
      'steward u',
      'steward user deactiv',
      'steward user set lain --lo',
      'steward user deactivate a',
    ]);
    expect(root).toEqual(['user']);
    expect(tasks).toEqual(['deactivate', 'deactivate_all_from_instance']);
    expect(options).toEqual(['--locked']);
    expect(nobody).toEqual([]);
  });

  it('offers the nicknames of active local accounts wherever one belongs', async () => {
    for (const nickname of ['alice', 'alan', 'bob']) await world.user({ nickname });
    await world.user({ nickname: 'alien@far.example' });
    await world.user({ nickname: 'alas', isActive: false });
    const offers = async (...words: readonly string[]): Promise<string[]> => {
      const printed: string[] = [];
      const { log } = console;
      console.log = (line: string) => void printed.push(line);
      try {
        await shell(world, ['complete', '--', ...words]);
      } finally {
        console.log = log;
      }
      return printed
        .join('\n')
        .split('\n')
        .map((line) => line.split('\t')[0] ?? '')
        .filter((line) => line !== '' && !line.startsWith(':'));
    };
    const tasks = createProgram(silent, () => Promise.resolve()).commands.flatMap((group) =>
      group.commands.map((command) => ({
        words: [group.name(), command.name()],
        first: command.registeredArguments[0]?.name(),
      })),
    );
    const naming = tasks.filter(
      ({ first, words }) => (first === 'nickname' || first === 'local') && words[1] !== 'new',
    );
    expect(naming.length).toBeGreaterThan(12);
    for (const { words } of naming)
      expect([words, (await offers(...words, 'al')).sort()]).toEqual([words, ['alan', 'alice']]);
    expect(await offers('user', 'deactivate_all_from_instance', 'al')).toEqual([]);
    expect(await offers('user', 'tag', 'alice', 'al')).toEqual([]);
    expect(await offers('user', 'new', 'al')).toEqual([]);
  });
});

describe('control characters never reach a terminal', () => {
  const hostile = '\u001b[2J\u001b]0;x\u0007red\r\nUser admin deleted.\u009b31m\u202e';
  const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/u;

  it('of arguments, whichever task refuses them', async () => {
    const tasks = createProgram(silent, () => Promise.resolve()).commands.flatMap((group) =>
      group.commands.map((command) => ({
        words: [group.name(), command.name()],
        count: command.registeredArguments.length,
      })),
    );
    for (const { words, count } of tasks.filter((one) => one.count > 0)) {
      const { stdout, stderr, exit } = await shell(world, [
        ...words,
        ...Array.from({ length: count }, () => hostile),
      ]);
      expect([
        words,
        obeyed.test(stdout + stderr),
        stderr.trimEnd().split('\n').length,
        exit === 0,
      ]).toEqual([words, false, 1, false]);
    }
    for (const words of [
      [hostile],
      ['user', hostile],
      ['user', 'list', hostile],
      ['user', 'rm', 'x', `--${hostile}`],
    ]) {
      const { stdout, stderr } = await shell(world, words);
      expect([words, obeyed.test(stdout + stderr)]).toEqual([words, false]);
    }
  });

  it('of stored names, whichever task shows them', async () => {
    await world.config(':instance', { name: hostile });
    await world.user({ nickname: `a${hostile}`, name: hostile, tags: [hostile] });
    await world.user({ nickname: `x${hostile}@far.example` });
    await world.database.pool.query(
      `insert into user_invite_tokens (token, used, uses, max_use, invite_type, inserted_at, updated_at) values ($1, false, 0, 3, 'reusable', timezone('UTC', now()), timezone('UTC', now()))`,
      [hostile],
    );
    for (const words of [
      'doctor',
      'user list',
      'user invites',
      'user deactivate_all_from_instance far.example --dry-run',
      'user unsubscribe_all_from_instance far.example',
    ]) {
      const { stdout, stderr, exit } = await shell(world, words.split(' '));
      expect([
        words,
        exit,
        obeyed.test(stdout + stderr),
        stdout.includes('\\u001b[2J'),
        /^User admin deleted/m.test(stdout),
      ]).toEqual([words, 0, false, true, false]);
    }
  });

  it('but JSON says what is stored', async () => {
    await world.user({ nickname: 'alice', tags: [hostile] });
    const { stdout } = await shell(world, ['user', 'tag', 'alice', 'more', '--json']);
    expect([obeyed.test(stdout), (JSON.parse(stdout) as { tags: string[] }).tags]).toEqual([
      false,
      [hostile, 'more'],
    ]);
  });

  it('lines and texts differ by their line breaks alone', () => {
    expect(printableLine('a\tb\nc\u0000')).toBe('a\\tb\\nc\\u0000');
    expect(printableText('a\tb\nc\u0000')).toBe('a\tb\nc\\u0000');
    expect(printableLine('Zoë 👩‍👩‍👧 中文')).toBe('Zoë 👩‍👩‍👧 中文');
  });
});

describe('--dry-run', () => {
  it('says what would be done, marked as such, and changes nothing', async () => {
    const [alice, mallory] = [
      await world.user({ nickname: 'alice', tags: ['old'] }),
      await world.user({ nickname: 'mallory' }),
    ];
    await world.user({ nickname: 'asleep', isActive: false });
    await world.follow(alice, mallory);
    const offering = createProgram(silent, () => Promise.resolve())
      .commands.flatMap((group) => group.commands)
      .filter((command) => command.options.some(({ long }) => long === '--dry-run'))
      .map((command) => command.name());
    expect(offering).toEqual(
      expect.arrayContaining([
        'unsubscribe',
        'deactivate',
        'activate',
        'rm',
        'sign_out',
        'tag',
        'untag',
      ]),
    );
    expect(
      await world.expectUnchanged(() =>
        shell(world, ['user', 'unsubscribe', 'mallory', '--dry-run']),
      ),
    ).toEqual({
      exit: 0,
      stderr: '',
      stdout:
        '(dry run) Deactivating mallory\n(dry run) Unsubscribing alice from mallory\n(dry run) Successfully unsubscribed all followers from mallory\n',
    });
    for (const words of [
      'activate asleep',
      'deactivate alice',
      'rm alice',
      'sign_out alice',
      'tag alice new',
      'untag alice old',
    ]) {
      const { exit, stdout } = await world.expectUnchanged(() =>
        shell(world, ['user', ...words.split(' '), '--dry-run']),
      );
      expect([words, exit, stdout.startsWith('(dry run) ')]).toEqual([words, 0, true]);
    }
    expect(
      (
        await world.expectUnchanged(() =>
          shell(world, ['user', 'unsubscribe', 'nobody', '--dry-run']),
        )
      ).exit,
    ).toBe(1);
  });
});

it('doctor speaks plainly, and its JSON keeps its keys', async () => {
  await makePosts(world).status(await world.user({ nickname: 'alice' }));
  const { stdout } = await shell(world, ['doctor']);
  expect(stdout).toContain('\nlocal accounts: 2\nremote accounts: 0\n');
  expect(stdout).not.toMatch(/[a-z][A-Z]\w*:/);
  expect(JSON.parse((await shell(world, ['doctor', '--json'])).stdout)).toMatchObject({
    counts: { localUsers: 2, waitingJobs: 0 },
  });
});

describe('a database that cannot be reached', () => {
  it.each([
    [
      'postgres://steward:hidden@127.0.0.1:1/akkoma',
      'The database cannot be reached now. (akkoma at 127.0.0.1:1)',
    ],
    [
      'postgres://steward:hidden@nowhere.invalid/akkoma',
      'The database cannot be reached now. (akkoma at nowhere.invalid:5432)',
    ],
  ])('is named without its password: %s', async (url, message) => {
    const lines: string[] = [];
    expect(
      await runCommand(
        ['user', 'list'],
        { out: (line) => lines.push(line), error: (line) => lines.push(line) },
        { DATABASE_URL: url },
      ),
    ).toBe(3);
    expect(lines).toEqual([message]);
  });

  it('may be named in any way PostgreSQL knows', () => {
    expect(databasePlace('postgres:///akkoma?host=/run/postgresql')).toBe(
      'akkoma at /run/postgresql',
    );
    expect(databasePlace('postgres://u:p@[::1]:5433/a')).toBe('a at [::1]:5433');
    expect([databasePlace(undefined), databasePlace('nonsense')]).toEqual([undefined, undefined]);
  });
});
