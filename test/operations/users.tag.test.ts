import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { engineName } from '../support/engine.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const tag = `mutation ($input: UsersTagInput!) { usersTag(input: $input) { users { nickname tags } errors { code path message } } }`;

it('adds lower-cased tags behind the old ones and writes one log row', async () => {
  await world.user({ nickname: 'alice', tags: ['old'] });
  const admin = await world.asAdmin();
  const { usersTag } = await admin.data<{ usersTag: unknown }>(tag, {
    input: { users: [{ nickname: 'ALICE' }], tags: ['New', 'old'] },
  });
  expect(usersTag).toEqual({ users: [{ nickname: 'alice', tags: ['old', 'new'] }], errors: [] });
  const [log] = await world.rows('moderation_log');
  expect(log?.['data']).toMatchObject({
    action: 'tag',
    nicknames: ['ALICE'],
    tags: ['New', 'old'],
    message: '@admin added tags: New, old to users: @ALICE',
  });
});

it('changes nothing when one of the accounts is unknown', async () => {
  await world.user({ nickname: 'alice' });
  const admin = await world.asAdmin();
  const { usersTag } = await world.expectUnchanged(() =>
    admin.data<{ usersTag: unknown }>(tag, {
      input: { users: [{ nickname: 'alice' }, { nickname: 'nobody' }], tags: ['x'] },
    }),
  );
  expect(usersTag).toEqual({
    users: null,
    errors: [
      {
        code: 'NOT_FOUND',
        path: ['users', '1', 'nickname'],
        message: 'There is no user "nobody".',
      },
    ],
  });
});

it('shows each account as its row is afterwards; who had the tags is not changed', async () => {
  for (const [nickname, tags] of [
    ['alice', ['x']],
    ['bob', []],
  ] as const)
    await world.user({ nickname, tags: [...tags] });
  await world.database.pool.query(`update users set updated_at = '2020-01-02 03:04:05'`);
  const admin = await world.asAdmin();
  const { usersTag } = await admin.data<{ usersTag: { users: { updatedAt: string }[] } }>(
    tag.replace('nickname tags', 'updatedAt'),
    { input: { users: [{ nickname: 'alice' }, { nickname: 'bob' }], tags: ['x'] } },
  );
  const rows = await world.rows('users');
  const times = ['alice', 'bob'].map((nickname) =>
    new Date(
      `${String(rows.find((row) => row['nickname'] === nickname)?.['updated_at'])}Z`,
    ).toISOString(),
  );
  expect(times[0]).toBe('2020-01-02T03:04:05.000Z');
  expect(Date.now() - Date.parse(times[1] ?? '')).toBeLessThan(60_000);
  expect(usersTag.users.map(({ updatedAt }) => updatedAt)).toEqual(times);
});

it.runIf(engineName === 'postgres')(
  'waits for whoever changes the same account, and adds to the tags they leave',
  async () => {
    await world.user({ nickname: 'alice', tags: ['old'] });
    const admin = await world.asAdmin();
    const { pool } = world.database;
    const other = await pool.connect();
    await other.query(`begin; update users set tags = '{old,theirs}' where nickname = 'alice'`);
    const tagging = admin.data(tag, {
      input: { users: [{ nickname: 'alice' }], tags: ['theirs', 'ours'] },
    });
    const isWaiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() and query like '%for update%'`;
    while ((await pool.query(isWaiting)).rowCount === 0) await pause(5);
    await other.query('commit');
    other.release();
    expect(await tagging).toEqual({
      usersTag: { users: [{ nickname: 'alice', tags: ['old', 'theirs', 'ours'] }], errors: [] },
    });
    expect((await world.rows('users', `nickname = 'alice'`))[0]?.['tags']).toEqual([
      'old',
      'theirs',
      'ours',
    ]);
  },
);

it('keeps the order of any tags, each once, and takes away just those given', async () => {
  const alice = await world.user({ nickname: 'alice' });
  const admin = await world.asAdmin();
  const untag = tag.replaceAll('Tag', 'Untag');
  const list = fc.array(fc.constantFrom('a', 'b', 'c d', '"', '\\', '{}', 'null', ',', 'ö', ''), {
    maxLength: 5,
  });
  const tagsAfter = async (document: string, tags: readonly string[]): Promise<unknown> => {
    await admin.data(document, { input: { users: [{ nickname: 'alice' }], tags } });
    return (await world.rows('users')).find(({ id }) => id === alice.id)?.['tags'];
  };
  await fc.assert(
    fc.asyncProperty(list, list, list, async (old, given, taken) => {
      await world.database.pool.query('update users set tags = $1 where id = $2', [old, alice.id]);
      const all = [...new Set([...old, ...given])];
      expect(await tagsAfter(tag, given)).toEqual(all);
      expect(await tagsAfter(untag, taken)).toEqual(all.filter((name) => !taken.includes(name)));
    }),
    { numRuns: 40 },
  );
});
