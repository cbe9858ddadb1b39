import { expect, it } from 'vitest';
import { watchBlocking } from '../support/fuzz/blocking.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
const refused = (words: string) => ({
  status: 400,
  data: undefined,
  errors: [
    { message: expect.stringContaining(words) as string, extensions: { code: 'COST_LIMIT' } },
  ],
});

/** A post of another server that speaks to very many, and a report that names very many posts. */
async function makeOddRows(people: number, nickname = 'far@away.example'): Promise<void> {
  const author = await world.user({ nickname });
  const attachment = Array.from({ length: people }, (_, index) => ({
    type: 'Document',
    mediaType: 'image/png',
    url: [
      { href: `https://away.example/${String(index)}.png`, mediaType: 'image/png', type: 'Link' },
    ],
  }));
  const status = await posts.status(author, { object: { attachment, emoji: {} } });
  for (let index = 0; index < 20; index += 1)
    await posts.report(
      world.admin,
      author,
      Array.from({ length: 150 }, () => status),
    );
}

it('lists inside of objects have at most 100 items, however many a row holds', async () => {
  await makeOddRows(500);
  const { reports, statuses } = await (
    await world.asAdmin()
  ).data<{
    reports: { nodes: { statuses: unknown[] }[] };
    statuses: { nodes: { mediaAttachments: unknown[] }[] };
  }>(
    '{ reports(first: 1) { nodes { statuses { apId } } } statuses(first: 1) { nodes { mediaAttachments { url } } } }',
  );
  expect(reports.nodes[0]?.statuses).toHaveLength(100);
  expect(statuses.nodes[0]?.mediaAttachments).toHaveLength(100);
});

it('an answer of too many objects is refused as a whole, and the event loop goes on turning', async () => {
  await makeOddRows(100);
  const admin = await world.asAdmin();
  const document =
    '{ reports(first: 20) { nodes { id statuses { apId status { id content mediaAttachments { url } } } } } }';
  await admin.graphql(document);
  const watch = watchBlocking();
  expect(await admin.graphql(document)).toMatchObject(
    refused('The answer holds more than 5000 objects: ask for shorter pages'),
  );
  watch.stop();
  expect(watch.longest()).toBeLessThan(200);
  expect(await admin.data('{ reports(first: 2) { nodes { statuses { apId } } } }')).toMatchObject({
    reports: { nodes: [{}, {}] },
  });
});

it('long HTML of many posts and profiles is cleaned a text at a time, on both doors', async () => {
  const long = '<p>a <b>b</b> <a href="https://x.example/">c</a></p>'.repeat(1_900);
  const author = await world.user({ nickname: 'writer@away.example', bio: long });
  for (let index = 0; index < 30; index += 1)
    await posts.status(author, { object: { content: `${String(index)} ${long}` } });
  const admin = await world.asAdmin();
  const paths = [
    `/api/v1/pleroma/admin/users/${author.databaseId}/statuses?page_size=30`,
    '/api/pleroma/admin/users?filters=external&page_size=50',
  ];
  await admin.rest('GET', '/api/v1/pleroma/admin/users?page_size=1');
  const watch = watchBlocking();
  const { statuses } = await admin.data<{ statuses: { nodes: { content: string }[] } }>(
    '{ statuses(first: 30) { nodes { content } } }',
  );
  for (const path of paths) expect((await admin.rest('GET', path)).status).toBe(200);
  watch.stop();
  expect(statuses.nodes).toHaveLength(30);
  expect(watch.longest()).toBeLessThan(400);
});

it('an answer of too many characters is refused as a whole', async () => {
  const author = await world.user({ nickname: 'author' });
  for (let index = 0; index < 60; index += 1)
    await posts.status(author, {
      object: { source: { content: 'x'.repeat(100_000), mediaType: 'text/plain' } },
    });
  const admin = await world.asAdmin();
  expect(await admin.graphql('{ statuses(first: 60) { nodes { source } } }')).toMatchObject(
    refused('The answer holds more than 5000000 characters'),
  );
  expect(await admin.data('{ statuses(first: 5) { nodes { source } } }')).toMatchObject({
    statuses: { nodes: { length: 5 } },
  });
});

it('a mutation whose answer is too large is done, and says that only a look tells', async () => {
  for (const nickname of ['a@away.example', 'b@away.example', 'c@away.example'])
    await makeOddRows(1, nickname);
  const answer = await (
    await world.asAdmin()
  ).graphql(
    'mutation { usersTag(input: { users: [{ nickname: "a@away.example" }, { nickname: "b@away.example" }, { nickname: "c@away.example" }], tags: ["x"] }) { users { id reportsAbout(first: 20) { statuses { apId } } } } }',
  );
  expect(answer).toMatchObject(refused('look whether it was done before you try again'));
  expect(
    JSON.stringify((await world.rows('users', `nickname = 'a@away.example'`))[0]?.['tags']),
  ).toContain('x');
});
