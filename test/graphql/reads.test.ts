import { expect, it } from 'vitest';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);

const readsOf = (table: string): number => {
  const read = new RegExp(`from (?:"public"\\.)?"?${table}\\b`, 'i');
  return world.statements.filter((text) => read.test(text)).length;
};

it('reads invites once', async () => {
  const admin = await world.asAdmin();
  await admin.data('mutation { inviteCreate(input: {}) { errors { code } } }');
  world.statements.length = 0;
  const { invites } = await admin.data<{ invites: { nodes: unknown[] } }>(
    '{ invites(first: 5) { nodes { id token status remaining link } } }',
  );
  expect(invites.nodes).toHaveLength(1);
  expect(readsOf('user_invite_tokens')).toBe(1);
});

it('does not read an invite again that it just made', async () => {
  const admin = await world.asAdmin();
  world.statements.length = 0;
  await admin.data('mutation { inviteCreate(input: {}) { invite { id token status remaining } } }');
  const last = world.statements.findLastIndex((text) => /^commit/i.test(text));
  expect(world.statements.slice(last + 1).filter((text) => /invite/.test(text))).toEqual([]);
  expect(readsOf('user_invite_tokens')).toBe(0);
});

it('reads accounts once, wherever they stand and whatever is asked of them', async () => {
  await world.user({ nickname: 'alice' });
  const admin = await world.asAdmin();
  const fields = 'id nickname displayName host status tags email createdAt lastStatusAt avatarUrl';
  for (const query of [
    `{ users { nodes { ${fields} } edges { node { ...on User { bio url } } } } }`,
    `{ user(by: { nickname: "alice" }) { ${fields} } }`,
  ]) {
    world.statements.length = 0;
    await admin.data(query);
    expect([query, readsOf('users u')]).toEqual([query, 1]);
  }
});

it('reads a page of reports in as many statements as it has levels, however long it is', async () => {
  const admin = await world.asAdmin();
  const count = async (): Promise<number> => {
    world.statements.length = 0;
    await admin.data(
      '{ reports { nodes { account { nickname } actor { nickname } statuses { status { content account { nickname } } } } } }',
    );
    return world.statements.length;
  };
  const report = async (name: string): Promise<void> => {
    const author = await world.user({ nickname: name });
    const statuses = [await posts.status(author), await posts.status(author)];
    await posts.report(await world.user({ nickname: `${name}-reporter` }), author, statuses);
  };
  await report('first');
  const short = await count();
  for (const name of ['second', 'third', 'fourth']) await report(name);
  expect(await count()).toBe(short);
  expect(short).toBeLessThanOrEqual(5);
});
