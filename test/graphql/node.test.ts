import { expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const node = 'query ($id: ID!) { node(id: $id) { id } }';
const globalId = (text: string): string => Buffer.from(text).toString('base64');

it.each(['User', 'Report', 'Status', 'Invite', 'ReportNote', 'ModerationLogEntry', 'ConfigEntry', 'Announcement', 'OAuthApp'])('a global id of %s that no row can have is null, not a fault (facts/security.md S12)', async (type) => {
  const admin = await world.asAdmin();
  for (const id of ["'\n", '1; drop', '\0', '-1', '9'.repeat(40), '00000000-0000-0000-0000-00000000000g', '00000000-0000-0000-0000-000000000000', '4']) {
    expect(await admin.graphql(node, { id: globalId(`${type}:${id}`) }), JSON.stringify(id)).toMatchObject({ status: 200, data: { node: null }, errors: undefined });
  }
});
