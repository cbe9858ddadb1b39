import { describe, expect, it } from 'vitest';
import { giveModerators } from '../support/privileges.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const create =
  'mutation ($input: InviteCreateInput!) { inviteCreate(input: $input) { invite { databaseId token link type status uses maxUse remaining expiresAt } errors { code path message } } }';
const revoke =
  'mutation ($input: InviteRevokeInput!) { inviteRevoke(input: $input) { invite { databaseId status remaining } errors { code path message } } }';
const legacy = '/api/pleroma/admin/users';
const v1 = '/api/v1/pleroma/admin/users';

const addInvite = async (values: {
  type: string;
  token?: string;
  uses?: number;
  maxUse?: number;
  expiresAt?: string;
  used?: boolean;
}) => {
  const {
    token = `token-${values.type}`,
    type,
    uses = 0,
    maxUse,
    expiresAt,
    used = false,
  } = values;
  await world.database.pool.query(
    `insert into user_invite_tokens (token, used, uses, max_use, expires_at, invite_type, inserted_at, updated_at) values ($1, $2, $3, $4, $5, $6, '2020-01-01', '2020-01-01')`,
    [token, used, uses, maxUse ?? null, expiresAt ?? null, type],
  );
  return token;
};

describe('creating', () => {
  it.each([
    [{}, { type: 'ONE_TIME', remaining: 1, maxUse: null, expiresAt: null }],
    [{ maxUse: 3 }, { type: 'REUSABLE', remaining: 3, maxUse: 3, expiresAt: null }],
    [
      { expiresAt: '2130-02-28' },
      { type: 'DATE_LIMITED', remaining: null, maxUse: null, expiresAt: '2130-02-28' },
    ],
    [
      { maxUse: 3, expiresAt: '2130-02-28' },
      { type: 'REUSABLE_DATE_LIMITED', remaining: 3, maxUse: 3, expiresAt: '2130-02-28' },
    ],
  ])('the limits %j decide the type', async (input, expected) => {
    const admin = await world.asAdmin();
    const { inviteCreate } = await admin.data<{
      inviteCreate: { invite: { token: string }; errors: unknown[] };
    }>(create, { input });
    const { token } = inviteCreate.invite;
    expect(token).toMatch(/^[\w-]{43}=$/);
    expect(inviteCreate).toEqual({
      invite: {
        databaseId: '1',
        token,
        link: `https://home.example/registration/${encodeURIComponent(token)}`,
        status: 'ACTIVE',
        uses: 0,
        ...expected,
      },
      errors: [],
    });
    expect(await world.rows('user_invite_tokens')).toMatchObject([
      {
        id: 1,
        token,
        used: false,
        uses: 0,
        max_use: expected.maxUse,
        expires_at: expected.expiresAt,
        invite_type: expected.type.toLowerCase(),
      },
    ]);
    expect(await world.rows('moderation_log')).toEqual([]);
  });

  it.each([
    [{ maxUse: 0 }, ['maxUse']],
    [{ maxUse: -1 }, ['maxUse']],
    [{ expiresAt: '2001-01-01' }, ['expiresAt']],
  ])('GraphQL refuses limits that let nobody in: %j', async (input, path) => {
    const admin = await world.asAdmin();
    const { inviteCreate } = await world.expectUnchanged(() =>
      admin.data<{ inviteCreate: unknown }>(create, { input }),
    );
    expect(inviteCreate).toMatchObject({ invite: null, errors: [{ code: 'INVALID', path }] });
  });

  it('the v1 path answers the object, also for limits that let nobody in', async () => {
    const admin = await world.asAdmin();
    const { status, body } = await admin.rest('POST', `${v1}/invite_token`, {
      max_use: '0',
      expires_at: '2001-01-01',
    });
    const [row] = await world.rows('user_invite_tokens');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        id: 1,
        token: row?.['token'],
        used: false,
        expires_at: '2001-01-01',
        uses: 0,
        max_use: 0,
        invite_type: 'reusable_date_limited',
      },
    });
  });

  it("the documents' path answers GET with the bare token; on v1 GET makes nothing", async () => {
    const admin = await world.asAdmin();
    const { body: token } = await admin.rest(
      'GET',
      `${legacy}/invite_token?invite[max_use]=2&invite[expires_at]=2130-04-07`,
    );
    const [row] = await world.rows('user_invite_tokens', `token = '${String(token)}'`);
    expect(row).toMatchObject({
      max_use: 2,
      expires_at: '2130-04-07',
      invite_type: 'reusable_date_limited',
    });
    await world.expectUnchanged(async () => {
      const answer = await admin.rest('GET', `${v1}/invite_token?max_use=2`);
      expect(answer).toMatchObject({ status: 404, body: { error: 'Not found' } });
    });
    for (const path of [legacy, v1]) {
      expect(await admin.rest('POST', `${path}/invite_token`, { max_use: 4 })).toMatchObject({
        status: 200,
        body: { max_use: 4, invite_type: 'reusable' },
      });
    }
  });

  it('refuses the year 0, which PostgreSQL does not know, on both paths', async () => {
    const admin = await world.asAdmin();
    for (const path of [v1, '/api/pleroma/admin/users']) {
      const { status, body } = await world.expectUnchanged(() =>
        admin.rest('POST', `${path}/invite_token`, { expires_at: '0000-01-01' }),
      );
      expect([path, status, JSON.stringify(body)]).toEqual([
        path,
        400,
        expect.stringContaining('It must lie in the years 0001 to 9999 (UTC)'),
      ]);
    }
  });

  it.each([
    [{ max_use: 'many' }, 'max_use - Invalid integer. Got: string.'],
    [{ expires_at: '2023-02-29' }, 'expires_at - Invalid format. Expected :date.'],
    [{ expires_at: 'tomorrow' }, 'expires_at - Invalid format. Expected :date.'],
    [{ expires_at: 5 }, 'expires_at - Invalid string. Got: integer.'],
  ])("v1 refuses %j in Akkoma's words, the documents' path as a text", async (body, error) => {
    const admin = await world.asAdmin();
    const answer = await world.expectUnchanged(() =>
      admin.rest('POST', `${v1}/invite_token`, body),
    );
    expect(answer).toMatchObject({
      status: 400,
      body: {
        error,
        errors: [{ title: 'Invalid value', source: { pointer: `/${Object.keys(body)[0] ?? ''}` } }],
      },
    });
    const [[name, value] = ['', '']] = Object.entries(body);
    if (typeof value === 'string')
      expect(
        await admin.rest('GET', `${legacy}/invite_token?invite[${name}]=${value}`),
      ).toMatchObject({ status: 400, body: `Invalid parameters: ${error}` });
  });

  it('a number no column holds is refused, not a crash', async () => {
    const admin = await world.asAdmin();
    expect(
      (
        await world.expectUnchanged(() =>
          admin.rest('POST', `${v1}/invite_token`, { max_use: 2 ** 31 }),
        )
      ).status,
    ).toBe(400);
  });
});

describe('listing and status', () => {
  const list =
    'query ($filter: InviteFilter, $first: Int, $after: String) { invites(filter: $filter, first: $first, after: $after) { totalCount nodes { databaseId type status remaining } pageInfo { hasNextPage endCursor } } }';
  interface Answer {
    invites: {
      totalCount: number;
      nodes: { databaseId: string; status: string; remaining: number | null }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }
  const today = new Date().toISOString().slice(0, 10);
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const all = [
    [{ type: 'one_time' }, 'ACTIVE', 1],
    [{ type: 'one_time', used: true }, 'USED', 0],
    [{ type: 'reusable', maxUse: 5, uses: 2 }, 'ACTIVE', 3],
    [{ type: 'reusable', maxUse: 5, uses: 5, used: true }, 'USED', 0],
    [{ type: 'reusable', maxUse: 5, uses: 2, used: true }, 'REVOKED', 0],
    [{ type: 'reusable', maxUse: 0 }, 'USED', 0],
    [{ type: 'date_limited', expiresAt: today }, 'ACTIVE', null],
    [{ type: 'date_limited', expiresAt: yesterday }, 'EXPIRED', 0],
    [{ type: 'date_limited', expiresAt: yesterday, used: true }, 'REVOKED', 0],
    [{ type: 'reusable_date_limited', expiresAt: today, maxUse: 2, uses: 1 }, 'ACTIVE', 1],
    [{ type: 'reusable_date_limited', expiresAt: yesterday, maxUse: 2, uses: 1 }, 'EXPIRED', 0],
  ] as const;

  it('says what became of each, and the filter finds exactly those', async () => {
    for (const [index, [values]] of all.entries())
      await addInvite({ ...values, token: `t${String(index)}` });
    const admin = await world.asAdmin();
    const { invites } = await admin.data<Answer>(list);
    expect(invites.totalCount).toBe(all.length);
    expect(invites.nodes.map(({ status, remaining }) => [status, remaining]).reverse()).toEqual(
      all.map(([, status, remaining]) => [status, remaining]),
    );
    for (const status of ['ACTIVE', 'USED', 'REVOKED', 'EXPIRED']) {
      const found = await admin.data<Answer>(list, { filter: { status: [status] } });
      const expected = invites.nodes
        .filter((node) => node.status === status)
        .map(({ databaseId }) => databaseId);
      expect([
        status,
        found.invites.totalCount,
        found.invites.nodes.map(({ databaseId }) => databaseId),
      ]).toEqual([status, expected.length, expected]);
    }
    expect(
      (
        await admin.data<Answer>(list, {
          filter: { type: ['DATE_LIMITED'], status: ['EXPIRED', 'REVOKED'] },
        })
      ).invites.totalCount,
    ).toBe(2);
    expect((await admin.data<Answer>(list, { filter: { status: [] } })).invites.totalCount).toBe(
      invites.nodes.length,
    );
  });

  it('pages by cursor, newest first; REST gives all, oldest first', async () => {
    for (let index = 0; index < 5; index += 1)
      await addInvite({ type: 'one_time', token: `t${String(index)}` });
    const admin = await world.asAdmin();
    const first = await admin.data<Answer>(list, { first: 3 });
    const second = await admin.data<Answer>(list, {
      first: 3,
      after: first.invites.pageInfo.endCursor,
    });
    expect(
      [...first.invites.nodes, ...second.invites.nodes].map(({ databaseId }) => databaseId),
    ).toEqual(['5', '4', '3', '2', '1']);
    expect([first.invites.pageInfo.hasNextPage, second.invites.pageInfo.hasNextPage]).toEqual([
      true,
      false,
    ]);
    expect((await admin.graphql(list, { first: 101 })).errors).toMatchObject([
      { extensions: { code: 'INVALID' } },
    ]);
    for (const path of [legacy, v1]) {
      const { body } = await admin.rest('GET', `${path}/invites`);
      expect((body as { invites: { id: number }[] }).invites.map(({ id }) => id)).toEqual([
        1, 2, 3, 4, 5,
      ]);
    }
  });
});

describe('revoking', () => {
  it('marks the invite used, by token, number or global id, and twice', async () => {
    const token = await addInvite({ type: 'reusable', maxUse: 5, uses: 2 });
    const admin = await world.asAdmin();
    for (const invite of [
      { token },
      { databaseId: '1' },
      { id: Buffer.from('Invite:1').toString('base64') },
    ]) {
      expect(await admin.data(revoke, { input: { invite } })).toEqual({
        inviteRevoke: { invite: { databaseId: '1', status: 'REVOKED', remaining: 0 }, errors: [] },
      });
    }
    expect(await world.rows('user_invite_tokens')).toMatchObject([
      { used: true, uses: 2, max_use: 5 },
    ]);
    expect(await world.rows('moderation_log')).toEqual([]);
  });

  it('answers an unknown one as each dialect does', async () => {
    const admin = await world.asAdmin();
    expect(await admin.data(revoke, { input: { invite: { token: 'x' } } })).toMatchObject({
      inviteRevoke: { invite: null, errors: [{ code: 'NOT_FOUND', path: ['invite', 'token'] }] },
    });
    expect(await admin.rest('POST', `${v1}/revoke_invite`, { token: 'x' })).toMatchObject({
      status: 404,
      body: { error: 'Not found' },
    });
    expect(await admin.rest('POST', `${legacy}/revoke_invite`, { token: 'x' })).toMatchObject({
      status: 404,
      body: 'Not found',
    });
    expect(await admin.rest('POST', `${v1}/revoke_invite`, {})).toMatchObject({
      status: 400,
      body: { error: 'Missing field: token.' },
    });
  });
});

it('a moderator may do all of this, a token without the scope may not', async () => {
  await giveModerators(world, 'users_manage_invites');
  const mod = world.as(await world.token(await world.user({ nickname: 'mod', isModerator: true })));
  expect((await mod.rest('POST', `${v1}/invite_token`, {})).status).toBe(200);
  const narrow = world.as(await world.token(world.admin, ['admin:write:accounts']));
  expect(await narrow.rest('POST', `${v1}/invite_token`, {})).toMatchObject({
    status: 403,
    body: { error: 'Insufficient permissions: admin:write:invites.' },
  });
  const { errors } = await narrow.graphql(
    `{ node(id: "${Buffer.from('Invite:1').toString('base64')}") { id } }`,
  );
  expect(errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN', requiredScope: 'admin:read:invites' } },
  ]);
});
