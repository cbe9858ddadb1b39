import { describe, expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/announcements';
const fields =
  'announcement { databaseId content html allDay startsAt endsAt isShown } errors { code path message }';
const create = `mutation ($input: AnnouncementCreateInput!) { announcementCreate(input: $input) { ${fields} } }`;
const update = `mutation ($input: AnnouncementUpdateInput!) { announcementUpdate(input: $input) { ${fields} } }`;
const remove = `mutation ($input: AnnouncementDeleteInput!) { announcementDelete(input: $input) { ${fields} } }`;
const seconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
const flake = expect.stringMatching(/^[0-9A-Za-z]{18}$/) as string;
const shape = {
  all_day: false,
  ends_at: null,
  starts_at: null,
  published_at: seconds,
  updated_at: seconds,
  mentions: [],
  statuses: [],
  tags: [],
  emojis: [],
  reactions: [],
};

const announce = async (content: string, rest: object = {}) =>
  ((await (await world.asAdmin()).rest('POST', v1, { content, ...rest })).body as { id: string })
    .id;

describe('over REST', () => {
  it('creates one, as written and as HTML, without a log row', async () => {
    const bob = await world.user({ nickname: 'bob@far.example' });
    const admin = await world.asAdmin();
    const content = 'first **announcement** <b>\n@bob@far.example https://a.example';
    const html = `first **announcement** &lt;b&gt;<br><span class="h-card"><a class="u-url mention" data-user="${bob.databaseId}" href="${bob.apId}" rel="ugc">@<span>bob@far.example</span></a></span> <a href="https://a.example" rel="ugc">https://a.example</a>`;
    const { status, body } = await admin.rest('POST', v1, {
      content,
      starts_at: '2031-01-01T01:00:00.500+01:00',
      all_day: true,
    });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        ...shape,
        id: flake,
        content: html,
        pleroma: { raw_content: content },
        all_day: true,
        starts_at: '2031-01-01T00:00:00Z',
      },
    });
    expect(await world.rows('announcements')).toMatchObject([
      {
        data: { content, all_day: true },
        rendered: { content: html },
        starts_at: '2031-01-01T00:00:00',
        ends_at: null,
      },
    ]);
    expect(await world.rows('moderation_log')).toEqual([]);
  });

  it('lists them, newest first, by stretches, and shows one', async () => {
    const ids: string[] = [];
    for (const content of ['one', 'two', 'three']) ids.unshift(await announce(content));
    const admin = await world.asAdmin();
    const list = async (query: string) =>
      ((await admin.rest('GET', v1 + query)).body as { id: string }[]).map(({ id }) => id);
    expect(await list('')).toEqual(ids);
    expect(await list('?limit=1&offset=1')).toEqual([ids[1]]);
    expect(await admin.rest('GET', `${v1}/${ids[0] ?? ''}`)).toMatchObject({
      status: 200,
      body: { ...shape, id: ids[0], content: 'three', pleroma: { raw_content: 'three' } },
    });
  });

  it('changes what is given; null clears', async () => {
    const id = await announce('first', { ends_at: '2031-01-01T00:00:00Z', all_day: true });
    await world.database.pool.query(`update announcements set updated_at = '2020-01-01'`);
    const admin = await world.asAdmin();
    await world.expectUnchanged(() => admin.rest('PATCH', `${v1}/${id}`, { content: 'first' }));
    expect(
      await admin.rest('PATCH', `${v1}/${id}`, { content: 'changed', ends_at: null }),
    ).toMatchObject({
      status: 200,
      body: {
        ...shape,
        id,
        content: 'changed',
        all_day: true,
        pleroma: { raw_content: 'changed' },
      },
    });
    expect(await world.rows('announcements')).toMatchObject([
      {
        data: { content: 'changed', all_day: true },
        rendered: { content: 'changed' },
        ends_at: null,
      },
    ]);
  });

  it('takes one back', async () => {
    const id = await announce('first');
    const admin = await world.asAdmin();
    expect(await admin.rest('DELETE', `${v1}/${id}`)).toMatchObject({ status: 200, body: {} });
    expect(await world.rows('announcements')).toEqual([]);
  });

  it.each(['BCeiryz6SsuGbtYolM', '1', 'not-an-id'])('knows no announcement %s', async (id) => {
    const admin = await world.asAdmin();
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { content: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      expect(
        await world.expectUnchanged(() => admin.rest(method, `${v1}/${id}`, body)),
      ).toMatchObject({ status: 404, body: { error: 'Not found' } });
    }
  });

  it.each([
    [{}, 'Missing field: content.'],
    [{ content: 5 }, 'content - Invalid string. Got: integer.'],
    [{ content: 'x', starts_at: 'soon' }, 'starts_at - Invalid format. Expected :"date-time".'],
    [{ content: 'x'.repeat(100_001) }, 'content must have at most 100000 characters.'],
  ])('refuses %j', async (body, error) => {
    const admin = await world.asAdmin();
    expect(await world.expectUnchanged(() => admin.rest('POST', v1, body))).toMatchObject({
      status: 400,
      body: { error },
    });
  });

  it('is for admins: admin:read to see, admin:write to change', async () => {
    const [reader, mod] = [
      world.as(await world.token(world.admin, ['admin:read'])),
      world.as(await world.token(await world.user({ nickname: 'mod', isModerator: true }))),
    ];
    expect((await reader.rest('GET', v1)).status).toBe(200);
    expect(await reader.rest('POST', v1, { content: 'x' })).toMatchObject({
      status: 403,
      body: { error: 'Insufficient permissions: admin:write.' },
    });
    const error = world.family === 'akkoma' ? 'User is not an admin.' : "User isn't privileged.";
    expect(await mod.rest('GET', v1)).toMatchObject({ status: 403, body: { error } });
  });
});

describe('over GraphQL', () => {
  it('does the same, by global id and cursor', async () => {
    const admin = await world.asAdmin();
    const { announcementCreate } = await admin.data<{ announcementCreate: unknown }>(create, {
      input: { content: 'soon', startsAt: '2031-01-01T00:00:00Z', endsAt: '2031-01-02T00:00:00Z' },
    });
    expect(announcementCreate).toEqual({
      announcement: {
        databaseId: flake,
        content: 'soon',
        html: 'soon',
        allDay: false,
        startsAt: '2031-01-01T00:00:00.000Z',
        endsAt: '2031-01-02T00:00:00.000Z',
        isShown: false,
      },
      errors: [],
    });
    const { announcements } = await admin.data<{
      announcements: { totalCount: number; edges: { node: { id: string } }[] };
    }>('{ announcements { totalCount edges { node { id } } } }');
    expect(announcements.totalCount).toBe(1);
    const id = announcements.edges[0]?.node.id;
    expect(
      await admin.data(
        `query ($id: ID!) { announcement(by: { id: $id }) { content } node(id: $id) { ... on Announcement { isShown } } }`,
        { id },
      ),
    ).toEqual({ announcement: { content: 'soon' }, node: { isShown: false } });
    const { announcementUpdate } = await admin.data<{ announcementUpdate: unknown }>(update, {
      input: { announcement: { id }, startsAt: null, allDay: true },
    });
    expect(announcementUpdate).toMatchObject({
      announcement: {
        content: 'soon',
        startsAt: null,
        endsAt: '2031-01-02T00:00:00.000Z',
        allDay: true,
        isShown: true,
      },
      errors: [],
    });
    expect(await admin.data(remove, { input: { announcement: { id } } })).toMatchObject({
      announcementDelete: { announcement: { content: 'soon' }, errors: [] },
    });
    expect(await admin.data(remove, { input: { announcement: { id } } })).toMatchObject({
      announcementDelete: {
        announcement: null,
        errors: [{ code: 'NOT_FOUND', path: ['announcement', 'databaseId'] }],
      },
    });
    expect(
      await admin.data(`query ($id: ID!) { announcement(by: { id: $id }) { content } }`, { id }),
    ).toEqual({ announcement: null });
  });

  it('refuses what nobody would ever see', async () => {
    const admin = await world.asAdmin();
    for (const [input, path] of [
      [{ content: ' ' }, 'content'],
      [
        { content: 'x', startsAt: '2031-01-02T00:00:00Z', endsAt: '2031-01-02T00:00:00Z' },
        'endsAt',
      ],
    ] as const) {
      const answer = await world.expectUnchanged(() => admin.data(create, { input }));
      expect(answer).toMatchObject({
        announcementCreate: { announcement: null, errors: [{ code: 'INVALID', path: [path] }] },
      });
    }
  });
});
