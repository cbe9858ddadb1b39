import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const legacy = '/api/pleroma/admin';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

type Sample = string | readonly Sample[] | { readonly [key: string]: Sample };

/** The documents' samples by their headings, each type the text that names it. */
const samples = new Map(
  [
    ...readFileSync(new URL('../fixtures/documented-users.md', import.meta.url), 'utf8').matchAll(
      /## (.*)\n\n```json\n([\s\S]*?)```/g,
    ),
  ].map(([, heading = '', text = '']) => {
    const json = text
      .replace('configs:', '"configs":')
      .replace(/,\s*\.\.\./g, '')
      .replace(
        /": ((?:string|integer|bool|date|array).*?)(,?)\n/g,
        (_whole, type: string, comma: string) => `": ${JSON.stringify(type)}${comma}\n`,
      );
    return [heading, JSON.parse(json) as Sample] as const;
  }),
);

const is: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  array: Array.isArray,
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
};

/** Where an answer lacks a key of the sample or holds another type; invites without a limit have null for it. */
function* differences(sample: Sample, actual: unknown, path = ''): Generator<string> {
  if (typeof sample === 'string') {
    const [type = ''] = sample.split(' ');
    const isUnlimited = actual === null && /expires_at|max_use/.test(path);
    if (!sample.includes(' or {}') && !isUnlimited && is[type]?.(actual) !== true)
      yield `${path}: ${String(actual)} is no ${type}`;
  } else if (Array.isArray(sample)) {
    if (!Array.isArray(actual) || actual.length === 0) yield `${path}: no list`;
    else
      for (const [index, item] of actual.entries())
        yield* differences((sample as Sample[])[0] ?? 'string', item, `${path}[${String(index)}]`);
  } else if (typeof actual !== 'object' || actual === null) yield `${path}: no object`;
  else
    for (const [key, part] of Object.entries(sample))
      yield* key in actual
        ? differences(part, (actual as Record<string, unknown>)[key], `${path}.${key}`)
        : [`${path}.${key}: missing`];
}

async function expectSample(
  heading: string,
  work: Promise<{ status: number; body: unknown }>,
): Promise<void> {
  const { status, body } = await work;
  expect([status, ...differences(samples.get(heading) ?? 'missing', body)]).toEqual([200]);
}

it('reads all six samples', () => {
  expect([...samples.values()].filter((sample) => typeof sample === 'object')).toHaveLength(6);
});

it('lists accounts as documented, by the documented example', async () => {
  const attributes = { name: 'display_name', email: 'email@example.com', tags: ['some_tag'] };
  const john = await world.user({ nickname: 'john', ...attributes });
  await world.user({ nickname: 'johnny', name: 'display_name', tags: ['another_tag'] });
  const admin = await world.asAdmin();
  const { body } = await admin.rest(
    'GET',
    `${legacy}/users?query=john&filters=local,active&page=1&page_size=10&tags[]=some_tag&tags[]=another_tag&name=display_name&email=email@example.com`,
  );
  expect(body).toMatchObject({
    page_size: 10,
    count: 1,
    users: [
      {
        id: john.databaseId,
        nickname: 'john',
        deactivated: false,
        roles: { admin: false, moderator: false },
        local: true,
        tags: ['some_tag'],
        display_name: 'display_name',
      },
    ],
  });
  await expectSample('List users', admin.rest('GET', `${legacy}/users`));
});

it('answers names, "ok" and nothing where the documents say so', async () => {
  const jane = await world.user({ nickname: 'jane' });
  const admin = await world.asAdmin();
  const isActive = async (): Promise<unknown> =>
    (await world.rows('users', `id = '${jane.id}'`))[0]?.['is_active'];
  expect(
    await admin.rest(
      'POST',
      `${legacy}/users`,
      'nickname=new&email=new%40mail.example&password=secret',
      form,
    ),
  ).toMatchObject({ status: 200, body: 'new' });
  for (const deed of ['follow', 'unfollow'])
    expect(
      await admin.rest('POST', `${legacy}/users/${deed}`, 'follower=jane&followed=new', form),
    ).toMatchObject({ status: 200, body: 'ok' });
  for (const status of [false, true]) {
    expect(
      await admin.rest('PUT', `${legacy}/users/jane/activation_status`, {
        nickname: 'jane',
        status,
      }),
    ).toMatchObject({ status: 204, body: undefined });
    expect(await isActive()).toBe(status);
  }
  for (const [method, names] of [
    ['PUT', { nickname: 'jane' }],
    ['DELETE', { nicknames: ['jane'] }],
  ] as const) {
    expect(
      await admin.rest(method, `${legacy}/users/tag`, { ...names, tags: ['foo'] }),
    ).toMatchObject({ status: 204, body: undefined });
  }
  expect(await admin.rest('DELETE', `${legacy}/users`, { nickname: 'new' })).toMatchObject({
    status: 200,
    body: 'new',
  });
});

it("`local_only=true` of the first AdminFE lists local accounts, on the documents' path alone", async () => {
  await world.user({ nickname: 'far@far.example' });
  const admin = await world.asAdmin();
  const found = async (path: string) =>
    ((await admin.rest('GET', path)).body as { users: { nickname: string }[] }).users.map(
      ({ nickname }) => nickname,
    );
  expect(await found(`${legacy}/users?local_only=true`)).toEqual(['admin']);
  expect(await found(`${legacy}/users?local_only=false`)).toEqual(['far@far.example', 'admin']);
  expect(await found('/api/v1/pleroma/admin/users?local_only=true')).toEqual([
    'far@far.example',
    'admin',
  ]);
});

it('toggles, shows and gives roles as documented', async () => {
  const jane = await world.user({ nickname: 'jane' });
  const admin = await world.asAdmin();
  await expectSample(
    'Toggle user activation',
    admin.rest('PATCH', `${legacy}/users/jane/toggle_activation`),
  );
  for (const name of ['jane', jane.databaseId])
    expect(await admin.rest('GET', `${legacy}/users/${name}`)).toMatchObject({
      status: 200,
      body: { id: jane.databaseId, nickname: 'jane', deactivated: true },
    });
  expect(await admin.rest('GET', `${legacy}/users/nobody`)).toMatchObject({
    status: 404,
    body: 'Not found',
  });
  for (const path of ['permission_group', 'permission_group/admin'])
    await expectSample(
      'Get user user permission groups membership',
      admin.rest('GET', `${legacy}/users/jane/${path}`),
    );
  for (const [method, isAdmin] of [
    ['POST', true],
    ['DELETE', false],
  ] as const) {
    expect(await admin.rest(method, `${legacy}/users/jane/permission_group/admin`)).toMatchObject({
      status: 200,
      body: { is_admin: isAdmin, is_moderator: false },
    });
  }
  expect(await admin.rest('POST', `${legacy}/users/jane/permission_group/king`)).toMatchObject({
    status: 404,
    body: { error: 'No such permission_group' },
  });
  expect(await admin.rest('DELETE', `${legacy}/users/admin/permission_group/admin`)).toMatchObject({
    status: 403,
    body: { error: "You can't revoke your own admin status." },
  });
});

it("shows an account's latest statuses, 20 unless told, private ones with godmode", async () => {
  const jane = await world.user({ nickname: 'jane' });
  const posts = makePosts(world);
  for (let count = 0; count < 21; count += 1) await posts.status(jane);
  await posts.status(jane, { to: [`${jane.apId}/followers`], cc: [] });
  const admin = await world.asAdmin();
  const shown = async (rest: string): Promise<number> =>
    ((await admin.rest('GET', `${legacy}/users/${rest}`)).body as unknown[]).length;
  expect([
    await shown('jane/statuses'),
    await shown(`${jane.databaseId}/statuses?page_size=50`),
    await shown('jane/statuses?page_size=50&godmode=true'),
  ]).toEqual([20, 21, 22]);
  expect(await admin.rest('GET', `${legacy}/users/nobody/statuses`)).toMatchObject({
    status: 404,
    body: 'Not found',
  });
});

it('makes, lists and revokes invites as documented', async () => {
  const admin = await world.asAdmin();
  const { body: token } = await admin.rest(
    'GET',
    `${legacy}/users/invite_token?invite[max_use]=3&invite[expires_at]=2099-04-07`,
  );
  expect((await admin.rest('GET', `${legacy}/users/invite_token`)).body).toMatch(/^[\w-]{43}=$/);
  await expectSample(
    'Get a list of generated invites',
    admin.rest('GET', `${legacy}/users/invites`),
  );
  await expectSample(
    'Revoke invite by token',
    admin.rest('POST', `${legacy}/users/revoke_invite`, { token }),
  );
  expect(await admin.rest('GET', `${legacy}/users/admin/password_reset`)).toMatchObject({
    status: 200,
    body: expect.stringMatching(/^[\w-]{43}=$/) as unknown,
  });
});

it('takes and lists settings as documented, text by text', async () => {
  const admin = await world.asAdmin();
  const value = [{ tuple: [':first_val', 'Pleroma.Upload'] }, { tuple: [':second_val', true] }];
  const set = (entry: object) =>
    admin.rest('POST', `${legacy}/config`, {
      configs: [{ group: 'pleroma', key: ':some_key', ...entry }],
    });
  expect((await set({ value })).body).toEqual({
    configs: [{ group: 'pleroma', key: ':some_key', value }],
  });
  await expectSample('List config settings', admin.rest('GET', `${legacy}/config`));
  expect((await set({ delete: 'true', subkeys: [':second_val'] })).body).toEqual({
    configs: [{ group: 'pleroma', key: ':some_key', value: value.slice(0, 1) }],
  });
  expect((await set({ delete: true })).body).toEqual({ configs: [] });
  expect((await admin.rest('GET', `${legacy}/config`)).body).toEqual({
    configs: [],
    need_reboot: false,
  });
});
