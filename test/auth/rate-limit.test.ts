import { beforeEach, describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/auth/rate-limit.js';
import { ThrottledError } from '../../src/errors.js';
import {
  askWith,
  refusalIn,
  useKeepingApps,
  useOtherDatabases,
  type Ask,
} from '../support/keyed.js';
import type { RestAnswer } from '../support/client.js';
import { adminSecret, useWorld } from '../support/world.js';

const world = useWorld();
const keeping = useKeepingApps(world);
const otherDatabase = useOtherDatabases(world);
const perMinute = 5;
let tokens: Record<'admin' | 'other', string>;

const ways: [string, (ask: Ask) => Promise<RestAnswer>][] = [
  ['a query', (ask) => ask('POST', '/graphql', { query: '{ users { totalCount } }' })],
  [
    "a query by Yoga's own way",
    (ask) =>
      ask(
        'POST',
        '/graphql',
        { query: '{ users { totalCount } }' },
        { accept: 'application/json, multipart/mixed;q=0.1' },
      ),
  ],
  ['a faulty document', (ask) => ask('POST', '/graphql', { query: '{ nothing }' })],
  [
    'a mutation',
    (ask) =>
      ask('POST', '/graphql', {
        query: 'mutation { inviteCreate(input: {}) { errors { code } } }',
      }),
  ],
  ['the legacy path', (ask) => ask('GET', '/api/pleroma/admin/users', undefined)],
  [
    'the v1 path',
    (ask) => ask('PUT', '/api/v1/pleroma/admin/users/tag', { nicknames: ['other'], tags: ['x'] }),
  ],
  [
    'what a dashboard logs in with',
    (ask) => ask('GET', '/api/v1/accounts/verify_credentials', undefined),
  ],
];

beforeEach(async () => {
  const other = await world.user({ nickname: 'other', isAdmin: true });
  tokens = { admin: await world.token(world.admin), other: await world.token(other) };
});

const asks = (app: ReturnType<typeof keeping>) => ({
  admin: askWith(app, { authorization: `Bearer ${tokens.admin}` }),
  other: askWith(app, { authorization: `Bearer ${tokens.other}` }),
  secret: askWith(app, { 'x-admin-token': adminSecret }),
});

describe.each(['this process', 'the schema steward'])(
  'RATE_LIMIT (issue 9), counted in %s',
  (place) => {
    const limit = () =>
      createRateLimit(perMinute, place === 'this process' ? undefined : world.source.database.pool);

    it.each(ways)(
      '%s: one caller too many times is refused with 429 and told when to come back; another is not',
      async (_way, send) => {
        const { admin, other, secret } = asks(keeping({ rateLimit: limit() }));
        for (let time = 1; time <= perMinute; time += 1)
          expect((await send(admin)).status).toBeLessThan(300);
        for (let time = 1; time <= 2; time += 1) {
          const refused = await world.expectUnchanged(() => send(admin));
          expect([refused.status, refusalIn(refused.body).message]).toEqual([429, 'Throttled']);
          expect([undefined, 'RATE_LIMITED']).toContain(refusalIn(refused.body).code);
          expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
          expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
        }
        expect((await send(other)).status).toBeLessThan(300);
        expect((await secret('GET', '/api/v1/pleroma/admin/users', undefined)).status).toBe(200);
      },
    );

    it('every door and every token of an account count together', async () => {
      const app = keeping({ rateLimit: limit() });
      const askers = [
        asks(app).admin,
        askWith(app, { authorization: `Bearer ${await world.token(world.admin)}` }),
      ];
      const statuses = [];
      for (const [index, [, send]] of [...ways, ...ways].entries())
        statuses.push((await send(askers[index % 2] ?? asks(app).admin)).status);
      expect(statuses.map((status) => status === 429)).toEqual(
        statuses.map((_status, index) => index >= perMinute),
      );
    });

    it('of 40 requests at once no more are served', async () => {
      const { admin } = asks(keeping({ rateLimit: limit() }));
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => admin('GET', '/api/v1/pleroma/admin/users', undefined)),
      );
      expect(
        [200, 429].map((wanted) => answers.filter(({ status }) => status === wanted).length),
      ).toEqual([perMinute, 40 - perMinute]);
    });

    it.each(ways)(
      '%s: who has no valid credential is counted by address, and stands in the way of nobody who has one',
      async (_way, send) => {
        const app = keeping({ rateLimit: limit() });
        const nobodies = [
          askWith(app, { authorization: 'Bearer no-such-token' }),
          askWith(app, {}),
        ];
        const statuses = [];
        for (let time = 0; time < 2 * perMinute; time += 1)
          statuses.push(
            (await world.expectUnchanged(() => send(nobodies[time % 2] ?? askWith(app, {}))))
              .status,
          );
        expect(statuses.map((status) => status === 429)).toEqual(
          statuses.map((_status, index) => index >= perMinute),
        );
        expect((await send(asks(app).admin)).status).toBeLessThan(300);
      },
    );

    it('an address is another one, a network of IPv6 is not', async () => {
      const { take } = limit();
      for (let time = 0; time < perMinute; time += 1)
        await take(undefined, `2001:db8::${String(time)}`);
      await expect(take(undefined, '2001:db8::ffff')).rejects.toThrow(ThrottledError);
      await expect(take(undefined, '2001:db8:0:1::1')).resolves.toBeUndefined();
      await expect(take(undefined, '192.0.2.1')).resolves.toBeUndefined();
    });
  },
);

it('RATE_LIMIT two processes count together in the schema steward; a refused caller writes nothing more', async () => {
  const database = await otherDatabase();
  const apps = [world.source.database, database].map((own) =>
    asks(
      keeping({
        database: own,
        source: { ...world.source, database: own },
        rateLimit: createRateLimit(perMinute, own.pool),
      }),
    ),
  );
  const statuses = [];
  for (let time = 0; time < 6 * perMinute; time += 1)
    statuses.push(
      (await apps[time % 2]?.admin('GET', '/api/v1/pleroma/admin/users', undefined))?.status,
    );
  expect(statuses).toEqual(statuses.map((_status, index) => (index < perMinute ? 200 : 429)));
  for (const { other } of apps)
    expect((await other('GET', '/api/v1/pleroma/admin/users', undefined)).status).toBe(200);
  // Each process has written its first refusal, and then knows.
  expect(
    await world.rows('steward.rate_limits', `key = 'requests:${world.admin.id}'`),
  ).toMatchObject([{ points: perMinute + 2 }]);
});

it('without RATE_LIMIT nobody is counted', async () => {
  const { admin } = asks(keeping());
  for (let time = 0; time < 3 * perMinute; time += 1)
    expect((await admin('GET', '/api/v1/pleroma/admin/users', undefined)).status).toBe(200);
  expect(await world.rows('steward.rate_limits')).toEqual([]);
});

it('S18 a request that was refused with 429 is done when it is asked again with its key', async () => {
  const headers = { 'idempotency-key': '7d0f6ad8-6e32-4ea4-a4f4-04a3ef0a6f7e' };
  const create = (ask: Ask): Promise<RestAnswer> =>
    ask('POST', '/api/v1/pleroma/admin/users/invite_token', {}, headers);
  const limited = asks(keeping({ rateLimit: createRateLimit(1) })).admin;
  expect((await limited('GET', '/api/v1/pleroma/admin/users', undefined)).status).toBe(200);
  expect((await world.expectUnchanged(() => create(limited))).status).toBe(429);
  const done = await create(asks(keeping()).admin);
  expect([done.status, done.headers.get('idempotent-replayed')]).toEqual([200, null]);
  expect(await world.rows('user_invite_tokens')).toHaveLength(1);
});
