import { expect, it } from 'vitest';
import { engineName } from '../support/engine.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const one = '{ user(by: { nickname: "admin" }) { nickname } }';

it('answers whoever asks at the same time by the own key', async () => {
  const [alice, bob] = [
    await world.user({ nickname: 'alice' }),
    await world.user({ nickname: 'bob', isAdmin: true }),
  ];
  const tokens = [
    await world.token(world.admin),
    'no-such-token',
    await world.token(alice),
    await world.token(bob),
    await world.token(world.admin),
  ];
  const names = ['alice', 'BOB', 'nobody', 'alice', 'bob@home.example'];
  const answers = await Promise.all(
    tokens.map((token, index) =>
      world.as(token).graphql(`{ user(by: { nickname: "${names[index] ?? ''}" }) { nickname } }`),
    ),
  );
  expect(
    answers.map(({ status, data, errors }) => [
      status,
      data?.['user'] ?? null,
      errors?.[0]?.extensions?.['code'] ?? null,
    ]),
  ).toEqual([
    [200, { nickname: 'alice' }, null],
    [401, null, 'UNAUTHENTICATED'],
    [200, null, 'FORBIDDEN'],
    [200, { nickname: 'alice' }, null],
    [200, { nickname: 'bob' }, null],
  ]);
});

it('keeps nothing: a token revoked between two requests is refused at the second', async () => {
  const token = await world.token(world.admin);
  expect((await world.as(token).graphql(one)).status).toBe(200);
  await world.database.pool.query('delete from oauth_tokens where token = $1', [token]);
  expect((await world.as(token).graphql(one)).status).toBe(401);
});

it('finds nobody by odd names, and others meanwhile', async () => {
  const admin = await world.asAdmin();
  const names = ['admin', 'with\0NUL', '\ud800', '{"a,b}', 'NULL', '', 'ADMIN'];
  const found = await Promise.all(
    names.map(async (name) => {
      const { status, data } = await admin.graphql(
        'query ($name: String!) { user(by: { nickname: $name }) { nickname } }',
        { name },
      );
      return [status, data?.['user'] ?? null];
    }),
  );
  const admins = [200, { nickname: 'admin' }];
  expect(found).toEqual([admins, ...new Array<unknown>(5).fill([200, null]), admins]);
});

it('tells everybody who asked when the statement fails, and nobody after', async () => {
  const { database } = world.source;
  const [first, second] = await Promise.allSettled([
    database.read('select 1/$1::integer', [0], 1),
    database.read('select 1/$1::integer', [0], 1),
  ]);
  expect([first.status, second.status]).toEqual(['rejected', 'rejected']);
  expect(await database.read('select 1/$1::integer', [1], 1)).toEqual([['1']]);
});

it('does what is asked twice twice', async () => {
  await world.user({ nickname: 'alice' });
  const admin = await world.asAdmin();
  const tag =
    'mutation { usersTag(input: { users: [{ nickname: "alice" }], tags: ["a", "a", "B"] }) { users { tags } errors { code } } }';
  const answers = await Promise.all([admin.data(tag), admin.data(tag)]);
  expect(answers).toEqual(
    answers.map(() => ({ usersTag: { users: [{ tags: ['a', 'b'] }], errors: [] } })),
  );
  expect(await world.rows('moderation_log')).toHaveLength(2);
});

it('asks within the transaction it stands in', async () => {
  const { database } = world.source;
  const text = 'select u.bio from users u where u.nickname = $1::citext';
  const seen = database.transaction(async (tx) => {
    await tx.user.update({ where: { id: world.admin.id }, data: { bio: 'not yet' } });
    const [inside] = await database.read(text, ['admin'], 1);
    throw new Error(inside?.[0] ?? 'nothing');
  });
  await expect(seen).rejects.toThrow('not yet');
  const kept = await database.transaction(async (tx) => {
    await tx.user.update({ where: { id: world.admin.id }, data: { bio: 'kept' } });
    return database.read(text, ['admin'], 1);
  });
  expect(kept).toEqual([['kept']]);
  expect(await database.read(text, ['admin'], 1)).toEqual([['kept']]);
});

it.runIf(engineName === 'postgres')(
  'finds accounts by token and by nickname through indexes where tables are too large to read',
  async () => {
    const token = await world.token(world.admin);
    world.queries.length = 0;
    await world.as(token).data('{ user(by: { nickname: "admin" }) { nickname isAdmin } }');
    const statements = world.queries.filter(({ text }) =>
      /oauth_tokens|where u\.nickname/.test(text),
    );
    expect(statements).toHaveLength(2);
    const client = await world.database.pool.connect();
    try {
      await client.query('begin');
      await client.query('set local enable_seqscan = off');
      for (const { text, values } of statements) {
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
        expect(
          rows.map((row) => row['QUERY PLAN']).filter((line) => line.includes('Seq Scan')),
        ).toEqual([]);
      }
    } finally {
      await client.query('rollback');
      client.release();
    }
  },
);

it.runIf(engineName === 'postgres')(
  'has what every request asks planned once per connection, not at every request',
  async () => {
    await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    world.queries.length = 0;
    await admin.data(
      'mutation { usersTag(input: { users: [{ nickname: "alice" }], tags: ["a"] }) { users { tags } errors { code } } }',
    );
    await admin.data('{ user(by: { nickname: "admin" }) { nickname isAdmin } }');
    const statements = world.queries.filter(({ text }) =>
      /oauth_tokens|where u\.nickname|for update/.test(text),
    );
    expect(statements).toHaveLength(4);
    const client = await world.database.pool.connect();
    try {
      for (const [index, { text, values }] of statements.entries()) {
        for (let run = 0; run < 8; run += 1)
          await client.query({ name: `planned-${String(index)}`, text, values });
      }
      const { rows } = await client.query(
        `select distinct custom_plans::integer as custom, generic_plans::integer as generic from pg_prepared_statements where name like 'planned-%'`,
      );
      expect(rows).toEqual([{ custom: 5, generic: 3 }]);
    } finally {
      client.release();
    }
  },
);

it('prepares some hundred statements and runs all others too', async () => {
  const { database } = world.source;
  const numbers = Array.from({ length: 320 }, (_, index) => index);
  expect(
    await Promise.all(
      numbers.map((number) => database.read(`select ${String(number)} + $1::integer`, [1], 1)),
    ),
  ).toEqual(numbers.map((number) => [[String(number + 1)]]));
});
