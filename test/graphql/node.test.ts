import { expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const globalId = (type: string, id: string): string =>
  Buffer.from(`${type}:${id}`).toString('base64');
const types = [
  'User',
  'Invite',
  'Report',
  'ReportNote',
  'Status',
  'ModerationLogEntry',
  'ConfigEntry',
  'Announcement',
  'OAuthApp',
  'Rule',
];
const ids = [
  '00000000-0000-0000-0000-000000000000',
  '4711',
  '999999999999999999999',
  'x',
  "'; drop table users",
];

it.each(types)(
  'is null where there is no %s of that id, whatever the id looks like',
  async (type) => {
    const admin = await world.asAdmin();
    for (const id of ids)
      expect(
        await admin.data('query ($id: ID!) { node(id: $id) { id } }', { id: globalId(type, id) }),
      ).toEqual({ node: null });
  },
);

it('is the account of that id', async () => {
  const id = globalId('User', world.admin.id);
  expect(
    await (
      await world.asAdmin()
    ).data('query ($id: ID!) { node(id: $id) { id ... on User { nickname } } }', { id }),
  ).toEqual({ node: { id, nickname: 'admin' } });
});
