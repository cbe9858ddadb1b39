import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/database/json.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin';

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
