import fc from 'fast-check';
import { expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const tag = `mutation ($input: UsersTagInput!) { usersTag(input: $input) { users { nickname tags } errors { code path message } } }`;

it('adds lower-cased tags behind the old ones and writes one log row (facts/users.md §5.7)', async () => {
  await world.user({ nickname: 'alice', tags: ['old'] });
  const admin = await world.asAdmin();
  const { usersTag } = await admin.data<{ usersTag: unknown }>(tag, { input: { users: [{ nickname: 'ALICE' }], tags: ['New', 'old'] } });
  expect(usersTag).toEqual({ users: [{ nickname: 'alice', tags: ['old', 'new'] }], errors: [] });
  const [log] = await world.rows('moderation_log');
  expect(log?.['data']).toMatchObject({ action: 'tag', nicknames: ['ALICE'], tags: ['New', 'old'], message: '@admin added tags: New, old to users: @ALICE' });
});

it('changes nothing when one of the accounts is unknown', async () => {
  await world.user({ nickname: 'alice' });
  const admin = await world.asAdmin();
  const { usersTag } = await world.expectUnchanged(() => admin.data<{ usersTag: unknown }>(tag, { input: { users: [{ nickname: 'alice' }, { nickname: 'nobody' }], tags: ['x'] } }));
  expect(usersTag).toEqual({ users: null, errors: [{ code: 'NOT_FOUND', path: ['users', '1', 'nickname'], message: 'There is no user "nobody".' }] });
});

it('keeps the order of any tags, each once, and takes away just those given (facts/users.md §5.7)', async () => {
  const alice = await world.user({ nickname: 'alice' });
  const admin = await world.asAdmin();
  const untag = tag.replaceAll('Tag', 'Untag');
  const list = fc.array(fc.constantFrom('a', 'b', 'c d', '"', '\\', '{}', 'null', ',', 'ö', ''), { maxLength: 5 });
  const tagsAfter = async (document: string, tags: readonly string[]): Promise<unknown> => {
    await admin.data(document, { input: { users: [{ nickname: 'alice' }], tags } });
    return (await world.rows('users')).find(({ id }) => id === alice.id)?.['tags'];
  };
  await fc.assert(fc.asyncProperty(list, list, list, async (old, given, taken) => {
    await world.database.pool.query('update users set tags = $1 where id = $2', [old, alice.id]);
    const all = [...new Set([...old, ...given])];
    expect(await tagsAfter(tag, given)).toEqual(all);
    expect(await tagsAfter(untag, taken)).toEqual(all.filter((name) => !taken.includes(name)));
  }), { numRuns: 40 });
});
