import { describe, expect, it } from 'vitest';
import { createContext } from '../../src/context.js';
import { collapsing } from '../../src/rest/collapse.js';
import { routes } from '../../src/rest/routes.js';
import { useWorld } from '../support/world.js';

// src/rest/collapse.ts: what one caller asks alike in one turn is read and written once.

const world = useWorld();
const admin = '/api/v1/pleroma/admin';
const reads = (part: string): number =>
  world.queries.filter(({ text }) => text.includes(part)).length;

describe('requests in one turn', () => {
  it('are answered by one reading when one caller asks alike, and by another in the next turn', async () => {
    await world.user({ nickname: 'alice' });
    const caller = await world.asAdmin();
    world.queries.length = 0;
    const answers = await Promise.all(
      [`${admin}/users`, `${admin}/users`, `${admin}/users?page_size=1`, `${admin}/users`].map(
        (path) => caller.rest('GET', path),
      ),
    );
    const [first, second, third, fourth] = answers.map(
      ({ body }) =>
        body as { readonly users: { readonly nickname: string }[]; readonly count: number },
    );
    expect([second, fourth]).toEqual([first, first]);
    expect([
      first?.users.map(({ nickname }) => nickname),
      first?.count,
      third?.users.map(({ nickname }) => nickname),
      third?.count,
    ]).toEqual([['alice', 'admin'], 2, ['alice'], 2]);
    expect(reads('order by u.id desc limit')).toBe(2);
    expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(4);
    await world.user({ nickname: 'bob' });
    expect((await caller.rest('GET', `${admin}/users`)).body).toMatchObject({ count: 3 });
  });

  it('get the letters of an answer that only one gets', async () => {
    await world.user({ nickname: 'zoe', name: 'Zoë 🦊 ゾーイ' });
    const caller = await world.asAdmin();
    const path = `${admin}/users/zoe`;
    const alone = await caller.rest('GET', path);
    const [first, second] = await Promise.all([caller.rest('GET', path), caller.rest('GET', path)]);
    expect([first.body, second.body]).toEqual([alone.body, alone.body]);
    expect(first.body).toMatchObject({ nickname: 'zoe', display_name: 'Zoë 🦊 ゾーイ' });
  });

  it('are answered to each caller by the own rights, on each path in its dialect', async () => {
    const moderator = await world.user({ nickname: 'moderator', isModerator: true });
    const [first, second, nobody] = [
      await world.asAdmin(),
      world.as(await world.token(moderator)),
      world.as(undefined),
    ];
    const path = `${admin}/users/admin/credentials`;
    const legacy = `/api/pleroma/admin/users/admin`;
    const asked = [
      first.rest('GET', path),
      second.rest('GET', path),
      nobody.rest('GET', path),
      first.rest('GET', `${admin}/users/admin`),
      first.rest('GET', legacy),
      first.rest('GET', path),
    ];
    const [own, refused, unknown, modern, documented, again] = await Promise.all(asked);
    expect([own, refused, unknown, modern, documented].map((answer) => answer?.status)).toEqual([
      200, 403, 403, 200, 200,
    ]);
    expect(again?.body).toEqual(own?.body);
    expect(
      [modern?.body, documented?.body].map((body) => Object.hasOwn(body as object, 'deactivated')),
    ).toEqual([false, true]);
  });

  it('are each a deed of its own where a GET of the documents changes something', async () => {
    const caller = await world.asAdmin();
    const paths = [`/api/pleroma/admin/users/invite_token`, `${admin}/users/admin/password_reset`];
    const answers = await Promise.all([...paths, ...paths].map((path) => caller.rest('GET', path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect([answers[0]?.body, answers[1]?.body]).not.toEqual([answers[2]?.body, answers[3]?.body]);
    expect([
      (await world.rows('user_invite_tokens')).length,
      (await world.rows('password_reset_tokens')).length,
    ]).toEqual([2, 2]);
  });

  it('share a failure, and the next one is tried again', async () => {
    const caller = await world.asAdmin();
    const path = `${admin}/users/nobody`;
    const answers = await Promise.all([caller.rest('GET', path), caller.rest('GET', path)]);
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [404, { error: 'Not found' }],
      [404, { error: 'Not found' }],
    ]);
    await world.user({ nickname: 'nobody' });
    expect((await caller.rest('GET', path)).status).toBe(200);
  });
});

it('tells the record of every request which operations answered it', async () => {
  const route = routes.find(({ method, path }) => method === 'GET' && path === '/users');
  if (!route) throw new Error('there is no list of accounts');
  const answer = collapsing();
  const actor = {
    kind: 'account',
    ...world.admin,
    isAdmin: true,
    isModerator: false,
    scopes: 'all',
  } as const;
  const told: [number, string][] = [];
  const contexts = [0, 1, 2].map((place) =>
    createContext(
      world.source,
      actor,
      `request-${String(place)}`,
      (operation) => void told.push([place, operation]),
    ),
  );
  const raw = { path: {}, query: {}, body: {}, isAdminFe: false };
  const [first, ...others] = await Promise.all(
    contexts.map((context) => answer(route, context, 'v1', raw)),
  );
  expect(others).toEqual([first, first]);
  expect(told).toEqual(
    ['usersList', 'usersCount'].flatMap((operation) =>
      [0, 1, 2].map((place) => [place, operation]),
    ),
  );
});
