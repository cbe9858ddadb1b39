import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runWords } from '../../src/cli/program.js';
import type { Runtime } from '../../src/cli/runtime.js';
import { makeTown } from '../support/town.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

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
