import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const list = `query ($filter: UserFilter, $first: Int, $after: String, $last: Int, $before: String) {
  users(filter: $filter, first: $first, after: $after, last: $last, before: $before) { totalCount nodes { nickname } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

interface Page {
  readonly users: {
    totalCount: number;
    nodes: { nickname: string }[];
    pageInfo: {
      hasNextPage: boolean;
      hasPreviousPage: boolean;
      startCursor: string;
      endCursor: string;
    };
  };
}

const names = ({ users }: Page): string[] => users.nodes.map(({ nickname }) => nickname);

async function people(): Promise<void> {
  await world.user({ nickname: 'alice', name: 'Alice Liddell', tags: ['vip'] });
  await world.user({ nickname: 'dave', isActive: false });
  await world.user({ nickname: 'frank', isApproved: false });
  await world.user({ nickname: 'grace', isConfirmed: false, tags: ['new', 'vip'] });
  await world.user({ nickname: 'mod', isModerator: true });
  await world.user({ nickname: 'a_b' });
  await world.user({ nickname: 'rob@far.example', actorType: 'Service' });
  await world.user({ nickname: 'relay', invisible: true });
  await world.user({ nickname: 'internal.fetch' });
}

describe('the users connection', () => {
  it.each([
    [{}, ['rob@far.example', 'a_b', 'mod', 'grace', 'frank', 'dave', 'alice', 'admin']],
    [{ is: ['LOCAL', 'ACTIVE'] }, ['a_b', 'mod', 'alice', 'admin']],
    [{ is: ['REMOTE'] }, ['rob@far.example']],
    [{ is: ['LOCAL', 'REMOTE'] }, []],
    [{ is: ['DEACTIVATED'] }, ['dave']],
    [{ is: ['APPROVAL_PENDING'] }, ['frank']],
    [{ is: ['CONFIRMATION_PENDING'] }, ['grace']],
    [{ is: ['ADMIN'] }, ['admin']],
    [{ is: ['MODERATOR'] }, ['mod']],
    [{ search: 'ALI' }, ['alice']],
    [{ search: 'far.example' }, ['rob@far.example']],
    [{ search: 'rob@far.example' }, ['rob@far.example']],
    [{ search: 'alice@home.example' }, ['alice']],
    [{ search: '_' }, ['a_b']],
    [{ search: '%' }, []],
    [{ search: '\\' }, []],
    [{ name: 'liddell' }, ['alice']],
    [{ email: 'ALICE@mail.example' }, ['alice']],
    [{ email: 'alice@' }, []],
    [{ tags: ['new', 'other'] }, ['grace']],
    [{ tags: ['vip'], is: ['CONFIRMATION_PENDING'] }, ['grace']],
    [{ actorTypes: ['SERVICE'] }, ['rob@far.example']],
  ])('filter %o finds %o', async (filter, expected) => {
    await people();
    const admin = await world.asAdmin();
    const page = await admin.data<Page>(list, { filter });
    expect(names(page)).toEqual(expected);
    expect(page.users.totalCount).toBe(expected.length);
  });

  it('pages forwards and backwards without a gap or an overlap, whatever the sizes', async () => {
    await people();
    const admin = await world.asAdmin();
    const all = names(await admin.data<Page>(list));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 9, maxLength: 9 }),
        fc.boolean(),
        async (sizes, isForward) => {
          const found: string[] = [];
          let cursor: string | undefined;
          for (const size of sizes) {
            const page = await admin.data<Page>(
              list,
              isForward ? { first: size, after: cursor } : { last: size, before: cursor },
            );
            if (isForward) found.push(...names(page));
            else found.unshift(...names(page));
            cursor = isForward ? page.users.pageInfo.endCursor : page.users.pageInfo.startCursor;
            if (
              !(isForward ? page.users.pageInfo.hasNextPage : page.users.pageInfo.hasPreviousPage)
            )
              break;
          }
          expect(found).toEqual(all);
        },
      ),
      { numRuns: 12 },
    );
  });

  it.each([
    [{ first: 101 }, 'first of users must be 1 to 100, not 101.'],
    [{ first: 0 }, 'first of users must be 1 to 100, not 0.'],
    [{ last: -1 }, 'last of users must be 1 to 100, not -1.'],
    [{ first: 1, last: 1 }, 'Give first or last, not both.'],
    [{ after: 'no cursor' }, 'after is no cursor of this connection.'],
    [{ filter: { search: 'x'.repeat(1001) } }, 'search must have at most 1000 characters.'],
    [
      { filter: { search: 'a\0b' } },
      'criteria.search must not contain NUL or unpaired surrogates.',
    ],
  ])('refuses %o', async (variables, message) => {
    const admin = await world.asAdmin();
    const { data, errors } = await admin.graphql(list, variables);
    expect(data?.['users'] ?? null).toBeNull();
    expect(errors).toMatchObject([{ message, extensions: { code: 'INVALID' } }]);
  });

  it.each([2, 50])(
    'costs as many statements for %i accounts as for one; the count only when asked for',
    async (first) => {
      await people();
      const admin = await world.asAdmin();
      world.statements.length = 0;
      await admin.data(
        `{ users(first: ${first}) { nodes { id nickname email tags status createdAt } } }`,
      );
      expect(world.statements.map((sql) => /from\s+("public"\.)?"?(\w+)/i.exec(sql)?.[2])).toEqual(
        // Pleroma's privileges stand in its settings.
        world.family === 'akkoma' ? ['oauth_tokens', 'users'] : ['oauth_tokens', 'config', 'users'],
      );
      world.statements.length = 0;
      await admin.data(`{ users(first: ${first}) { totalCount nodes { avatarUrl } } }`);
      expect(world.statements.filter((sql) => /count\(/i.test(sql))).toHaveLength(1);
      expect(world.statements.length).toBeLessThanOrEqual(5);
    },
  );
});

describe('GET /users', () => {
  it("answers the documents' own example", async () => {
    await world.user({
      nickname: 'john',
      name: 'display_name',
      email: 'email@example.com',
      tags: ['some_tag'],
    });
    const admin = await world.asAdmin();
    const { status, body } = await admin.rest(
      'GET',
      '/api/pleroma/admin/users?query=john&filters=local,active&page=1&page_size=10&tags[]=some_tag&tags[]=another_tag&name=display_name&email=email@example.com',
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      page_size: 10,
      count: 1,
      users: [
        {
          deactivated: false,
          nickname: 'john',
          roles: { admin: false, moderator: false },
          local: true,
          tags: ['some_tag'],
          avatar: 'https://home.example/images/avi.png',
          display_name: 'display_name',
        },
      ],
    });
  });

  it("wildcards live on v1 as recorded, and stand for themselves on the documents' path", async () => {
    await people();
    const admin = await world.asAdmin();
    expect((await admin.rest('GET', '/api/v1/pleroma/admin/users?query=_')).body).toMatchObject({
      count: 8,
    });
    expect((await admin.rest('GET', '/api/pleroma/admin/users?query=_')).body).toMatchObject({
      count: 1,
      users: [{ nickname: 'a_b' }],
    });
  });

  it.each([
    ['page=ten', 'page - Invalid integer. Got: string.', '/page'],
    ['page=0', 'page - Must be 1 or more.', '/page'],
    ['page_size=-1', 'page_size - Must be 0 or more.', '/page_size'],
    ['page_size=10001', 'page_size - Must be 10000 or less.', '/page_size'],
    ['query[a]=b', 'query - Invalid string. Got: object.', '/query'],
    ['tags=x', 'tags - Invalid array. Got: string.', '/tags'],
  ])('refuses %s and names the field', async (search, error, pointer) => {
    const admin = await world.asAdmin();
    const v1 = await world.expectUnchanged(() =>
      admin.rest('GET', `/api/v1/pleroma/admin/users?${search}`),
    );
    expect(v1).toMatchObject({
      status: 400,
      body: { error, errors: [{ title: 'Invalid value', source: { pointer } }] },
    });
    expect(await admin.rest('GET', `/api/pleroma/admin/users?${search}`)).toMatchObject({
      status: 400,
      body: `Invalid parameters: ${error}`,
    });
  });

  it("passes over unknown filters on v1, refuses them on the documents' path", async () => {
    const admin = await world.asAdmin();
    expect(
      (await admin.rest('GET', '/api/v1/pleroma/admin/users?filters=bogus')).body,
    ).toMatchObject({ count: 1 });
    expect(await admin.rest('GET', '/api/pleroma/admin/users?filters=local,bogus')).toMatchObject({
      status: 400,
      body: expect.stringContaining('"bogus"') as unknown,
    });
  });

  it('never answers 5xx, whatever the search (S12)', async () => {
    const admin = await world.asAdmin();
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.constantFrom(
          'query',
          'name',
          'email',
          'filters',
          'tags[]',
          'page',
          'page_size',
          'tags[x]',
        ),
        async (text, field) => {
          const { status, body } = await admin.rest(
            'GET',
            `/api/v1/pleroma/admin/users?${field}=${encodeURIComponent(text)}`,
          );
          expect(status).toBeLessThan(500);
          expect(JSON.stringify(body)).not.toMatch(/select|prisma|pg_|syntax/i);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('one account', () => {
  it('by nickname whatever its case, by id, with its own host, also an invisible one', async () => {
    const alice = await world.user({ nickname: 'alice', name: '<b>Al</b> & "Co"' });
    await world.user({ nickname: 'relay', invisible: true });
    const admin = await world.asAdmin();
    for (const name of ['ALICE', alice.databaseId, 'alice@home.example'])
      expect((await admin.rest('GET', `/api/v1/pleroma/admin/users/${name}`)).body).toMatchObject({
        id: alice.databaseId,
        display_name: 'Al &amp; &quot;Co&quot;',
      });
    expect((await admin.rest('GET', '/api/v1/pleroma/admin/users/relay')).status).toBe(200);
    const byThree = `query ($id: ID!, $databaseId: ID!) { a: user(by: { id: $id }) { nickname } b: user(by: { databaseId: $databaseId }) { nickname } c: user(by: { nickname: "Alice" }) { nickname id } d: user(by: { nickname: "nobody" }) { nickname } }`;
    const id = Buffer.from(`User:${alice.id}`).toString('base64');
    expect(await admin.data(byThree, { id, databaseId: alice.databaseId })).toEqual({
      a: { nickname: 'alice' },
      b: { nickname: 'alice' },
      c: { nickname: 'alice', id },
      d: null,
    });
    expect(
      await admin.data(
        `{ node(id: "${id}") { __typename id ... on User { nickname credentials { email defaultScope } } } }`,
      ),
    ).toEqual({
      node: {
        __typename: 'User',
        id,
        nickname: 'alice',
        credentials: { email: 'alice@mail.example', defaultScope: 'public' },
      },
    });
  });

  it('is "Not found" in each dialect\'s words', async () => {
    const admin = await world.asAdmin();
    expect(await admin.rest('GET', '/api/v1/pleroma/admin/users/nobody')).toMatchObject({
      status: 404,
      body: { error: 'Not found' },
    });
    expect(await admin.rest('GET', '/api/pleroma/admin/users/nobody')).toMatchObject({
      status: 404,
      body: 'Not found',
    });
    expect(
      await admin.rest('GET', `/api/v1/pleroma/admin/users/${'x'.repeat(8000)}`),
    ).toMatchObject({ status: 404 });
    expect((await admin.rest('GET', '/api/v1/pleroma/admin/users/a%00b')).status).toBe(400);
  });

  it('shows its credentials to admins', async () => {
    await world.user({ nickname: 'alice', rawFields: [{ name: 'site', value: 'x' }] });
    const admin = await world.asAdmin();
    expect(
      (await admin.rest('GET', '/api/v1/pleroma/admin/users/alice/credentials')).body,
    ).toMatchObject({
      email: 'alice@mail.example',
      raw_fields: [{ name: 'site', value: 'x' }],
      background: null,
      banner: 'https://home.example/images/banner.png',
    });
  });
});
