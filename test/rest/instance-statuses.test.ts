import { expect, it } from 'vitest';
import { everybody, makePosts, type TestStatus } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const path = '/api/v1/pleroma/admin/instances';
interface Page {
  total: number;
  activities: { id: string }[];
}

/** Six statuses of two authors at far.example in turns, oldest first, among others that must not be listed. */
async function makeStatuses(): Promise<TestStatus[]> {
  const posts = makePosts(world);
  const [ann, ben, asleep] = [
    await world.user({ nickname: 'ann@far.example' }),
    await world.user({ nickname: 'ben@far.example' }),
    await world.user({ nickname: 'cas@far.example', isActive: false }),
  ];
  const others = [
    await world.user({ nickname: 'dan@xfar.example' }),
    await world.user({ nickname: 'eve@far.example.org' }),
    asleep,
    world.admin,
  ];
  const made: TestStatus[] = [];
  for (const author of [ann, ben, ann, ben, ben, ann]) {
    made.push(await posts.status(author));
    for (const other of others) await posts.status(other);
  }
  await posts.status(ann, { to: [ben.apId], cc: [] });
  await posts.status(ann, { object: { type: 'Answer' } });
  const gone = await posts.status(ann);
  await world.database.pool.query('delete from objects where id = $1', [gone.objectId]);
  await posts.act(ben, 'Announce', made[0]?.apId ?? '', { to: [everybody] });
  return made;
}

const shown = async (query: string): Promise<{ total: number; ids: string[] }> => {
  const { status, body } = await (
    await world.asAdmin()
  ).rest('GET', `${path}/far.example/statuses?${query}`);
  expect(status).toBe(200);
  const { total, activities } = body as Page;
  return { total, ids: activities.map(({ id }) => id) };
};

it('lists and counts the public statuses of exactly this host, page by page, each page oldest first', async () => {
  const ids = (await makeStatuses()).map(({ databaseId }) => databaseId);
  expect(await shown('')).toEqual({ total: 6, ids });
  expect(await shown('page_size=4')).toEqual({ total: 6, ids: ids.slice(2) });
  expect(await shown('page_size=4&page=2')).toEqual({ total: 6, ids: ids.slice(0, 2) });
  expect(await shown('page_size=4&page=3')).toEqual({ total: 6, ids: [] });
  expect((await shown('with_reblogs=true')).total).toBe(7);
});

it('takes them from both ends in GraphQL', async () => {
  const ids = (await makeStatuses()).map(({ databaseId }) => databaseId);
  const admin = await world.asAdmin();
  const list = async (part: string) =>
    (
      await admin.data<{
        statuses: {
          totalCount: number;
          nodes: { databaseId: string }[];
          pageInfo: { endCursor: string };
        };
      }>(
        `{ statuses(${part}, filter: { host: "far.example" }) { totalCount nodes { databaseId } pageInfo { endCursor } } }`,
      )
    ).statuses;
  const first = await list('first: 2');
  expect(first).toMatchObject({
    totalCount: 6,
    nodes: [{ databaseId: ids[5] }, { databaseId: ids[4] }],
  });
  expect((await list(`first: 2, after: "${first.pageInfo.endCursor}"`)).nodes).toEqual([
    { databaseId: ids[3] },
    { databaseId: ids[2] },
  ]);
  expect((await list('last: 2')).nodes).toEqual([{ databaseId: ids[1] }, { databaseId: ids[0] }]);
});
