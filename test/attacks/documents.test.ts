import { getIntrospectionQuery } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Client, GraphQLAnswer } from '../support/client.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
let admin: Client;

beforeEach(async () => {
  admin = await world.asAdmin();
  world.statements.length = 0;
});

const many = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(' ');
const codesOf = ({ status, errors }: GraphQLAnswer) => ({
  status,
  codes: [...new Set(errors?.map(({ extensions }) => extensions?.code))],
});

/** Documents that cost too much before anything is executed. */
const floods: [string, string][] = [
  ['S1 10,000 aliases', `{ ${many(10_000, (index) => `a${index}: __typename`)} }`],
  ['S1 21 aliases', `{ ${many(21, (index) => `a${index}: users { totalCount }`)} }`],
  ['S1 21 aliases of __typename', `{ ${many(21, (index) => `a${index}: __typename`)} }`],
  ['S1 2,000 duplicate fields', `{ users { ${many(2_000, () => 'totalCount')} } }`],
  [
    'S1 duplicate fields in 700 inline fragments',
    `{ users { ${many(700, () => '... { totalCount }')} } }`,
  ],
  [
    'S1 one fragment spread 1,000 times',
    `{ users { ${many(1_000, () => '...f')} } } fragment f on UserConnection { totalCount }`,
  ],
  [
    'S1 500 fragments',
    `{ users { ${many(500, (index) => `...f${index}`)} } } ${many(500, (index) => `fragment f${index} on UserConnection { totalCount }`)}`,
  ],
  ['S1 more than 5,000 tokens', `{ ${many(5_001, () => '__typename')} }`],
  ['S3 depth 20,000', `${'{ a '.repeat(20_000)}${'}'.repeat(20_000)}`],
  ['S3 depth 2,000', `${'{ a '.repeat(1_600)}${'}'.repeat(1_600)}`],
  ['S3 depth 13', `{ users ${'{ a '.repeat(12)}${'}'.repeat(12)} }`],
  ['S3 60 directives', `{ ${many(60, (index) => `... @include(if: true) { a${index} }`)} }`],
];

describe('documents that cost too much', () => {
  it.each(floods)('%s: 400 COST_LIMIT and no statement, whoever asks', async (_name, document) => {
    for (const client of [admin, world.as(undefined)])
      expect(codesOf(await client.graphql(document))).toEqual({
        status: 400,
        codes: ['COST_LIMIT'],
      });
    expect(world.statements).toEqual([]);
  });

  it('S3 a circle of fragments, a list 2,400 deep and variables 200,000 deep are refused, and the process lives', async () => {
    const circle = await admin.graphql(
      '{ users { ...f } } fragment f on UserConnection { nodes { id } ...g } fragment g on UserConnection { ...f }',
    );
    expect(codesOf(circle)).toEqual({ status: 200, codes: ['GRAPHQL_VALIDATION_FAILED'] });
    const list = await admin.graphql(
      `{ users(filter: { tags: ${'['.repeat(2_400)}${']'.repeat(2_400)} }) { totalCount } }`,
    );
    expect(codesOf(list)).toEqual({ status: 400, codes: ['COST_LIMIT'] });
    const response = await world.app.fetch(
      new Request('http://steward.test/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await world.token(world.admin)}`,
        },
        body: `{"query":"mutation ($json: JSON!) { configUpdate(input: { changes: [{ group: \\":pleroma\\", key: \\":instance\\", action: { set: { json: $json } } }] }) { errors { code path } } }","variables":{"json":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`,
      }),
    );
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'COST_LIMIT' } }],
    });
    expect(await admin.data('{ users { totalCount } }')).toEqual({ users: { totalCount: 1 } });
  });
});

describe('S2 batches', () => {
  it.each([1, 2, 1_000])('of %i are refused', async (count) => {
    const body = JSON.stringify(
      Array.from({ length: count }, () => ({ query: '{ users { totalCount } }' })),
    );
    const response = await world.app.fetch(
      new Request('http://steward.test/graphql', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await world.token(world.admin)}`,
        },
        body,
      }),
    );
    expect(response.status).toBe(400);
    expect(world.statements.filter((sql) => sql.includes('count('))).toEqual([]);
  });
});

describe('S4 cost', () => {
  const costOf = async (document: string, variables?: Record<string, unknown>) => {
    const answer = await admin.graphql(document, variables);
    return { ...codesOf(answer), cost: answer.extensions?.cost?.requestedQueryCost };
  };

  it('is shown with every answer, counted from page sizes, lists and variables', async () => {
    expect(await costOf('{ users(first: 10) { nodes { id nickname } } }')).toEqual({
      status: 200,
      codes: [],
      cost: 11,
    });
    expect(await costOf('{ users { nodes { id } pageInfo { hasNextPage } } }')).toEqual({
      status: 200,
      codes: [],
      cost: 52,
    });
    expect(
      await costOf('query ($n: Int = 20) { users(first: $n) { edges { node { id } } } }'),
    ).toEqual({ status: 200, codes: [], cost: 41 });
    expect(
      await costOf('query ($n: Int = 20) { users(first: $n) { edges { node { id } } } }', { n: 3 }),
    ).toEqual({ status: 200, codes: [], cost: 7 });
    expect(
      await costOf(
        '{ reports(first: 20) { nodes { ...r } } } fragment r on Report { account { id } actor { id } statuses { status { id } } }',
      ),
    ).toEqual({ status: 200, codes: [], cost: 261 });
    expect(await costOf('{ __typename }')).toEqual({ status: 200, codes: [], cost: 0 });
    const users = Array.from({ length: 30 }, () => ({ nickname: 'admin' }));
    expect(
      await costOf(
        'mutation ($users: [UserReference!]!) { usersTag(input: { users: $users, tags: [] }) { users { id } errors { code } } }',
        { users },
      ),
    ).toEqual({ status: 200, codes: [], cost: 36 });
  });

  it.each([
    ['first: 101', '{ users(first: 101) { nodes { id } } }', 'INVALID', 102],
    ['first: -1', '{ users(first: -1) { nodes { id } } }', 'INVALID', 1],
    [
      'last: 1000000 by a variable',
      'query ($n: Int = 1000000) { users(last: $n) { nodes { id } } }',
      'INVALID',
      1_000_001,
    ],
    [
      'missing sizes, nested',
      '{ users { nodes { statuses { nodes { id } } } } }',
      'COST_LIMIT',
      2_601,
    ],
    [
      '100 × 100 × 100',
      '{ users(first: 100) { nodes { statuses(first: 100) { nodes { account { statuses(first: 100) { nodes { id } } } } } } } }',
      'COST_LIMIT',
      1_030_201,
    ],
    [
      'reports of reports of reports',
      '{ report(by: { databaseId: "x" }) { earlierReports { account { reportsAbout { earlierReports { id } } } } } }',
      'COST_LIMIT',
      1_010_201,
    ],
    [
      "a mutation's answer",
      `mutation ($users: [UserReference!]!) { usersTag(input: { users: $users, tags: [] }) { users { statuses(first: 100) { nodes { id } } } } }`,
      'COST_LIMIT',
      10_201,
    ],
  ])(
    "refuses %s with the computed cost, before any statement but the caller's",
    async (_name, document, code, cost) => {
      const users = Array.from({ length: 100 }, () => ({ nickname: 'admin' }));
      expect(
        await world.expectUnchanged(() =>
          costOf(document, document.includes('$users') ? { users } : undefined),
        ),
      ).toEqual({ status: 400, codes: [code], cost });
      expect(
        world.statements.filter(
          (sql) =>
            !sql.includes('oauth_tokens') &&
            !sql.includes('jsonb_agg') &&
            !sql.includes('pg_tables'),
        ),
      ).toEqual([]);
    },
  );
});

describe('S5 introspection and suggestions', () => {
  const typo = '{ usrs { totalCount } }';
  const messages = ({ errors }: GraphQLAnswer) => errors?.map(({ message }) => message);

  it('are for staff: others are refused, and learn no name from a faulty document', async () => {
    const moderator = world.as(
      await world.token(await world.user({ nickname: 'mod', isModerator: true })),
    );
    for (const client of [admin, moderator]) {
      expect(codesOf(await client.graphql(getIntrospectionQuery()))).toEqual({
        status: 200,
        codes: [],
      });
      expect(messages(await client.graphql(typo))).toEqual([
        'Cannot query field "usrs" on type "Query". Did you mean "users" or "user"?',
      ]);
    }
    const user = world.as(await world.token(await world.user({ nickname: 'alice' })));
    expect(codesOf(await user.graphql(getIntrospectionQuery()))).toEqual({
      status: 403,
      codes: ['FORBIDDEN'],
    });
    expect(
      codesOf(await user.graphql('{ ...f } fragment f on Query { __type(name: "User") { name } }')),
    ).toEqual({ status: 403, codes: ['FORBIDDEN'] });
    expect(messages(await user.graphql(typo))).toEqual([
      'Cannot query field "usrs" on type "Query".',
    ]);
    expect(
      messages(
        await user.graphql('query ($f: UserFilter) { users(filter: $f) { totalCount } }', {
          f: { serch: 'x' },
        }),
      )?.join(),
    ).not.toContain('Did you mean');
    for (const nobody of [world.as(undefined), world.as('bad')]) {
      expect(codesOf(await nobody.graphql(getIntrospectionQuery()))).toEqual({
        status: 401,
        codes: ['UNAUTHENTICATED'],
      });
      const answer = await nobody.graphql(typo);
      expect({ ...codesOf(answer), messages: messages(answer) }).toEqual({
        status: 401,
        codes: ['UNAUTHENTICATED'],
        messages: ['Invalid credentials.'],
      });
    }
    expect(codesOf(await user.graphql('{ __typename }'))).toEqual({ status: 200, codes: [] });
  });
});
