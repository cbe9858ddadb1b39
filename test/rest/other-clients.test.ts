import { expect, it } from 'vitest';
import { z } from 'zod';
import { adminUser, answers } from '../support/admin-fe.js';
import { useListening } from '../support/listening.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
const start = useListening(world);
const legacy = '/api/pleroma/admin';
const v1 = '/api/v1/pleroma/admin';

it('the moderation menu of pleroma-fe works below the old prefix, with its bodies that are none', async () => {
  await world.user({ nickname: 'alice' });
  const ask = await start();
  const authorization = `Bearer ${await world.token(world.admin)}`;
  const plain = { authorization, 'content-type': 'text/plain' };
  for (const [method, expected] of [
    ['POST', true],
    ['DELETE', false],
  ] as const) {
    expect(
      await ask(
        method,
        `${legacy}/users/alice/permission_group/moderator`,
        '[object Object]',
        plain,
      ),
    ).toMatchObject({ status: 200 });
    expect(await world.rows('users', `nickname = 'alice'`)).toMatchObject([
      { is_moderator: expected },
    ]);
  }
  for (const [change, deactivated] of [
    ['deactivate', true],
    ['activate', false],
  ] as const) {
    const { status, body } = await ask(
      'PATCH',
      `${legacy}/users/${change}`,
      { nicknames: ['alice'] },
      { authorization },
    );
    expect({
      status,
      users: answers.changedUsers.parse(body).users.map((user) => user.deactivated),
    }).toEqual({ status: 200, users: [deactivated] });
  }
  for (const change of ['suggest', 'unsuggest'])
    expect(
      (await ask('PATCH', `${legacy}/users/${change}`, { nicknames: ['alice'] }, { authorization }))
        .status,
    ).toBe(200);
  expect(
    (
      await ask(
        'POST',
        `${legacy}/users/permission_group/moderator`,
        { nicknames: ['alice'] },
        { authorization },
      )
    ).status,
  ).toBe(200);
  expect(
    (
      await ask(
        'PUT',
        `${legacy}/users/tag`,
        { nicknames: ['alice'], tags: ['mrf_tag:sandbox'] },
        { authorization },
      )
    ).status,
  ).toBeLessThan(300);
  expect(
    (await ask('DELETE', `${legacy}/users?nickname=alice`, undefined, { authorization })).status,
  ).toBe(200);
  expect(await world.rows('users', `nickname = 'alice'`)).toMatchObject([{ is_active: false }]);
});

it("Mangane and Soapbox read what they need below today's prefix", async () => {
  const alice = await world.user({ nickname: 'alice', isApproved: false });
  const note = await posts.status(alice);
  const ask = await start();
  const headers = { authorization: `Bearer ${await world.token(world.admin)}` };
  const list = await ask(
    'GET',
    `${v1}/users?filters=local&page=1&page_size=50&query=`,
    undefined,
    headers,
  );
  expect(answers.users.parse(list.body).users).toHaveLength(2);
  for (const change of ['approve', 'deactivate', 'activate', 'suggest', 'unsuggest']) {
    const { body } = await ask('PATCH', `${v1}/users/${change}`, { nicknames: ['alice'] }, headers);
    expect(
      z
        .looseObject({ users: z.array(adminUser) })
        .parse(body)
        .users.map(({ nickname }) => nickname),
    ).toEqual(['alice']);
  }
  expect(
    answers.config.parse(
      (
        await ask(
          'POST',
          `${v1}/config`,
          { configs: [{ group: ':pleroma', key: ':k', value: 1 }] },
          headers,
        )
      ).body,
    ).configs,
  ).toHaveLength(1);
  expect(
    (await ask('PUT', `${v1}/statuses/${note.databaseId}`, { sensitive: true }, headers)).body,
  ).toMatchObject({ sensitive: true, visibility: 'public' });
  expect(
    answers.log.parse((await ask('GET', `${v1}/moderation_log`, undefined, headers)).body).items
      .length,
  ).toBeGreaterThan(0);
  expect((await ask('GET', `${v1}/announcements`, undefined, headers)).body).toEqual([]);
  expect((await ask('DELETE', `${v1}/users`, { nicknames: ['alice'] }, headers)).body).toEqual([
    'alice',
  ]);
});
