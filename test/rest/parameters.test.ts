import { expect, it } from 'vitest';
import { storedSettings } from '../support/config.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin';
const legacy = '/api/pleroma/admin';
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const noAction = { errors: { detail: 'Internal server error' } };

/** One refusal of Akkoma's OpenAPI layer: where, and its sentence with and without the full stop. */
const refusal = (pointer: string, sentence: string, message = sentence.replace(/^\S+ - /, '')) => ({
  error: `${sentence}.`,
  errors: [{ title: 'Invalid value', source: { pointer }, message }],
});

it.each([
  ['GET', '/users?page=abc', undefined, refusal('/page', 'page - Invalid integer. Got: string')],
  ['GET', '/users?query[]=a', undefined, refusal('/query', 'query - Invalid string. Got: array')],
  ['GET', '/users?tags=a', undefined, refusal('/tags', 'tags - Invalid array. Got: string')],
  ['GET', '/users?b=1&a=2', undefined, refusal('/b', 'Unexpected field: b')],
  ['GET', '/users/admin?b=1&a=2', undefined, refusal('/b', 'Unexpected field: b')],
  ['POST', '/users', { users: 'x' }, refusal('/users', 'users - Invalid array. Got: string')],
  ['POST', '/users', { users: ['x'] }, refusal('/users/0', '0 - Invalid object. Got: string')],
  [
    'POST',
    '/users',
    { users: [{ nickname: 'a', email: null, password: 'x' }] },
    refusal('/users/0/email', 'email - null value where string expected'),
  ],
  [
    'POST',
    '/users',
    { users: [{ nickname: 'a', email: 5, password: 'x' }] },
    refusal('/users/0/email', 'email - Invalid string. Got: integer'),
  ],
  [
    'PATCH',
    '/users/activate',
    { nicknames: null },
    refusal('/nicknames', 'nicknames - null value where array expected'),
  ],
  [
    'DELETE',
    '/users?nickname[]=a',
    undefined,
    refusal('/nickname', 'nickname - Invalid string. Got: array'),
  ],
  [
    'POST',
    '/users/follow',
    { follower: 1.5, followed: 'a' },
    refusal('/follower', 'follower - Invalid string. Got: number'),
  ],
  [
    'GET',
    '/reports?limit=abc',
    undefined,
    refusal('/limit', 'limit - Invalid integer. Got: string'),
  ],
  ['GET', '/reports?state=', undefined, refusal('/state', 'state - Invalid value for enum')],
  [
    'GET',
    '/statuses?godmode=1',
    undefined,
    refusal('/godmode', 'godmode - Invalid boolean. Got: string'),
  ],
  [
    'PUT',
    '/statuses/9iJGOv1j8hxuw19bcm',
    { sensitive: '1' },
    refusal('/sensitive', 'sensitive - Invalid boolean. Got: string'),
  ],
  [
    'POST',
    '/relay',
    { relay_url: null },
    refusal('/relay_url', 'relay_url - null value where string expected'),
  ],
  [
    'GET',
    '/config?only_db=abc',
    undefined,
    refusal('/only_db', 'only_db - Invalid boolean. Got: string'),
  ],
  [
    'POST',
    '/config',
    { configs: [{ group: 5, key: ':k', value: 1 }] },
    refusal('/configs/0/group', 'group - Invalid string. Got: integer'),
  ],
  [
    'GET',
    '/users?query=a%00b',
    undefined,
    { error: 'query must not contain NUL or unpaired surrogates.' },
  ],
] as const)(
  'v1: %s %s %j is refused in the words of Akkoma',
  async (method, path, body, answer) => {
    const admin = await world.asAdmin();
    expect(await world.expectUnchanged(() => admin.rest(method, v1 + path, body))).toMatchObject({
      status: 400,
      body: answer,
    });
  },
);

it.each([
  ['GET', '/users?page=abc', undefined, 'Invalid parameters: page - Invalid integer. Got: string.'],
  [
    'POST',
    '/users',
    { nickname: 'a', email: 5 },
    'Invalid parameters: email - Invalid string. Got: integer. Missing field: password.',
  ],
  [
    'PUT',
    '/users/admin/activation_status',
    { status: 'maybe' },
    'Invalid parameters: status - Invalid boolean. Got: string.',
  ],
  ['GET', '/users?name=a%00b', undefined, 'name must not contain NUL or unpaired surrogates.'],
] as const)(
  "the documents' path: %s %s %j is refused by a text that names the field",
  async (method, path, body, answer) => {
    const admin = await world.asAdmin();
    expect(
      await world.expectUnchanged(() => admin.rest(method, legacy + path, body)),
    ).toMatchObject({ status: 400, body: answer });
  },
);

it('v1: empty parameters of a query count as absent, of one that comes twice the later counts', async () => {
  const admin = await world.asAdmin();
  await world.user({ nickname: 'far@away.example' });
  const listed = async (query: string) =>
    (
      (await admin.rest('GET', `${v1}/users?${query}`)).body as { users: { nickname: string }[] }
    ).users.map(({ nickname }) => nickname);
  expect(await listed('tags=&actor_types=&page=&page_size=&filters=&query=&other=1')).toEqual([
    'far@away.example',
    'admin',
  ]);
  expect(await listed('filters=external&filters=local')).toEqual(['admin']);
  expect((await admin.rest('GET', `${v1}/statuses?godmode=&local_only=`)).status).toBe(200);
});

it.each([
  ['DELETE', '/users?nicknames[]=someone'],
  ['PATCH', '/users/deactivate?nicknames[]=someone'],
  ['POST', '/users/follow?follower=someone&followed=admin'],
  ['POST', '/relay?relay_url=https://relay.example/actor'],
  ['POST', '/config?configs[][group]=:pleroma'],
] as const)(
  'v1: %s %s changes nothing: what changes something stands in the body',
  async (method, path) => {
    await world.user({ nickname: 'someone' });
    const admin = await world.asAdmin();
    expect(await world.expectUnchanged(() => admin.rest(method, v1 + path))).toMatchObject({
      status: 400,
      body: noAction,
    });
  },
);

it("takes the same from a query on the documents' path, and from a form on both", async () => {
  const someone = await world.user({ nickname: 'someone' });
  const admin = await world.asAdmin();
  const isActive = async (): Promise<unknown> =>
    (await world.rows('users', `id = '${someone.id}'`))[0]?.['is_active'];
  expect((await admin.rest('PATCH', `${legacy}/users/deactivate?nicknames[]=someone`)).status).toBe(
    200,
  );
  expect(await isActive()).toBe(false);
  expect(
    (await admin.rest('PATCH', `${v1}/users/activate`, 'nicknames[]=someone', form)).status,
  ).toBe(200);
  expect(await isActive()).toBe(true);
});

it('tells who may not call before it judges the parameters', async () => {
  const someone = world.as(await world.token(await world.user({ nickname: 'someone' })));
  expect(await world.as(undefined).rest('GET', `${v1}/users?page=abc`)).toMatchObject({
    status: 403,
    body: { error: 'Invalid credentials.' },
  });
  expect(await someone.rest('POST', `${v1}/users`, {})).toMatchObject({
    status: 403,
    body: { error: 'User is not a staff member.' },
  });
});

it('v1: roles for a list without accounts are roles of an unknown group, as in Akkoma', async () => {
  const admin = await world.asAdmin();
  for (const method of ['POST', 'DELETE']) {
    expect(
      await world.expectUnchanged(() =>
        admin.rest(method, `${v1}/users/permission_group/admin`, {}),
      ),
    ).toMatchObject({ status: 404, body: { error: 'No such permission_group' } });
  }
});

it('answers a setting changed by a token that may only write', async () => {
  const writer = world.as(await world.token(world.admin, ['admin:write']));
  expect(
    await writer.rest('POST', `${v1}/config`, {
      configs: [{ group: ':pleroma', key: ':k', value: 1 }],
    }),
  ).toMatchObject({
    status: 200,
    body: { configs: [{ key: ':k', value: 1 }], need_reboot: false },
  });
  expect(await storedSettings(world)).toEqual({ ':pleroma :k': '1' });
});
