import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from '../../src/server/app.js';
import { createLogger } from '../../src/server/log.js';
import { maskSecrets } from '../../src/server/mask-secrets.js';
import { createClient, type Client } from '../support/client.js';
import { testLogger } from '../support/log-sink.js';
import { adminSecret, useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin';
const token = 'pBxwOJgDmEDTmUhwwzSPIcGsbaSVK70l1U4gMVctfEM';
const invite = 'mutation { inviteCreate(input: {}) { invite { token } } }';

/** Tables that refuse what the requests below write: PostgreSQL's complaint then quotes the whole row. */
const refusals = {
  users: `nickname <> 'broken'`,
  user_invite_tokens: `invite_type <> 'one_time'`,
  password_reset_tokens: 'used',
  oauth_tokens: 'false',
};

afterEach(async () => {
  for (const table of Object.keys(refusals))
    await world.database.pool.query(`alter table ${table} drop constraint if exists refusing`);
});

async function breakTables(): Promise<void> {
  for (const [table, rule] of Object.entries(refusals))
    await world.database.pool.query(
      `alter table ${table} add constraint refusing check (${rule}) not valid`,
    );
}

/** The admin's client of an app that also hands out its lines. */
async function loggingAdmin(): Promise<{ readonly admin: Client; readonly lines: string[] }> {
  const lines: string[] = [];
  const log = testLogger((line) => void lines.push(line));
  const app = createApp({
    database: world.source.database,
    source: world.source,
    waysIn: { adminSecret, basicAuth: true },
    log,
  });
  return { admin: createClient(app, await world.token(world.admin)), lines };
}

describe('what nobody expected is logged with the id of the request, and without a secret', () => {
  it.each<[string, (admin: Client) => Promise<{ status: number }>]>([
    [
      'a password and its hash',
      (admin) =>
        admin.rest('POST', `${v1}/users`, {
          users: [
            { nickname: 'broken', email: 'broken@mail.example', password: 'correct horse battery' },
          ],
        }),
    ],
    ['an invite', (admin) => admin.rest('POST', `${v1}/users/invite_token`, {})],
    ['an invite in GraphQL', (admin) => admin.graphql(invite)],
    ['a link for a new password', (admin) => admin.rest('GET', `${v1}/users/alice/password_reset`)],
    [
      'a bearer token',
      async (admin) => {
        const { body } = await admin.rest('POST', '/api/v1/apps', {
          client_name: 'x',
          redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
          scopes: 'read',
        });
        return admin.rest('POST', '/oauth/token', {
          ...(body as object),
          grant_type: 'client_credentials',
        });
      },
    ],
  ])('%s', async (_case, ask) => {
    await world.user({ nickname: 'alice' });
    const { admin, lines } = await loggingAdmin();
    await breakTables();
    const { status } = await ask(admin);
    expect([200, 500]).toContain(status);
    expect(lines).toHaveLength(1);
    const { msg, requestId, err } = JSON.parse(lines[0] ?? '') as {
      msg: string;
      requestId: string;
      err: { type: string; message: string };
    };
    expect(msg).toMatch(/^unexpected error in a (route|resolver)$/);
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(err).toMatchObject({
      type: 'PrismaClientKnownRequestError',
      code: 'P2039',
      message: expect.stringContaining('violates check constraint "refusing"') as unknown,
    });
    expect(lines[0]).toContain('\\n    at ');
    expect(lines[0]).not.toMatch(/Failing row|[\w-]{43}|\$argon2|\$pbkdf2|correct horse/);
  });
});

describe('a line', () => {
  const logged = (fields: object, message = 'words'): Record<string, unknown> => {
    let line = '';
    createLogger('info', { write: (text) => void (line = text) }).info(fields, message);
    return JSON.parse(line) as Record<string, unknown>;
  };

  it('censors the fields that carry secrets, two levels deep', () => {
    expect(
      logged({
        password: 'x',
        user: { nickname: 'alice', password_hash: 'x' },
        req: { headers: { authorization: 'x', 'x-admin-token': 'x', accept: 'y' } },
      }),
    ).toMatchObject({
      password: '[Redacted]',
      user: { nickname: 'alice', password_hash: '[Redacted]' },
      req: { headers: { authorization: '[Redacted]', 'x-admin-token': '[Redacted]', accept: 'y' } },
    });
  });

  it('tells of an error and its causes where and why, but nothing else they hold', () => {
    const cause = Object.assign(new Error('refused'), {
      code: '23514',
      detail: 'Failing row contains (x)',
    });
    const { err } = logged({
      err: Object.assign(new TypeError('outer', { cause }), { query: 'select', response: 'x' }),
    }) as { err: { cause: object } };
    expect(Object.keys(err)).toEqual(['type', 'message', 'stack', 'cause']);
    expect(err.cause).toMatchObject({ type: 'Error', message: 'refused', code: '23514' });
    expect(Object.keys(err.cause)).toEqual(['type', 'message', 'code', 'stack']);
    expect(logged({ err: 'a text that was thrown' })['err']).toEqual({ type: 'string' });
  });

  it.each([
    [`token ${token}.`, 'token [secret].'],
    [`${token}= and ${token}%3D`, '[secret] and [secret]'],
    [`at the end of a line\n${token}`, 'at the end of a line\n[secret]'],
    ['Authorization: Bearer abcd', 'Authorization: Bearer [secret]'],
    ['Basic YWxpY2U6cGE6c3M=', 'Basic [secret]'],
    ['smtp://mail:pa:ss@host:25', 'smtp://mail:[secret]@host:25'],
    ['postgres://akkoma:p%40ss@localhost/akkoma', 'postgres://akkoma:[secret]@localhost/akkoma'],
    [
      'hash $argon2id$v=19$m=65536,t=8,p=2$83v7+C/PkutvzN1v1Lz2Lw$4L2bNkYE4+/Wf1We',
      'hash [secret]',
    ],
    ['hash $2b$12$GhvMmNVjRW29ulnudl.Lbu', 'hash [secret]'],
  ])('masks what looks like a secret: %j', (text, expected) => {
    expect(logged({}, text)['msg']).toBe(expected);
    expect(maskSecrets(text)).toBe(expected);
  });

  it.each([
    '0000016d-437c-fb7d-5f1c-1e3b242a0000',
    '9n2ciuz1wdesFnrGJU',
    'https://home.example/activities/0f3c2a55-7b0f-4a0a-9a53-0b8c3f5b0a11',
    'basic needs',
    `${token}${token}`,
  ])('leaves %j alone', (text) => {
    expect(logged({}, text)['msg']).toBe(text);
  });
});
