import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const users = '/api/v1/pleroma/admin/users';
const create = (...words: string[]) => cli(world, 'token', 'create', ...words);
const revoke = (...words: string[]) => cli(world, 'token', 'revoke', ...words);

/** Makes a token and hands it out with its number. */
async function made(...words: string[]): Promise<{ token: string; id: number }> {
  const { out, exit } = await create('--json', ...words);
  expect(exit).toBe(0);
  return JSON.parse(out[0] ?? '') as { token: string; id: number };
}

describe('steward token create', () => {
  it('prints a token that works at once, and stores it as the instance would, with an app of its own', async () => {
    const { out, error, exit } = await create(
      '--user',
      'admin',
      '--scopes',
      'admin:read admin:write:accounts,read',
      '--expires',
      '2030-12-31',
    );
    expect({ error, exit, lines: out.length }).toEqual({ error: [], exit: 0, lines: 2 });
    const [token = '', description] = out;
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(description).toBe(
      'id 1, @admin, admin:read admin:write:accounts read, until 2030-12-31T23:59:59.000Z',
    );
    expect(await world.rows('oauth_tokens')).toMatchObject([
      {
        id: 1,
        user_id: world.admin.id,
        token,
        refresh_token: expect.stringMatching(/^[\w-]{43}$/) as unknown,
        scopes: ['admin:read', 'admin:write:accounts', 'read'],
        valid_until: '2030-12-31T23:59:59',
      },
    ]);
    expect(await world.rows('apps')).toMatchObject([
      {
        client_name: 'Steward',
        redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
        scopes: ['admin:read', 'admin:write:accounts', 'read'],
        trusted: false,
        user_id: world.admin.id,
      },
    ]);
    expect(await world.rows('oauth_authorizations')).toEqual([]);
    expect(await world.rows('moderation_log')).toEqual([]);
    expect((await world.as(token).rest('GET', users)).status).toBe(200);
    expect(await world.as(token).rest('POST', `${users}/invite_token`, {})).toMatchObject({
      status: 403,
      body: { error: 'Insufficient permissions: admin:write:invites.' },
    });
  });

  it('gives admin for 90 days unless told otherwise, and prints JSON', async () => {
    const before = Date.now();
    const { out } = await create('--user', 'admin', '--json');
    const answer = JSON.parse(out[0] ?? '') as { expiresAt: string };
    expect(answer).toMatchObject({ id: 1, user: 'admin', scopes: ['admin'] });
    expect(Math.abs(Date.parse(answer.expiresAt) - before - 90 * 86_400_000)).toBeLessThan(60_000);
  });

  it('counts hours too', async () => {
    const { out } = await create('admin', '--json', '--expires-in', '12h');
    expect(
      Math.abs(
        Date.parse((JSON.parse(out[0] ?? '') as { expiresAt: string }).expiresAt) -
          Date.now() -
          12 * 3_600_000,
      ),
    ).toBeLessThan(60_000);
  });

  it('gives plain accounts what is no admin scope', async () => {
    await world.user({ nickname: 'alice' });
    const { token } = await made('--user', 'alice', '--scopes', 'read write');
    expect(await world.as(token).rest('GET', '/api/v1/accounts/verify_credentials')).toMatchObject({
      status: 200,
      body: { acct: 'alice' },
    });
    expect((await world.as(token).rest('GET', users)).body).toEqual({
      error: 'User is not a staff member.',
    });
  });

  it.each([
    ['an unknown account', ['--user', 'nobody'], 1, 'nobody'],
    ['a remote account', ['--user', 'bob@far.example', '--scopes', 'read'], 1, 'bob@far.example'],
    [
      'an inactive account',
      ['--user', 'asleep', '--scopes', 'read'],
      1,
      '@asleep cannot log in now.',
    ],
    [
      'an account that must set a new password',
      ['--user', 'reset', '--scopes', 'read'],
      1,
      '@reset cannot log in now.',
    ],
    [
      'admin scopes for a plain account',
      ['--user', 'alice'],
      1,
      '@alice is no member of the staff: admin scopes would be of no use.',
    ],
    [
      'no scope',
      ['--user', 'admin', '--scopes', ' '],
      2,
      'scopes must be a list such as "admin:read admin:write".',
    ],
    [
      'a scope that is none',
      ['--user', 'admin', '--scopes', 'read <b>'],
      2,
      'scopes must be a list such as "admin:read admin:write".',
    ],
    [
      'a day that is over',
      ['--user', 'admin', '--expires', '2020-01-01'],
      2,
      'expires must lie ahead.',
    ],
    [
      'no day of the calendar',
      ['--user', 'admin', '--expires', '2030-02-30'],
      2,
      'expires must be like 90d, 12h or 2030-12-31, not "2030-02-30".',
    ],
    [
      'no time at all',
      ['--user', 'admin', '--expires', 'soon'],
      2,
      'expires must be like 90d, 12h or 2030-12-31, not "soon".',
    ],
    ['no account', [], 2, 'missing: nickname (token create <nickname>)'],
    ['two accounts', ['admin', '--user', 'alice'], 2, 'the argument and --user name two accounts'],
  ])('refuses %s', async (_case, words, exit, message) => {
    await world.user({ nickname: 'alice' });
    await world.user({ nickname: 'asleep', isActive: false });
    await world.user({ nickname: 'reset', passwordResetPending: true });
    await world.user({ nickname: 'bob@far.example' });
    const answer = await world.expectUnchanged(() => create(...words));
    expect(answer).toMatchObject({ exit, out: [] });
    expect(answer.error.join('\n')).toContain(message);
  });
});

describe('steward token revoke', () => {
  it.each(['token', 'id'] as const)(
    'ends exactly this one, named by its %s, on the next request',
    async (by) => {
      const [first, second] = [await made('--user', 'admin'), await made('--user', 'admin')];
      expect(await revoke(String(first[by]))).toEqual({
        out: ['The token was revoked.'],
        error: [],
        exit: 0,
      });
      expect((await world.as(first.token).rest('GET', users)).status).toBe(403);
      expect((await world.as(second.token).rest('GET', users)).status).toBe(200);
      expect((await world.rows('oauth_tokens')).map(({ id }) => id)).toEqual([second.id]);
    },
  );

  it.each([
    [[], []],
    [['--json'], []],
    [[], ['--json']],
    [['--'], []],
  ])('takes a token that begins like an option (%j, %j)', async (before, after) => {
    const { id } = await made('--user', 'admin');
    const token = '-jyxgMutcV1jZOGYb8wTVI1TbGvGvkie5467kXe3bZk';
    await world.database.pool.query('update oauth_tokens set token = $1 where id = $2', [
      token,
      id,
    ]);
    expect((await revoke(...before, token, ...after)).exit).toBe(0);
    expect(await world.rows('oauth_tokens')).toEqual([]);
  });

  it.each(['999', 'nope', '', '0x1', '-1', '9999999999999999999'])(
    'says so when there is no token %j',
    async (name) => {
      await made('--user', 'admin');
      const answer = await world.expectUnchanged(() => revoke('--', name));
      expect(answer).toEqual({ out: [], error: ['There is no such token.'], exit: 1 });
    },
  );
});
