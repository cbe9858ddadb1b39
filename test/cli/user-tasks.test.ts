import { describe, expect, it } from 'vitest';
import { shell } from '../support/shell.js';
import { makeTown } from '../support/town.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

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
