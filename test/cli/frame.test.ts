import { spawnSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram, runWords } from '../../src/cli/program.js';
import type { Runtime } from '../../src/cli/runtime.js';
import { showProgress } from '../../src/cli/progress.js';
import { ownWords } from '../../src/cli/words.js';
import { shell } from '../support/shell.js';
import { makeTown } from '../support/town.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const silent = { out: () => undefined, error: () => undefined };

function commandsBelow(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...commandsBelow(child)]);
}

describe('words', () => {
  it.each([
    ['mix pleroma.user list', 'user list'],
    ['pleroma.user tag lain mix', 'user tag lain mix'],
    ['user list', 'user list'],
    ['mix', ''],
    ['', ''],
  ])('"%s" means "%s"', (given, meant) => {
    expect(ownWords(given.split(' ').filter(Boolean))).toEqual(meant.split(' ').filter(Boolean));
  });
});

describe('help', () => {
  it('has an example on every level', async () => {
    const all = commandsBelow(createProgram(silent, () => Promise.resolve()));
    for (const command of all) {
      let text = '';
      command.configureOutput({
        writeOut: (part) => {
          text += part;
        },
      });
      command.outputHelp();
      expect(text, command.name()).toContain('Example:\n');
    }
    const { exit, stdout } = await shell(world, ['user', '--help']);
    expect([exit, stdout.includes('delete_activities [options] <nickname>')]).toEqual([0, true]);
  });

  it('offers --json on every user task', () => {
    const user = createProgram(silent, () => Promise.resolve()).commands.find(
      (command) => command.name() === 'user',
    );
    expect(user?.commands).toHaveLength(26);
    expect(
      user?.commands
        .filter((command) => !command.options.some(({ long }) => long === '--json'))
        .map((command) => command.name()),
    ).toEqual([]);
  });
});

describe('without a terminal', () => {
  it('a wrong command line is told on standard error, exit status 2, and changes nothing', async () => {
    await world.expectUnchanged(async () => {
      for (const words of [
        'user bogus',
        'user rm',
        'user tag',
        'user set alice --bogus',
        'user list too many',
        'user invite --max-use',
        'user new',
        'user new lain',
        'user new a@b.example --password x -y',
      ]) {
        expect(await shell(world, words.split(' ')), words).toMatchObject({
          exit: 2,
          stdout: '',
          stderr: expect.stringMatching(/^error: /) as string,
        });
      }
    });
  });

  it('a missing answer is a refusal, never a wait for one', async () => {
    const words = ['user', 'new', 'lain', 'lain@example.org', '--password', 'x'];
    expect(await world.expectUnchanged(() => shell(world, words))).toMatchObject({
      exit: 1,
      stderr: 'Nobody answered, and there is no terminal to ask at; give --assume-yes to go on.\n',
    });
    let stderr = '';
    const neverAnswers = new Readable({ read: () => undefined });
    const exit = await world.expectUnchanged(() =>
      runWords(
        words,
        {
          ...silent,
          error: (line) => {
            stderr += line;
          },
          input: neverAnswers,
        },
        (work) => work({ database: world.database, source: world.source } as Runtime),
      ),
    );
    expect([exit, stderr]).toEqual([
      1,
      'Nobody answered, and there is no terminal to ask at; give --assume-yes to go on.',
    ]);
  });

  it.each([
    ['y', true],
    ['Y', true],
    ['Yn', true],
    ['n', false],
    ['', false],
    ['no', false],
  ])('the answer "%s" piped in: %s', async (answer, isCreated) => {
    const { stdout, exit } = await shell(
      world,
      ['user', 'new', 'lain', 'lain@example.org', '--password', 'x'],
      `${answer}\n`,
    );
    expect([exit, stdout.split('Continue? [n]  ')[1]]).toEqual([
      0,
      isCreated ? 'User lain created\n' : 'User will not be created.\n',
    ]);
    expect(await world.rows('users', `nickname = 'lain'`)).toHaveLength(isCreated ? 1 : 0);
  });

  it('a documented task asks nothing', async () => {
    await makeTown(world);
    expect(await shell(world, ['user', 'rm', 'bob'])).toEqual({
      exit: 0,
      stdout: 'User bob deleted.\n',
      stderr: expect.stringMatching(/^QUEUED \(oban_jobs/) as string,
    });
  });
});

describe('--json', () => {
  it('prints what was done, and nothing else', async () => {
    await makeTown(world);
    const { stdout, exit } = await shell(world, ['user', 'tag', 'alice', 'One', '--json']);
    expect([exit, JSON.parse(stdout)]).toEqual([
      0,
      expect.objectContaining({ nickname: 'alice', isActive: true, tags: ['one'] }),
    ]);
    const list = JSON.parse((await shell(world, ['user', 'list', '--json'])).stdout) as {
      nickname: string;
    }[];
    expect(list.map(({ nickname }) => nickname)).toEqual([
      'admin',
      'mod',
      'alice',
      'bob',
      'carol',
      'dave',
      'erin',
      'frank',
      'grace',
      'heidi',
      'ivan',
      'mallory',
    ]);
  });

  it('tells failures as data, on standard error', async () => {
    const { exit, stdout, stderr } = await shell(world, ['user', 'rm', 'nobody', '--json']);
    expect([exit, stdout, JSON.parse(stderr)]).toEqual([
      1,
      '',
      { errors: [{ code: 'NOT_FOUND', message: 'No local user nobody', path: [] }] },
    ]);
    const taken = await shell(world, [
      'user',
      'new',
      'admin',
      'new@example.org',
      '--password',
      'x',
      '-y',
      '--json',
    ]);
    expect(JSON.parse(taken.stderr)).toEqual({
      errors: [
        {
          code: 'TAKEN',
          message: 'nickname has already been taken',
          path: ['users', '0', 'nickname'],
        },
      ],
    });
  });

  it('never shows a password', async () => {
    const { stdout } = await shell(world, [
      'user',
      'new',
      'lain',
      'lain@example.org',
      '--password',
      'sekret-1',
      '-y',
      '--json',
    ]);
    expect(stdout).not.toContain('sekret-1');
  });
});

it('progress: a line every thousand on standard error, nothing for short tasks', () => {
  const lines: string[] = [];
  const show = showProgress({ ...silent, error: (line) => lines.push(line) }, 'posts');
  for (let done = 50; done <= 2_050; done += 50) show(done, 2_050);
  showProgress({ ...silent, error: (line) => lines.push(line) }, 'posts')(50, 50);
  expect(lines).toEqual(['1,000 of 2,050 posts', '2,000 of 2,050 posts', '2,050 of 2,050 posts']);
});

it('completes commands and options', async () => {
  const printed: string[] = [];
  const log = console.log;
  console.log = (line: string) => void printed.push(line);
  try {
    await shell(world, ['complete', '--', 'user', 'deact']);
    await shell(world, ['complete', '--', 'user', 'set', 'lain', '--lo']);
    for (const name of ['bash', 'zsh', 'fish'])
      printed.push((await shell(world, ['complete', name])).stdout);
  } finally {
    console.log = log;
  }
  const text = printed.join('\n');
  for (const part of [
    'deactivate_all_from_instance',
    '--locked',
    'bash completion for steward',
    '#compdef steward',
    'fish completion for steward',
  ])
    expect(text).toContain(part);
});

it('goes on when its reader goes', () => {
  const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', 'set -o pipefail; "$0" "$1" schema | head -n 1', process.execPath, program],
    { encoding: 'utf8' },
  );
  expect([status, stdout, stderr]).toEqual([
    0,
    '"""State of an account. Of several that apply, the first in this list."""\n',
    '',
  ]);
});
