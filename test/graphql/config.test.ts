import { expect, it } from 'vitest';
import { configAdmin, storeSetting } from '../support/config.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

interface Page {
  readonly configEntries: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly key: string }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

const page =
  'query ($first: Int, $after: String, $filter: ConfigFilter) { configEntries(first: $first, after: $after, filter: $filter) { totalCount nodes { key } pageInfo { endCursor hasNextPage } } }';

it('configEntries pages, newest first, and filters names with and without colon', async () => {
  for (const key of ['a', 'b', 'c']) await storeSetting(world, ':pleroma', `:${key}`, '1');
  await storeSetting(world, ':mime', ':types', '%{}');
  const admin = await configAdmin(world);
  const first = await admin.data<Page>(page, { first: 3 });
  expect(first.configEntries).toMatchObject({
    totalCount: 4,
    nodes: [{ key: ':types' }, { key: ':c' }, { key: ':b' }],
    pageInfo: { hasNextPage: true },
  });
  const second = await admin.data<Page>(page, {
    first: 3,
    after: first.configEntries.pageInfo.endCursor,
  });
  expect(second.configEntries).toMatchObject({
    totalCount: 4,
    nodes: [{ key: ':a' }],
    pageInfo: { hasNextPage: false },
  });
  const last = await admin.data<{ configEntries: unknown }>(
    '{ configEntries(last: 2) { nodes { key } } }',
  );
  expect(last.configEntries).toEqual({ nodes: [{ key: ':b' }, { key: ':a' }] });
  const some = await admin.data<Page>(page, { filter: { groups: ['pleroma'], keys: [':a', 'c'] } });
  expect(some.configEntries).toMatchObject({
    totalCount: 2,
    nodes: [{ key: ':c' }, { key: ':a' }],
  });
  for (const variables of [{ first: 101 }, { first: 0 }, { after: 'x' }])
    expect((await admin.graphql(page, variables)).errors?.[0]?.extensions?.code).toBe('INVALID');
});

it('an entry has a global id, by which an admin, and nobody else, finds it', async () => {
  await storeSetting(world, ':pleroma', ':instance', '[upload_limit: 1, name: "Town"]');
  const admin = await configAdmin(world);
  const { configEntry } = await admin.data<{ configEntry: { id: string } }>(
    '{ configEntry(group: "pleroma", key: "instance") { id group key needsReboot storedKeys fault createdAt } }',
  );
  expect(configEntry).toMatchObject({
    group: ':pleroma',
    key: ':instance',
    needsReboot: true,
    storedKeys: [':upload_limit', ':name'],
    fault: null,
    createdAt: '2026-01-01T00:00:00.000Z',
  });
  const node = 'query ($id: ID!) { node(id: $id) { ... on ConfigEntry { databaseId elixir } } }';
  expect(await admin.data(node, { id: configEntry.id })).toEqual({
    node: { databaseId: '1', elixir: '[upload_limit: 1, name: "Town"]' },
  });
  const moderator = await world.user({ nickname: 'mod', isModerator: true });
  expect(
    (await world.as(await world.token(moderator)).graphql(node, { id: configEntry.id })).errors?.[0]
      ?.extensions?.code,
  ).toBe('FORBIDDEN');
  await world.database.prisma.configEntry.deleteMany();
  expect(await admin.data(node, { id: configEntry.id })).toEqual({ node: null });
  expect(await admin.data('{ configEntry(group: ":pleroma", key: ":instance") { id } }')).toEqual({
    configEntry: null,
  });
});
