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
