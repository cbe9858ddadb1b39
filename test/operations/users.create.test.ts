import { describe, expect, it } from 'vitest';
import { verifyPassword } from '../../src/auth/password.js';
import { decodeTerm } from '../../src/erlang/decode.js';
import { asText, equals, atom, type Term } from '../../src/erlang/term.js';
import { baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const create = `mutation ($input: UsersCreateInput!) { usersCreate(input: $input) { users { nickname email status } errors { __typename code path message } } }`;
const person = (nickname: string) => ({
  nickname,
  email: `${nickname}@mail.example`,
  password: 'correct horse',
});

describe('a new local account has all it needs to log in and federate', () => {
  it('has addresses, a hash its family reads, and keys', async () => {
    const admin = await world.asAdmin();
    expect(await admin.data(create, { input: { users: [person('newbie')] } })).toEqual({
      usersCreate: {
        users: [{ nickname: 'newbie', email: 'newbie@mail.example', status: 'ACTIVE' }],
        errors: [],
      },
    });
    const [row] = await world.rows('users', `nickname = 'newbie'`);
    expect(row).toMatchObject({
      local: true,
      is_active: true,
      is_confirmed: true,
      is_approved: true,
      confirmation_token: null,
      name: 'newbie',
      bio: '.',
      raw_bio: null,
      inbox: null,
      uri: null,
      tags: [],
      ap_id: `${baseUrl}/users/newbie`,
      follower_address: `${baseUrl}/users/newbie/followers`,
      following_address: `${baseUrl}/users/newbie/following`,
      featured_address: `${baseUrl}/users/newbie/collections/featured`,
      avatar: {},
      banner: {},
      background: {},
      actor_type: 'Person',
      default_scope: 'public',
      email_notifications: { digest: false },
      multi_factor_authentication_settings: {},
      follower_count: 0,
      note_count: 0,
      hide_favorites: true,
      is_discoverable: false,
    });
    const hash = String(row?.['password_hash']);
    expect(hash).toMatch(
      world.family === 'akkoma'
        ? /^\$argon2id\$v=19\$m=65536,t=8,p=2\$[\w+/]{22}\$[\w+/]{43}$/
        : /^\$pbkdf2-sha512\$160000\$[\w./]{22}\$[\w./]{86}$/,
    );
    expect(await verifyPassword('correct horse', hash)).toBe(true);
    expect(await verifyPassword('wrong', hash)).toBe(false);
    const keys =
      world.family === 'akkoma'
        ? (await world.rows('signing_keys'))[0]
        : { private_key: row?.['keys'] };
    expect(keys?.['private_key']).toMatch(
      /^-----BEGIN RSA PRIVATE KEY-----\n[\s\S]+-----END RSA PRIVATE KEY-----$/,
    );
    if (world.family === 'akkoma') {
      expect(keys).toMatchObject({
        key_id: `${baseUrl}/users/newbie#main-key`,
        user_id: row?.['id'],
        public_key: expect.stringMatching(/^-----BEGIN PUBLIC KEY-----\n[\s\S]+\n\n$/) as unknown,
      });
    } else {
      expect(row).toMatchObject({ accepts_chat_messages: true });
    }
  });

  it("is told by the instance's own mailer, and logged once (§1.6, §2.5, §7)", async () => {
    const admin = await world.asAdmin();
    await admin.data(create, { input: { users: [person('newbie')] } });
    const [job, ...others] = await world.rows('oban_jobs');
    expect(others).toEqual([]);
    expect(job).toMatchObject({
      worker: 'Pleroma.Workers.MailerWorker',
      queue: world.family === 'akkoma' ? 'mailer' : 'background',
      state: 'available',
      max_attempts: world.family === 'akkoma' ? 1 : 20,
      args: { op: 'email', config: [] },
    });
    const mail = decodeTerm(
      Buffer.from((job?.['args'] as { encoded_email: string }).encoded_email, 'base64'),
    );
    expect(asText(field(mail, 'subject'))).toBe(
      `Account registered on ${world.family === 'pleroma' ? 'Pleroma' : 'Akkoma'}`,
    );
    expect(asText(field(mail, 'html_body'))).toContain('Hello @newbie,');
    const log = await world.rows('moderation_log');
    expect(log).toHaveLength(1);
    expect(log[0]?.['data']).toMatchObject({
      action: 'create',
      message: '@admin created users: @newbie',
      subjects: [{ nickname: 'newbie', type: 'user' }],
    });
  });

  it('waits for confirmation when the instance asks for it (§2.4)', async () => {
    await world.config(':instance', { account_activation_required: true });
    const admin = await world.asAdmin();
    expect(await admin.data(create, { input: { users: [person('newbie')] } })).toMatchObject({
      usersCreate: { users: [{ status: 'CONFIRMATION_PENDING' }] },
    });
    const [row] = await world.rows('users', `nickname = 'newbie'`);
    expect(row).toMatchObject({
      is_confirmed: false,
      confirmation_token: expect.stringMatching(/^[\w-]{43}=$/) as unknown,
    });
  });

  it('waits for approval when the instance asks for it, and the staff is told', async () => {
    await world.config(':instance', { account_approval_required: true });
    const admin = await world.asAdmin();
    expect(await admin.data(create, { input: { users: [person('newbie')] } })).toMatchObject({
      usersCreate: { users: [{ status: 'APPROVAL_PENDING' }] },
    });
    expect(await world.rows('oban_jobs')).toHaveLength(2);
  });

  it('follows whom everyone follows, with the counters of both (§2.5)', async () => {
    await world.user({ nickname: 'welcome' });
    await world.config(':instance', { autofollowed_nicknames: ['welcome'] });
    const admin = await world.asAdmin();
    await admin.data(create, { input: { users: [person('newbie')] } });
    expect(await world.rows('following_relationships')).toMatchObject([{ state: 2 }]);
    expect(await world.rows('users', `nickname = 'welcome'`)).toMatchObject([
      { follower_count: 1 },
    ]);
    expect(await world.rows('users', `nickname = 'newbie'`)).toMatchObject([
      { following_count: 1 },
    ]);
  });
});

describe('all or none', () => {
  it('names every fault with its path and creates nobody', async () => {
    await world.user({ nickname: 'taken' });
    const admin = await world.asAdmin();
    const users = [
      person('good'),
      { ...person('bad name'), password: '' },
      { ...person('fine'), email: 'no-address' },
    ];
    const { usersCreate } = await world.expectUnchanged(() =>
      admin.data<{ usersCreate: unknown }>(create, { input: { users } }),
    );
    expect(usersCreate).toEqual({
      users: null,
      errors: [
        {
          __typename: 'ValidationError',
          code: 'INVALID',
          path: ['users', '1', 'nickname'],
          message: 'nickname has invalid format',
        },
        {
          __typename: 'ValidationError',
          code: 'INVALID',
          path: ['users', '1', 'email'],
          message: 'email has invalid format',
        },
        {
          __typename: 'ValidationError',
          code: 'INVALID',
          path: ['users', '1', 'password'],
          message: "password can't be blank",
        },
        {
          __typename: 'ValidationError',
          code: 'INVALID',
          path: ['users', '2', 'email'],
          message: 'email has invalid format',
        },
      ],
    });
    const answer = await world.expectUnchanged(() =>
      admin.data<{ usersCreate: unknown }>(create, {
        input: { users: [person('good'), person('TAKEN'), person('Good')] },
      }),
    );
    expect(answer.usersCreate).toMatchObject({
      errors: [
        { __typename: 'ConflictError', code: 'TAKEN', path: ['users', '1', 'nickname'] },
        { code: 'TAKEN', path: ['users', '1', 'email'] },
        { path: ['users', '2', 'nickname'] },
        { path: ['users', '2', 'email'] },
      ],
    });
  });

  it('of 100 with one bad none remains, on every door of HTTP', async () => {
    const admin = await world.asAdmin();
    const users = Array.from({ length: 100 }, (_, index) =>
      index === 57 ? { ...person('admin'), email: 'other@mail.example' } : person(`bulk${index}`),
    );
    await world.expectUnchanged(async () => {
      expect(await admin.data(create, { input: { users } })).toMatchObject({
        usersCreate: { users: null, errors: [{ path: ['users', '57', 'nickname'] }] },
      });
      for (const prefix of ['/api/pleroma/admin', '/api/v1/pleroma/admin']) {
        const { status, body } = await admin.rest('POST', `${prefix}/users`, { users });
        expect(status).toBe(409);
        expect(
          (body as { error: string }[]).map(({ error }) => error).filter((error) => error !== ''),
        ).toEqual(['nickname has already been taken']);
      }
    });
  });

  it('refuses an empty list and one of 101', async () => {
    const admin = await world.asAdmin();
    for (const size of [0, 101]) {
      const users = Array.from({ length: size }, (_, index) => person(`many${index}`));
      const { usersCreate } = await world.expectUnchanged(() =>
        admin.data<{ usersCreate: unknown }>(create, { input: { users } }),
      );
      expect(usersCreate).toEqual({
        users: null,
        errors: [
          {
            __typename: 'ValidationError',
            code: 'INVALID',
            path: ['users'],
            message: `users must hold 1 to 100 accounts, not ${size}.`,
          },
        ],
      });
    }
  });

  it('gives one nickname to exactly one of 8 who want it at once', async () => {
    const admin = await world.asAdmin();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        admin.rest('POST', '/api/v1/pleroma/admin/users', {
          users: [{ ...person('wanted'), email: `w${index}@mail.example` }],
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200, 409, 409, 409, 409, 409, 409, 409,
    ]);
    expect(await world.rows('users', `nickname = 'wanted'`)).toHaveLength(1);
    expect(await world.rows('moderation_log')).toHaveLength(1);
    expect(await world.rows('oban_jobs')).toHaveLength(1);
  });
});

describe('REST', () => {
  it('answers the nickname to the flat form of June 2019', async () => {
    const admin = await world.asAdmin();
    expect(await admin.rest('POST', '/api/pleroma/admin/users', person('flat'))).toMatchObject({
      status: 200,
      body: 'flat',
    });
    expect(await admin.rest('POST', '/api/v1/pleroma/admin/users', person('flat2'))).toMatchObject({
      status: 400,
      body: { errors: { detail: 'Internal server error' } },
    });
  });

  it('answers results in input order to the list', async () => {
    const admin = await world.asAdmin();
    const { status, body } = await admin.rest('POST', '/api/pleroma/admin/users', {
      users: [person('zoe'), person('abe')],
    });
    expect(status).toBe(200);
    expect(body).toEqual(
      ['zoe', 'abe'].map((nickname) => ({
        type: 'success',
        code: 200,
        data: { nickname, email: `${nickname}@mail.example` },
      })),
    );
  });

  it('names a missing field', async () => {
    const admin = await world.asAdmin();
    const refused = await world.expectUnchanged(() =>
      admin.rest('POST', '/api/v1/pleroma/admin/users', {
        users: [{ nickname: 'x', password: 'y' }],
      }),
    );
    expect(refused).toMatchObject({
      status: 400,
      body: { error: 'Missing field: email.', errors: [{ source: { pointer: '/users/0/email' } }] },
    });
  });
});

function field(struct: Term, name: string): Term | undefined {
  return struct.kind === 'map'
    ? struct.entries.find(([key]) => equals(key, atom(name)))?.[1]
    : undefined;
}
