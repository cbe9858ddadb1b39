import { describe, expect, it } from 'vitest';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin';
const legacy = '/api/pleroma/admin';

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
      '{ reports { nodes { account { nickname } earlierReports(first: 5) { id } } } }',
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
