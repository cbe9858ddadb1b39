import { beforeEach, describe, expect, it } from 'vitest';
import { engineName } from '../support/engine.js';
import {
  askWith,
  doors,
  refusalIn,
  useKeepingApps,
  useOtherDatabases,
  type Ask,
} from '../support/keyed.js';
import { makePosts } from '../support/posts.js';
import { adminSecret, useWorld } from '../support/world.js';

const world = useWorld();
const keeping = useKeepingApps(world);
const otherDatabase = useOtherDatabases(world);
const key = '0b5ff7c5-5f8f-4c0b-9d6c-0ad2cf7b1d3e';
const invites = async (): Promise<unknown[]> =>
  (await world.rows('user_invite_tokens')).map(({ token }) => token);
const kept = (): Promise<Record<string, unknown>[]> => world.rows('steward.idempotency_keys');
let token: string;
let ask: Ask;

beforeEach(async () => {
  token = await world.token(world.admin);
  ask = askWith(keeping(), { authorization: `Bearer ${token}` });
});

describe.each(doors)('S18, U9 $name', ({ make, token: tokenIn }) => {
  it('is answered as the first time, by the same status, body and headers, and done once', async () => {
    const first = await make(ask, key, 3);
    expect(await invites()).toEqual([tokenIn(first.body)]);
    expect([
      first.status,
      first.headers.get('idempotency-key'),
      first.headers.get('idempotent-replayed'),
    ]).toEqual([200, key, null]);
    const requestId = first.headers.get('x-request-id');
    expect(first.headers.get('x-original-request-id')).toBe(requestId);
    for (let time = 2; time <= 3; time += 1) {
      const again = await make(ask, key, 3);
      expect([again.status, again.body]).toEqual([first.status, first.body]);
      expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
      expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
      expect([
        again.headers.get('idempotency-key'),
        again.headers.get('idempotent-replayed'),
        again.headers.get('x-original-request-id'),
      ]).toEqual([key, 'true', requestId]);
      expect(again.headers.get('x-request-id')).not.toBe(requestId);
    }
    expect(await invites()).toEqual([tokenIn(first.body)]);
    expect(await kept()).toHaveLength(1);
  });

  it('with another body is refused with 422, and nothing is done', async () => {
    await make(ask, key, 3);
    const other = await world.expectUnchanged(() => make(ask, key, 4));
    expect(other.status).toBe(422);
    expect(refusalIn(other.body).message).toBe(
      'This Idempotency-Key came before with another request. Nothing was done: take a new key for a new request.',
    );
    expect([undefined, 'KEY_REUSED']).toContain(refusalIn(other.body).code);
    expect(other.headers.get('idempotent-replayed')).toBeNull();
    expect(await make(ask, key, 3)).toMatchObject({ status: 200 });
    expect(await invites()).toHaveLength(1);
  });

  it('of another caller is another key; of another token of the same account it is the same', async () => {
    const other = await world.user({ nickname: 'other', isAdmin: true });
    const askers = [
      ask,
      askWith(keeping(), { authorization: `Bearer ${await world.token(other)}` }),
      askWith(keeping(), { 'x-admin-token': adminSecret }),
    ];
    const answers = await Promise.all(askers.map((asker) => make(asker, key, 3)));
    const tokens = answers.map(({ body }) => tokenIn(body));
    expect(new Set(tokens).size).toBe(3);
    expect(await invites()).toHaveLength(3);
    const again = await make(
      askWith(keeping(), { authorization: `Bearer ${await world.token(world.admin)}` }),
      key,
      3,
    );
    expect([tokenIn(again.body), again.headers.get('idempotent-replayed')]).toEqual([
      tokens[0],
      'true',
    ]);
    expect(await invites()).toHaveLength(3);
  });

  it('must be 1 to 255 visible characters', async () => {
    for (const bad of ['', 'two words', 'k'.repeat(256), 'schlüssel']) {
      const answer = await world.expectUnchanged(() => make(ask, bad, 3));
      expect([answer.status, refusalIn(answer.body).message]).toEqual([
        400,
        'The header Idempotency-Key must have 1 to 255 visible ASCII characters and no spaces.',
      ]);
    }
    expect(await make(ask, '"'.padEnd(255, '~'), 3)).toMatchObject({ status: 200 });
  });

  it('asked at once by two processes is done once: the others are told to ask again, and then get that answer', async () => {
    const database = await otherDatabase();
    const second = askWith(keeping({ database, source: { ...world.source, database } }), {
      authorization: `Bearer ${token}`,
    });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => make(index % 2 === 0 ? ask : second, key, 3)),
    );
    const [done] = await invites();
    expect(await invites()).toHaveLength(1);
    for (const { status, body, headers } of answers) {
      expect([200, 409]).toContain(status);
      if (status === 200) expect(tokenIn(body)).toBe(done);
      else
        expect([headers.get('retry-after'), refusalIn(body).message]).toEqual([
          '1',
          'The first request with this Idempotency-Key is still at work: ask again in a second.',
        ]);
    }
    expect(
      answers.filter(
        ({ status, headers }) => status === 200 && headers.get('idempotent-replayed') === null,
      ),
    ).toHaveLength(1);
    for (const asker of [ask, second]) expect(tokenIn((await make(asker, key, 3)).body)).toBe(done);
  });

  it('of a day ago is forgotten, and rows of others with it', async () => {
    await make(ask, key, 3);
    await make(ask, `${key}-2`, 3);
    expect(
      (
        await world.database.pool.query(
          `select extract(epoch from expires_at - now()) between 86390 and 86400 as fits from steward.idempotency_keys`,
        )
      ).rows,
    ).toEqual([{ fits: true }, { fits: true }]);
    await world.database.pool.query(
      `update steward.idempotency_keys set expires_at = now() - interval '1 second'`,
    );
    const again = await make(ask, key, 3);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, null]);
    expect(await invites()).toHaveLength(3);
    expect(await kept()).toHaveLength(1);
  });

  it('is ignored without a schema of Steward’s own', async () => {
    const without = askWith(keeping({ keepsAnswers: false }), { authorization: `Bearer ${token}` });
    const answers = [
      await make(without, key, 3),
      await make(without, key, 4),
      await make(without, 'two words', 4),
    ];
    expect(answers.map(({ status, headers }) => [status, headers.get('idempotency-key')])).toEqual([
      [200, null],
      [200, null],
      [200, null],
    ]);
    expect(await invites()).toHaveLength(3);
    expect(await kept()).toEqual([]);
  });

  it('leaves a row that tells nothing to who does not know it', async () => {
    const { body } = await make(ask, key, 3);
    const rows = await kept();
    expect(rows).toHaveLength(1);
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['answer', 'expires_at', 'id', 'request']);
    const bytes = Object.values(rows[0] ?? {})
      .map((value) => Buffer.from(String(value).replace(/^\\x/, ''), 'hex').toString('latin1'))
      .join();
    for (const text of [key, tokenIn(body) ?? '', world.admin.id, 'invite', 'token'])
      expect(bytes).not.toContain(text);
  });
});

describe.runIf(engineName === 'postgres')('S18 while the first is still at work', () => {
  const note =
    'mutation ($input: ReportNoteCreateInput!) { reportNoteCreate(input: $input) { note { content } errors { code message } } }';
  const ways: [string, (report: string) => Promise<Awaited<ReturnType<Ask>>>][] = [
    [
      'GraphQL',
      (databaseId) =>
        ask(
          'POST',
          '/graphql',
          { query: note, variables: { input: { report: { databaseId }, content: 'seen' } } },
          { 'idempotency-key': key },
        ),
    ],
    [
      'the legacy path',
      (id) =>
        ask(
          'POST',
          `/api/pleroma/admin/reports/${id}/notes`,
          { content: 'seen' },
          { 'idempotency-key': key },
        ),
    ],
    [
      'the v1 path',
      (id) =>
        ask(
          'POST',
          `/api/v1/pleroma/admin/reports/${id}/notes`,
          { content: 'seen' },
          { 'idempotency-key': key },
        ),
    ],
  ];

  it.each(ways)('%s: 409 with Retry-After, at once; then the answer', async (_way, send) => {
    const report = await makePosts(world).report(
      await world.user({ nickname: 'reporter' }),
      await world.user({ nickname: 'rude' }),
    );
    const holder = await world.database.pool.connect();
    await holder.query(`begin; select from activities where id = '${report.id}' for update`);
    const first = send(report.databaseId);
    const isWaiting = async (): Promise<boolean> =>
      (
        await world.database.pool.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
      ).rowCount === 1;
    while (!(await isWaiting()));
    const second = await send(report.databaseId);
    expect([
      second.status,
      second.headers.get('retry-after'),
      refusalIn(second.body).message,
    ]).toEqual([
      409,
      '1',
      'The first request with this Idempotency-Key is still at work: ask again in a second.',
    ]);
    expect([undefined, 'IN_PROGRESS']).toContain(refusalIn(second.body).code);
    await holder.query('commit');
    holder.release();
    const done = await first;
    expect([done.status < 300, done.headers.get('idempotent-replayed')]).toEqual([true, null]);
    const third = await send(report.databaseId);
    expect([third.status, third.body, third.headers.get('idempotent-replayed')]).toEqual([
      done.status,
      done.body,
      'true',
    ]);
    expect(await world.rows('report_notes')).toMatchObject([{ content: 'seen' }]);
    expect(await world.rows('moderation_log')).toHaveLength(1);
  });
});

describe('S18 what a key stands for', () => {
  it('is its own on every method, path and door', async () => {
    for (const { make } of doors.filter(({ name }) => !name.includes('Yoga')))
      expect((await make(ask, key, 3)).headers.get('idempotent-replayed')).toBeNull();
    for (const method of ['PUT', 'DELETE']) {
      await world.user({ nickname: `alice${method}` });
      expect(
        (
          await ask(
            method,
            '/api/v1/pleroma/admin/users/tag',
            { nicknames: [`alice${method}`], tags: ['x'] },
            { 'idempotency-key': key },
          )
        ).status,
      ).toBe(204);
    }
    expect(await invites()).toHaveLength(3);
    expect(await kept()).toHaveLength(5);
  });

  it('holds the query and the media type too', async () => {
    const path = '/api/pleroma/admin/users/invite_token';
    const headers = { 'idempotency-key': key };
    expect((await ask('POST', `${path}?max_use=3`, undefined, headers)).status).toBe(200);
    expect((await ask('POST', `${path}?max_use=4`, undefined, headers)).status).toBe(422);
    expect(
      (
        await ask('POST', `${path}?max_use=3`, undefined, {
          ...headers,
          'content-type': 'text/plain',
        })
      ).status,
    ).toBe(422);
    expect(
      (await ask('POST', `${path}?max_use=3`, undefined, headers)).headers.get(
        'idempotent-replayed',
      ),
    ).toBe('true');
    expect(await invites()).toHaveLength(1);
  });

  it('is ignored by what reads: GraphQL queries and GET', async () => {
    for (let time = 0; time < 2; time += 1) {
      for (const answer of [
        await ask(
          'POST',
          '/graphql',
          { query: '{ invites { totalCount } }' },
          { 'idempotency-key': key },
        ),
        await ask('GET', '/api/v1/pleroma/admin/users', undefined, { 'idempotency-key': key }),
      ]) {
        expect([
          answer.status,
          answer.headers.get('idempotency-key'),
          answer.headers.get('idempotent-replayed'),
        ]).toEqual([200, null, null]);
      }
    }
    expect(await kept()).toEqual([]);
  });

  it('a caller without a valid credential is refused as ever, and nothing is kept', async () => {
    for (const { make } of doors)
      expect([401, 403]).toContain(
        (await make(askWith(keeping(), { authorization: 'Bearer no-such-token' }), key, 3)).status,
      );
    expect([await kept(), await invites()]).toEqual([[], []]);
  });
});
