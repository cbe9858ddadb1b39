import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/database/json.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin';
const legacy = '/api/pleroma/admin';

interface StatusBody {
  readonly url: string | null;
  readonly edited_at: string | null;
  readonly content: string;
  readonly media_attachments: readonly { readonly url: string }[];
  readonly poll: {
    readonly votes_count: number;
    readonly options: readonly { readonly votes_count: number }[];
  } | null;
  readonly replies_count: number;
}

const fields = `url editedAt title content favouritesCount reblogsCount repliesCount mediaAttachments { url kind width }
  poll { votesCount options { title votesCount } }`;

/** A status with these keys in its object, as GraphQL and v1 show it. */
async function shown(
  object: JsonObject,
  nickname = 'far@away.example',
): Promise<{ node: Record<string, unknown>; body: StatusBody }> {
  const author = await world.user({ nickname });
  const { databaseId } = await makePosts(world).status(author, { object });
  const admin = await world.asAdmin();
  const { status } = await admin.data<{ status: Record<string, unknown> }>(
    `query ($id: ID!) { status(by: { databaseId: $id }) { ${fields} } }`,
    { id: databaseId },
  );
  const { body } = await admin.rest('GET', `${v1}/statuses/${databaseId}`);
  return { node: status, body: body as StatusBody };
}

describe('a title', () => {
  it.each(['Page', 'Article', 'Event', 'Audio', 'Video'])(
    'of an object of type %s is a field of its own in GraphQL and a link above the content in REST',
    async (type) => {
      const { node, body } = await shown({
        type,
        name: 'Cheap pills',
        content: null,
        url: 'https://away.example/post/1',
      });
      expect(node).toMatchObject({
        title: 'Cheap pills',
        content: '',
        url: 'https://away.example/post/1',
      });
      expect(body.content).toBe('<p><a href="https://away.example/post/1">Cheap pills</a></p>');
    },
  );

  it('links to the page when the object has several addresses, as of videos', async () => {
    const url = [
      { type: 'Link', mediaType: 'video/mp4', href: 'https://away.example/v.mp4' },
      { type: 'Link', mediaType: 'text/html', href: 'https://away.example/w/1' },
    ];
    const { node, body } = await shown({
      type: 'Video',
      name: 'A film',
      content: '<p>words</p>',
      url,
    });
    expect(node).toMatchObject({
      title: 'A film',
      content: '<p>words</p>',
      url: 'https://away.example/w/1',
    });
    expect(body).toMatchObject({
      url: 'https://away.example/w/1',
      content: '<p><a href="https://away.example/w/1">A film</a></p><p>words</p>',
    });
  });

  it('is null of a note', async () =>
    expect((await shown({})).node).toMatchObject({ title: null, content: 'words' }));
});

describe('figures of an object', () => {
  it.each([
    ['many', 0],
    [null, 0],
    [-3, 0],
    [1.5, 1],
    [3_000_000_000, 2_147_483_647],
    [[1], 0],
  ] as const)('count %j as %i on every door', async (value, figure) => {
    const options = [{ name: 'yes', replies: { totalItems: value } }];
    const { node, body } = await shown({
      like_count: value,
      announcement_count: value,
      repliesCount: value,
      oneOf: options,
    } as JsonObject);
    expect(node).toMatchObject({
      favouritesCount: figure,
      reblogsCount: figure,
      repliesCount: figure,
      poll: { votesCount: figure, options: [{ title: 'yes', votesCount: figure }] },
    });
    expect(body).toMatchObject({
      replies_count: figure,
      favourites_count: figure,
      reblogs_count: figure,
      poll: { votes_count: figure, options: [{ votes_count: figure }] },
    });
  });
});

describe('addresses of an object', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'https://[', ''])(
    'never lead to %j',
    async (url) => {
      const { node, body } = await shown({
        url,
        external_url: url,
        attachment: [{ type: 'Document', url: [{ href: url }] }],
      });
      const itsId = expect.stringMatching(/^https:\/\/away\.example\/objects\//) as string;
      expect(node).toMatchObject({ url: itsId, mediaAttachments: [] });
      expect(body).toMatchObject({ url: itsId, media_attachments: [] });
    },
  );

  it('are no files without one, and a link is no picture', async () => {
    const { node, body } = await shown({
      attachment: [
        null,
        'x',
        {},
        { type: 'Link', href: 'https://page.example/' },
        { type: 'Image', url: { href: 'https://away.example/a.png' } },
      ],
    });
    expect(node['mediaAttachments']).toMatchObject([
      { kind: 'UNKNOWN', url: 'https://page.example/' },
      { kind: 'IMAGE', url: 'https://away.example/a.png' },
    ]);
    expect(body.media_attachments.map(({ url }) => url)).toEqual([
      'https://page.example/',
      'https://away.example/a.png',
    ]);
  });
});

it.each(['', 'x', 5, null])(
  'a status that says %j of its last edit was never edited',
  async (updated) => {
    const { node, body } = await shown({ updated });
    expect([node['editedAt'], body.edited_at]).toEqual([null, null]);
  },
);

describe('an account', () => {
  it.each([
    { url: { href: 'https://away.example/a.png' } },
    { url: 'https://away.example/a.png' },
    { url: [{}, { href: 'https://away.example/a.png' }] },
  ])('shows its pictures from %j', async (image) => {
    await world.user({
      nickname: 'odd@away.example',
      avatar: image,
      banner: image,
      background: image,
    });
    const admin = await world.asAdmin();
    expect(
      await admin.data('{ user(by: { nickname: "odd@away.example" }) { avatarUrl } }'),
    ).toEqual({ user: { avatarUrl: 'https://away.example/a.png' } });
    expect((await admin.rest('GET', `${v1}/users?query=odd`)).body).toMatchObject({
      users: [{ avatar: 'https://away.example/a.png' }],
    });
  });

  it('has no host and no page when its id is no address', async () => {
    await world.user({ nickname: 'odd', apId: 'nowhere', uri: 'javascript:alert(1)' });
    expect(
      await (await world.asAdmin()).data('{ user(by: { nickname: "odd" }) { host url apId } }'),
    ).toEqual({ user: { host: null, url: '', apId: 'nowhere' } });
  });

  it('without a nickname is named by the id that clients know', async () => {
    const far = await world.user({ nickname: 'far@away.example' });
    await world.database.prisma.user.update({
      where: { id: far.id },
      data: { nickname: null },
      select: { id: true },
    });
    const { userDeleteActivities } = await (
      await world.asAdmin()
    ).data<{ userDeleteActivities: unknown }>(
      'mutation ($id: ID!) { userDeleteActivities(input: { user: { databaseId: $id } }) { errors { code message } } }',
      { id: far.databaseId },
    );
    expect(userDeleteActivities).toEqual({
      errors: [{ code: 'NOT_FOUND', message: `There is no local user "${far.databaseId}".` }],
    });
  });

  it('has only such profile fields as are objects', async () => {
    const author = await world.user({
      nickname: 'odd',
      fields: ['x', null, [], { name: 'page', value: 'https://x.example' }, { value: 5 }],
    });
    const { databaseId } = await makePosts(world).status(author);
    const { body } = await (await world.asAdmin()).rest('GET', `${v1}/statuses/${databaseId}`);
    expect(body).toMatchObject({
      account: {
        fields: [
          { name: 'page', value: 'https://x.example' },
          { name: '', value: '' },
        ],
      },
    });
  });

  it('gets another tag also when its own are NULL or in inner arrays', async () => {
    const odd = await world.user({ nickname: 'odd' });
    await world.database.pool.query(`update users set tags = '{NULL,old,old}' where id = $1`, [
      odd.id,
    ]);
    const admin = await world.asAdmin();
    const tag = (tags: string[]) =>
      admin.data<{ usersTag: unknown }>(
        'mutation ($tags: [String!]!) { usersTag(input: { users: [{ nickname: "odd" }], tags: $tags }) { users { tags } errors { code } } }',
        { tags },
      );
    expect(await tag(['new'])).toEqual({
      usersTag: { users: [{ tags: ['old', 'new'] }], errors: [] },
    });
    expect(await world.rows('users', `nickname = 'odd'`)).toMatchObject([{ tags: ['old', 'new'] }]);
    await world.database.pool.query(`update users set tags = '{{a,b},{c,d}}' where id = $1`, [
      odd.id,
    ]);
    expect(await tag(['new'])).toEqual({
      usersTag: { users: [{ tags: ['a', 'b', 'c', 'd', 'new'] }], errors: [] },
    });
  });
});

describe('times that another writer stored outside the years 1 to 9999', () => {
  it.each([
    ['infinity', '9999-12-31'],
    ['-infinity', '0001-01-01'],
    ['0044-03-15 BC', '0001-01-01'],
    ['10000-01-01', '9999-12-31'],
    ['9999-12-31', '9999-12-31'],
  ])('show %s as %s', async (stored, shownAs) => {
    await world.user({ nickname: 'odd' });
    await world.database.pool.query(
      `update users set inserted_at = $1::text::timestamp, last_active_at = $1::text::timestamp where nickname = 'odd'`,
      [stored],
    );
    await world.database.pool.query(
      `insert into user_invite_tokens (token, expires_at, invite_type, inserted_at, updated_at) values ('odd', $1::text::date, 'date_limited', $1::text::timestamp, $1::text::timestamp)`,
      [stored],
    );
    const admin = await world.asAdmin();
    const answer = await admin.data<{
      user: { createdAt: string; lastActiveAt: string };
      invites: { nodes: { expiresAt: string; createdAt: string }[] };
    }>(
      '{ user(by: { nickname: "odd" }) { createdAt lastActiveAt } invites { nodes { expiresAt createdAt status } } }',
    );
    const times = [
      answer.user.createdAt,
      answer.user.lastActiveAt,
      answer.invites.nodes[0]?.expiresAt,
      answer.invites.nodes[0]?.createdAt,
    ];
    expect(times.map((time) => time?.slice(0, 10))).toEqual([shownAs, shownAs, shownAs, shownAs]);
    expect((await admin.rest('GET', `${v1}/users/odd`)).body).toMatchObject({
      created_at: expect.stringContaining(shownAs) as string,
    });
  });
});

describe('a report', () => {
  it('without a state is open, and names nobody when it has no reporter', async () => {
    const [one, other] = [
      await world.user({ nickname: 'one' }),
      await world.user({ nickname: 'other' }),
    ];
    const { id, databaseId } = await makePosts(world).report(one, other);
    await world.database.pool.query(
      `update activities set actor = null, data = data - 'state' - 'actor' where id = $1`,
      [id],
    );
    const admin = await world.asAdmin();
    for (const prefix of [v1, legacy])
      expect((await admin.rest('GET', `${prefix}/reports`)).body).toMatchObject({
        reports: [{ id: databaseId, state: 'open', actor: {}, account: { nickname: 'other' } }],
      });
    expect(await admin.data('{ reports { nodes { state actor { nickname } } } }')).toEqual({
      reports: { nodes: [{ state: 'OPEN', actor: null }] },
    });
    const { reportRespond } = await world.expectUnchanged(() =>
      admin.data<{ reportRespond: unknown }>(
        'mutation ($id: ID!) { reportRespond(input: { report: { databaseId: $id }, text: "Thanks" }) { errors { code } } }',
        { id: databaseId },
      ),
    );
    expect(reportRespond).toEqual({ errors: [{ code: 'CONFLICT' }] });
  });

  it('about a text longer than any id leaves the others in the list', async () => {
    const [one, other] = [
      await world.user({ nickname: 'one' }),
      await world.user({ nickname: 'other' }),
    ];
    const posts = makePosts(world);
    await posts.report(one, other);
    await posts.report(one, other, [], { object: 'x'.repeat(20_000) });
    const { reports } = await (
      await world.asAdmin()
    ).data<{ reports: { nodes: unknown[] } }>(
      '{ reports { nodes { account { nickname } earlierReports { id } } } }',
    );
    expect(reports.nodes).toEqual([
      { account: null, earlierReports: [] },
      { account: { nickname: 'other' }, earlierReports: [] },
    ]);
  });
});

it('deletes a Create that names no object, so that deleting the activities of an account comes to an end', async () => {
  const odd = await world.user({ nickname: 'odd' });
  const posts = makePosts(world);
  await posts.status(odd);
  for (const object of [null, null, {}]) await posts.act(odd, 'Create', object);
  const { userDeleteActivities } = await (
    await world.asAdmin()
  ).data<{ userDeleteActivities: unknown }>(
    'mutation { userDeleteActivities(input: { user: { nickname: "odd" } }) { statusesCount remainingCount errors { code } } }',
  );
  expect(userDeleteActivities).toEqual({ statusesCount: 4, remainingCount: 0, errors: [] });
  expect(await world.rows('activities', `data->>'type' = 'Create'`)).toEqual([]);
});

it('a request to follow without a state is pending', async () => {
  const [one, other] = [
    await world.user({ nickname: 'one' }),
    await world.user({ nickname: 'other' }),
  ];
  await makePosts(world).act(one, 'Follow', other.apId);
  const { userFixFollowState } = await (
    await world.asAdmin()
  ).data<{ userFixFollowState: unknown }>(
    'mutation { userFixFollowState(input: { follower: { nickname: "one" }, followed: { nickname: "other" } }) { requestState isFixed errors { message } } }',
  );
  expect(userFixFollowState).toEqual({ requestState: 'pending', isFixed: false, errors: [] });
});
