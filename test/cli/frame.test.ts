import { spawnSync } from 'node:child_process';
import { PassThrough, Readable } from 'node:stream';
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

/** A terminal at which somebody types these keys, one after another. */
async function atTerminal(
  words: readonly string[],
  keys: readonly string[],
): Promise<{ exit: number; stdout: string; stderr: string; screen: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let [screen, stdout, stderr] = ['', '', ''];
  const left = [...keys];
  output.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
  });
  const typing = setInterval(() => {
    if (screen.includes('?') || screen.includes('user new')) input.write(left.shift() ?? '');
  }, 100);
  const exit = await runWords(
    words,
    {
      out: (line) => {
        stdout += `${line}\n`;
      },
      error: (line) => {
        stderr += `${line}\n`;
      },
      terminal: { input, output },
    },
    (work) => work({ database: world.database, source: world.source } as Runtime),
  );
  clearInterval(typing);
  return { exit, stdout, stderr, screen };
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

describe('at a terminal', () => {
  it('asks before what cannot be undone, and does nothing on no', async () => {
    await makeTown(world);
    const refused = await world.expectUnchanged(() => atTerminal(['user', 'rm', 'bob'], ['n']));
    expect(refused).toMatchObject({ exit: 1, stdout: '', stderr: 'Nothing was done.\n' });
    expect(refused.screen).toContain('@bob, ');
    expect(refused.screen).toMatch(/0 statuses, \d followers?, last seen \d{4}-\d\d-\d\d/);
    expect(refused.screen).toContain('Delete the account bob for ever?');
    expect(await atTerminal(['user', 'rm', 'bob'], ['y'])).toMatchObject({
      exit: 0,
      stdout: 'User bob deleted.\n',
    });
    expect(await atTerminal(['user', 'rm', 'carol', '--yes'], [])).toMatchObject({
      exit: 0,
      stdout: 'User carol deleted.\n',
      screen: '',
    });
  });

  it('says how many before it asks, asks nothing where there are none, nothing for a dry run, and nothing about nobody', async () => {
    await makeTown(world);
    await world.user({ nickname: 'x@many.example' });
    const asked = await world.expectUnchanged(() => atTerminal(['user', 'confirm_all'], ['n']));
    expect(asked.screen).toMatch(/Confirm \d+ regular accounts?\?/);
    expect(
      (await world.expectUnchanged(() => atTerminal(['user', 'unconfirm_all'], ['n']))).screen,
    ).toMatch(/Make \d+ regular accounts? unconfirmed\?/);
    expect(
      (
        await world.expectUnchanged(() =>
          atTerminal(['user', 'deactivate_all_from_instance', 'many.example'], ['n']),
        )
      ).screen,
    ).toContain('Deactivate 1 account of many.example?');
    expect(
      await world.expectUnchanged(() =>
        atTerminal(['user', 'deactivate_all_from_instance', 'none.example'], []),
      ),
    ).toMatchObject({ exit: 0, screen: '' });
    expect(
      await world.expectUnchanged(() => atTerminal(['user', 'rm', 'bob', '--dry-run'], [])),
    ).toMatchObject({ exit: 0, screen: '', stdout: '(dry run) User bob deleted.\n' });
    expect(
      await world.expectUnchanged(() => atTerminal(['user', 'rm', 'nobody'], [])),
    ).toMatchObject({ exit: 1, screen: '', stderr: 'No local user nobody\n' });
  });

  it('asks for what is missing of a new account', async () => {
    const { exit, stdout, screen } = await atTerminal(
      ['user', 'new', 'lain@example.org', '--password', 'x', '-y'],
      ['lain', '\r'],
    );
    expect([
      exit,
      stdout.endsWith('User lain created\n'),
      screen.includes('nickname (user new <nickname> <email>)'),
    ]).toEqual([0, true, true]);
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

describe('tasks', () => {
  it('list: local accounts, oldest first, invisible and inactive ones too, none that is internal', async () => {
    for (const [nickname, more] of [
      ['zoe', { isLocked: true }],
      ['relay', { invisible: true }],
      ['gone', { isActive: false }],
      ['internal.fetch', {}],
      ['rob@far.example', {}],
      ['mod', { isModerator: true }],
    ] as const)
      await world.user({ nickname, ...more });
    expect((await shell(world, ['user', 'list'])).stdout).toBe(
      [
        'admin moderator: false, admin: true, locked: false, is_active: true',
        'zoe moderator: false, admin: false, locked: true, is_active: true',
        'relay moderator: false, admin: false, locked: false, is_active: true',
        'gone moderator: false, admin: false, locked: false, is_active: false',
        'mod moderator: true, admin: false, locked: false, is_active: true',
        '',
      ].join('\n'),
    );
  });

  it('invites and revoke_invite, by token or by id', async () => {
    await shell(world, ['user', 'invite', '--max-use', '5', '--expires-at', '2030-01-01']);
    await shell(world, ['user', 'invite']);
    const [first, second] = (await world.rows('user_invite_tokens')).map(({ token }) =>
      String(token),
    );
    expect((await shell(world, ['user', 'revoke_invite', '2'])).stdout).toBe(
      `Invite for token ${String(second)} was revoked.\n`,
    );
    expect((await shell(world, ['user', 'invites'])).stdout).toBe(
      `Invites list:\nID: 1 | Token: ${String(first)} | Token type: reusable_date_limited | Used: false | Expires at: 2030-01-01 | Max use: 5    Left use: 5\nID: 2 | Token: ${String(second)} | Token type: one_time | Used: true\n`,
    );
    expect((await shell(world, ['user', 'revoke_invite', String(first)])).stdout).toBe(
      `Invite for token ${String(first)} was revoked.\n`,
    );
    expect(await world.rows('user_invite_tokens', 'not used')).toEqual([]);
  });

  it.each([
    [[], []],
    [['--json'], []],
    [[], ['--json']],
    [[], ['--']],
  ])('revoke_invite takes a token that begins like an option (%j, %j)', async (before, after) => {
    const token = '-h--5PQ9pjrzv04PFS_RL18ahbIDACvwJqyOjcI2Q7M=';
    const stamps = { insertedAt: new Date(), updatedAt: new Date() };
    await world.database.prisma.invite.create({
      data: { token, inviteType: 'one_time', ...stamps },
      select: { id: true },
    });
    const words = after[0] === '--' ? ['--', token] : [...before, token, ...after];
    expect((await shell(world, ['user', 'revoke_invite', ...words])).exit).toBe(0);
    expect(await world.rows('user_invite_tokens', 'used')).toMatchObject([{ token }]);
  });

  it.each([
    ['2030-1-1', 'invalid_format'],
    ['tomorrow', 'invalid_format'],
    ['2030-02-30', 'invalid_date'],
  ])('invite refuses the day %s in the words of the instance', async (day, reason) => {
    expect(
      await world.expectUnchanged(() => shell(world, ['user', 'invite', '--expires-at', day])),
    ).toEqual({
      exit: 1,
      stdout: '',
      stderr: `Could not create invite token: {:error, :${reason}}\n`,
    });
  });

  it('invite refuses the year 0, which PostgreSQL does not know', async () => {
    expect(
      await world.expectUnchanged(() =>
        shell(world, ['user', 'invite', '--expires-at', '0000-01-01']),
      ),
    ).toEqual({
      exit: 1,
      stdout: '',
      stderr: 'Could not create invite token: {:error, :invalid_date}\n',
    });
  });

  it('toggle_activated and unsubscribe work again', async () => {
    await makeTown(world);
    expect((await shell(world, ['user', 'toggle_activated', 'dave'])).stdout).toBe(
      'Activation status of dave: activated\n',
    );
    expect((await shell(world, ['user', 'toggle_activated', 'dave'])).stdout).toBe(
      'Activation status of dave: deactivated\n',
    );
    expect((await shell(world, ['user', 'unsubscribe', 'mallory'])).stdout).toBe(
      'Deactivating mallory\nUnsubscribing alice from mallory\nSuccessfully unsubscribed all followers from mallory\n',
    );
  });

  it('refuses unknown and remote accounts in the words of the instance', async () => {
    await world.user({ nickname: 'rob@far.example' });
    await world.expectUnchanged(async () => {
      for (const name of [
        'rm',
        'delete_activities',
        'sign_out',
        'reset_password',
        'reset_mfa',
        'set',
      ]) {
        for (const nickname of ['nobody', 'rob@far.example'])
          expect(await shell(world, ['user', name, nickname])).toEqual({
            exit: 1,
            stdout: '',
            stderr: `No local user ${nickname}\n`,
          });
      }
      for (const name of ['activate', 'deactivate', 'toggle_activated', 'unsubscribe'])
        expect((await shell(world, ['user', name, 'nobody'])).stderr).toBe('No user nobody\n');
      for (const name of ['confirm', 'toggle_confirmed', 'send_confirmation'])
        expect((await shell(world, ['user', name, 'nobody'])).stderr).toBe(
          'No local user nobody\n',
        );
      for (const name of ['tag', 'untag'])
        expect((await shell(world, ['user', name, 'nobody', 'a'])).stderr).toBe(
          'Could not change user tags for nobody\n',
        );
      expect((await shell(world, ['user', 'fix_follow_state', 'admin', 'nobody'])).stderr).toBe(
        'No remote user nobody\n',
      );
    });
  });

  it('new is whole or not at all: roles, link and account', async () => {
    await shell(world, ['user', 'new', 'boss', 'boss@example.org', '--admin', '--moderator', '-y']);
    expect((await world.rows('users', `nickname = 'boss'`))[0]).toMatchObject({
      is_admin: true,
      is_moderator: true,
      bio: '',
      name: 'boss',
    });
    expect(await world.rows('password_reset_tokens')).toHaveLength(1);
    await world.expectUnchanged(() =>
      shell(world, ['user', 'new', 'BOSS', 'other@example.org', '-y']),
    );
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
    '"""What an account may do now; the first that holds."""\n',
    '',
  ]);
});
