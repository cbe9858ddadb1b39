import { describe, expect, it } from 'vitest';
import { baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const prefixes = ['/api/pleroma/admin', '/api/v1/pleroma/admin'];
const path = (prefix = '/api/v1/pleroma/admin') => `${prefix}/users/alice/credentials`;
const update =
  'mutation ($input: UserUpdateCredentialsInput!) { userUpdateCredentials(input: $input) { user { credentials { fields rawFields acceptsDirectMessagesFrom statusTtlDays permitFollowback } } errors { code path message } } }';
const user = { nickname: 'alice' };
const row = async () => (await world.rows('users', `nickname = 'alice'`))[0] ?? {};
const tag = (name: string) =>
  `<a class="hashtag" data-tag="${name}" href="${baseUrl}/tag/${name}" rel="tag ugc">#${name}</a>`;
const card = (account: { databaseId: string; apId: string }, shown: string) =>
  `<span class="h-card"><a class="u-url mention" data-user="${account.databaseId}" href="${account.apId}" rel="ugc">@<span>${shown}</span></a></span>`;

type Admin = Awaited<ReturnType<typeof world.asAdmin>>;
const doors: readonly { door: string; change: (admin: Admin, bio: string) => Promise<unknown> }[] =
  [
    ...prefixes.map((prefix) => ({
      door: prefix,
      change: (admin: Admin, bio: string) => admin.rest('PATCH', path(prefix), { bio }),
    })),
    { door: 'GraphQL', change: (admin, bio) => admin.data(update, { input: { user, bio } }) },
  ];

describe.each(doors)('a biography set through $door', ({ change }) => {
  it('gets links for addresses, hashtags and known accounts, as the instance makes them', async () => {
    const alice = await world.user(user);
    const rob = await world.user({ nickname: 'rob@remote.example' });
    await change(
      await world.asAdmin(),
      'http://a.example #t @alice\n@rob@remote.example @alice@home.example @nobody <b>"x"',
    );
    expect((await row())['bio']).toBe(
      `<a href="http://a.example">http://a.example</a> ${tag('t')} ${card(alice, 'alice')}<br>` +
        `${card(rob, 'rob@remote.example')} ${card(alice, 'alice@home.example')} @nobody &lt;b&gt;&quot;x&quot;`,
    );
  });

  it('stays as it is when the stored one or its text is sent back', async () => {
    await world.user(user);
    const admin = await world.asAdmin();
    await change(admin, 'see http://a.example & #t');
    const { bio } = await row();
    await world.database.pool.query(`update users set updated_at = '2020-01-01'`);
    await change(admin, String(bio));
    await change(admin, 'see http://a.example & #t');
    expect(await row()).toMatchObject({ bio, updated_at: '2020-01-01T00:00:00' });
  });
});

describe('the profile fields of an account', () => {
  const typed = [
    { name: 'site', value: 'https://a.example/?a=1' },
    { name: 'tag & friend', value: '#t @alice' },
    { name: '', value: 'left out' },
  ];
  const link = '<a href="https://a.example/?a=1" rel="ugc">https://a.example/?a=1</a>';

  it.each([
    ...prefixes.flatMap((prefix) =>
      ['raw_fields', 'fields_attributes'].flatMap((name) =>
        [typed, Object.fromEntries(typed.entries())].map((value) => ({
          what: `${prefix} ${name} as ${Array.isArray(value) ? 'a list' : 'a map by index'}`,
          send: async (admin: Admin) => {
            const answer = await admin.rest('PATCH', path(prefix), { [name]: value });
            expect(answer).toMatchObject({ status: 200, body: { status: 'success' } });
          },
        })),
      ),
    ),
    {
      what: 'GraphQL fields',
      send: async (admin: Admin) => {
        const answer = await admin.data(update, { input: { user, fields: typed } });
        expect(answer).toMatchObject({ userUpdateCredentials: { errors: [] } });
      },
    },
  ])('are stored as typed and with links: $what', async ({ send }) => {
    const alice = await world.user(user);
    const admin = await world.asAdmin();
    await send(admin);
    expect(await row()).toMatchObject({
      raw_fields: typed.slice(0, 2),
      fields: [
        { name: 'site', value: link },
        { name: 'tag & friend', value: `${tag('t')} ${card(alice, 'alice')}` },
      ],
    });
    const [entry] = await world.rows('moderation_log');
    expect(entry).toMatchObject({ data: { action: 'updated_users' } });
    await world.database.pool.query(`update users set updated_at = '2020-01-01'`);
    await send(admin);
    expect((await row())['updated_at']).toBe('2020-01-01T00:00:00');
  });

  it('sent back as read change nothing; `fields` alone are stored as given', async () => {
    await world.user(user);
    const admin = await world.asAdmin();
    await admin.rest('PATCH', path(), { raw_fields: typed });
    const { body } = await admin.rest('GET', path());
    const { fields, raw_fields } = body as Record<string, unknown>;
    const before = await row();
    await admin.rest('PATCH', path(), { fields, raw_fields });
    expect(await row()).toMatchObject({ fields: before['fields'], raw_fields });
    await admin.rest('PATCH', path(), { fields: [{ name: 'a', value: link }] });
    expect(await row()).toMatchObject({ fields: [{ name: 'a', value: link }], raw_fields });
    await admin.data(update, { input: { user, fields: [] } });
    expect(await row()).toMatchObject({ fields: [], raw_fields: [] });
  });

  it.each([
    [Array(3).fill({ name: 'a', value: 'b' }), 'should have at most 2 item(s)'],
    [[{ name: 'abcd', value: 'b' }], 'name of item 1 should be at most 3 character(s)'],
    [
      [
        { name: 'a', value: '' },
        { name: 'a', value: 'x'.repeat(41) },
      ],
      'value of item 2 should be at most 40 character(s) with the links made of it',
    ],
    [
      [{ name: 'a', value: 'https://a.example/x' }],
      'value of item 1 should be at most 40 character(s) with the links made of it',
    ],
  ])("are refused beyond the instance's limits: %j", async (raw_fields, rule) => {
    await world.config(':instance', {
      max_account_fields: 2,
      account_field_name_length: 3,
      account_field_value_length: 40,
    });
    await world.user(user);
    const admin = await world.asAdmin();
    for (const prefix of prefixes)
      expect(
        await world.expectUnchanged(() => admin.rest('PATCH', path(prefix), { raw_fields })),
      ).toMatchObject({ status: 400, body: { errors: { fields: rule } } });
    expect(
      await world.expectUnchanged(() =>
        admin.data(update, { input: { user, fields: raw_fields as object } }),
      ),
    ).toMatchObject({
      userUpdateCredentials: {
        user: null,
        errors: [{ code: 'INVALID', path: ['fields'], message: `fields ${rule}` }],
      },
    });
  });

  it.each(
    ['text', 5, [5], [{ name: 'a' }], [{ name: 'a', value: null }], { a: {} }].map(
      (raw_fields) => ({ raw_fields }),
    ),
  )(
    'are refused when they are no list of names and values: $raw_fields',
    async ({ raw_fields }) => {
      await world.user(user);
      const admin = await world.asAdmin();
      expect(
        await world.expectUnchanged(() => admin.rest('PATCH', path(), { raw_fields })),
      ).toMatchObject({ status: 400, body: { errors: { raw_fields: 'is invalid' } } });
    },
  );
});

describe('the settings that only Akkoma has', () => {
  const settings = {
    accepts_direct_messages_from: 'people_i_follow',
    status_ttl_days: 7,
    permit_followback: true,
  };
  const input = {
    user,
    acceptsDirectMessagesFrom: 'PEOPLE_I_FOLLOW',
    statusTtlDays: 7,
    permitFollowback: true,
  };

  it('are changed there, and refused by name elsewhere', async () => {
    await world.user(user);
    const admin = await world.asAdmin();
    const isAkkoma = world.family === 'akkoma';
    const rule = 'is a setting this instance does not have';
    for (const [name, value] of Object.entries(settings))
      for (const prefix of prefixes) {
        const send = () => admin.rest('PATCH', path(prefix), { [name]: value, name: 'Other' });
        const answer = await (isAkkoma ? send() : world.expectUnchanged(send));
        expect(answer).toMatchObject(
          isAkkoma ? { status: 200 } : { status: 400, body: { errors: { [name]: rule } } },
        );
      }
    if (isAkkoma) {
      expect(await row()).toMatchObject(settings);
      await world.database.pool.query(
        `update users set updated_at = '2020-01-01', permit_followback = false, status_ttl_days = null, accepts_direct_messages_from = 'nobody'`,
      );
    }
    const answer = await admin.data(update, { input });
    const { user: own, ...now } = { ...input, fields: [], rawFields: [] };
    expect(own).toBe(user);
    expect(answer).toMatchObject({
      userUpdateCredentials: isAkkoma
        ? { user: { credentials: now }, errors: [] }
        : {
            user: null,
            errors: ['statusTtlDays', 'permitFollowback', 'acceptsDirectMessagesFrom'].map(
              (name) => ({ code: 'INVALID', path: [name], message: `${name} ${rule}` }),
            ),
          },
    });
    if (!isAkkoma) return;
    expect(await row()).toMatchObject(settings);
    expect((await row())['updated_at']).not.toBe('2020-01-01T00:00:00');
    await world.database.pool.query(`update users set updated_at = '2020-01-01'`);
    await admin.rest('PATCH', path(), settings);
    expect((await row())['updated_at']).toBe('2020-01-01T00:00:00');
    await admin.rest('PATCH', path(), { status_ttl_days: '' });
    expect((await row())['status_ttl_days']).toBeNull();
    await admin.rest('PATCH', path(), { status_ttl_days: '30' });
    expect((await row())['status_ttl_days']).toBe(30);
    await admin.data(update, { input: { user, statusTtlDays: null } });
    expect(await row()).toMatchObject({ status_ttl_days: null, permit_followback: true });
  });

  it.each([
    [{ status_ttl_days: 0 }, 'must be an integer from 1 to 2900000'],
    [{ status_ttl_days: -1 }, 'must be an integer from 1 to 2900000'],
    [{ status_ttl_days: 2_147_483_648 }, 'must be an integer from 1 to 2900000'],
    [{ status_ttl_days: 1.5 }, 'is invalid'],
    [{ status_ttl_days: 'soon' }, 'is invalid'],
    [{ permit_followback: 'maybe' }, 'is invalid'],
    [{ accepts_direct_messages_from: 'friends' }, 'is invalid'],
  ])('are refused when they are %j', async (body, rule) => {
    await world.user(user);
    const admin = await world.asAdmin();
    for (const prefix of prefixes)
      expect(
        await world.expectUnchanged(() => admin.rest('PATCH', path(prefix), body)),
      ).toMatchObject({
        status: 400,
        body: {
          errors: {
            [Object.keys(body)[0] ?? '']: expect.stringContaining(
              world.family === 'akkoma' ? rule : 'is',
            ) as string,
          },
        },
      });
  });
});

it('pictures given as null change nothing', async () => {
  await world.user(user);
  const admin = await world.asAdmin();
  const { avatar, banner, background } = await row();
  const pictures = { avatar: null, banner: null, background: null };
  expect(await admin.rest('PATCH', path(), { ...pictures, name: 'Other' })).toMatchObject({
    status: 200,
  });
  expect(await row()).toMatchObject({ avatar, banner, background, name: 'Other' });
});
