import { beforeEach, describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../src/errors.js';
import { requestErrors } from '../../src/server/request-errors.js';
import { useListening } from '../support/listening.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const listening = useListening(world);
const documented = new Set([...Object.keys(errorCatalogue), ...Object.keys(requestErrors)]);

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly locations?: readonly unknown[];
    readonly path?: readonly unknown[];
    readonly extensions: { readonly code: string };
  }[];
  readonly extensions?: { readonly requestId?: string };
}

const json = 'application/json';
const strict = 'application/graphql-response+json';
let authorization = '';

beforeEach(async () => {
  authorization = `Bearer ${await world.token(world.admin)}`;
});

/** The two ways a request can go: straight through, and through Hono and Yoga, which the query in the path makes it go. */
const ways = [
  ['the short way', '/graphql'],
  ['the long way', '/graphql?way=long'],
] as const;

describe('values that do not fit are told with code, place and name', () => {
  it.each<[string, string, Record<string, unknown>, string, string]>([
    [
      'a text for a number',
      'query ($n: Int!) { users(first: $n) { totalCount } }',
      { n: 'ten' },
      'Variable "$n" got invalid value "ten"; Int cannot represent non-integer value: "ten"',
      'line 1, column 8',
    ],
    [
      'a missing variable',
      'query ($n: Int!) { users(first: $n) { totalCount } }',
      {},
      'Variable "$n" of required type "Int!" was not provided.',
      'line 1, column 8',
    ],
    [
      'null',
      'query ($n: Int!) { users(first: $n) { totalCount } }',
      { n: null },
      'Variable "$n" of non-null type "Int!" must not be null.',
      'line 1, column 8',
    ],
    [
      'no value of an enum',
      'query ($f: ReportFilter) { reports(filter: $f) { totalCount } }',
      { f: { state: 'open' } },
      'Variable "$f" got invalid value "open" at "f.state"; Value "open" does not exist in "ReportState" enum.',
      'line 1, column 8',
    ],
    [
      'a field the input does not have',
      'query ($f: ReportFilter) { reports(filter: $f) { totalCount } }',
      { f: { nothing: 1 } },
      'Variable "$f" got invalid value { nothing: 1 }; Field "nothing" is not defined by type "ReportFilter".',
      'line 1, column 8',
    ],
    [
      'no date',
      'query ($f: ModerationLogFilter) { moderationLog(filter: $f) { totalCount } }',
      { f: { from: 'yesterday' } },
      'Variable "$f" got invalid value "yesterday" at "f.from";',
      'line 1, column 8',
    ],
    [
      'two fields of a @oneOf',
      'query ($by: UserReference!) { user(by: $by) { id } }',
      { by: { nickname: 'a', id: 'b' } },
      'Variable "$by" got invalid value',
      'line 1, column 8',
    ],
    [
      'null in an object of the document',
      'query ($n: String) { user(by: { nickname: $n }) { id } }',
      { n: null },
      'by',
      'line 1, column',
    ],
  ])('%s', async (_case, query, variables, message, place) => {
    const ask = await listening();
    for (const [, path] of ways) {
      for (const accept of [json, strict]) {
        const { status, body } = await ask(
          'POST',
          path,
          { query, variables },
          { authorization, accept },
        );
        const { errors: [error] = [], data } = body as Answer;
        expect(error?.message).toContain(message);
        expect(error?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
        const [found] = (error?.locations ?? []) as { line: number; column: number }[];
        expect(`line ${String(found?.line)}, column ${String(found?.column)}`).toContain(place);
        // Without data the status says so to whoever knows of it.
        expect([accept, status]).toEqual([
          accept,
          accept === strict && data === undefined ? 400 : 200,
        ]);
      }
    }
  });

  it('names every wrong variable, and quotes no more than a part of a long value', async () => {
    const ask = await listening();
    const { body } = await ask(
      'POST',
      '/graphql',
      {
        query:
          'query ($a: Int!, $b: Boolean!) { users(first: $a) { totalCount @include(if: $b) } }',
        variables: { a: 'x'.repeat(100_000), b: 'no' },
      },
      { authorization },
    );
    const { errors = [] } = body as Answer;
    expect(errors.map(({ message }) => message.slice(0, 13))).toEqual([
      'Variable "$a"',
      'Variable "$b"',
    ]);
    expect(JSON.stringify(body).length).toBeLessThan(2_000);
  });
});

/** One of each kind of request that fails. */
const faulty: readonly [string, string, string, unknown, Record<string, string>][] = [
  ['no JSON', 'POST', '/graphql', '{', {}],
  ['no object', 'POST', '/graphql', '"x"', {}],
  ['null', 'POST', '/graphql', 'null', {}],
  ['a batch', 'POST', '/graphql', [{ query: '{ __typename }' }], {}],
  ['nothing', 'POST', '/graphql', '', {}],
  ['no query', 'POST', '/graphql', {}, {}],
  ['a query that is no text', 'POST', '/graphql', { query: 1 }, {}],
  [
    'variables that are no object',
    'POST',
    '/graphql',
    { query: '{ __typename }', variables: 'x' },
    {},
  ],
  ['a parameter too many', 'POST', '/graphql', { query: '{ __typename }', id: 'x' }, {}],
  ['broken grammar', 'POST', '/graphql', { query: '{' }, {}],
  ['an unknown field', 'POST', '/graphql', { query: '{ nothing }' }, {}],
  [
    'an unknown operation',
    'POST',
    '/graphql',
    { query: 'query A { __typename }', operationName: 'B' },
    {},
  ],
  [
    'which of two operations',
    'POST',
    '/graphql',
    { query: 'query A { __typename } query B { __typename }' },
    {},
  ],
  [
    'a wrong variable',
    'POST',
    '/graphql',
    { query: 'query ($n: Int!) { users(first: $n) { totalCount } }', variables: {} },
    {},
  ],
  [
    'an unknown hash',
    'POST',
    '/graphql',
    { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
    {},
  ],
  ['too large', 'POST', '/graphql', { query: `# ${'x'.repeat(1_100_000)}` }, {}],
  [
    'too many aliases',
    'POST',
    '/graphql',
    {
      query: `{ ${Array.from({ length: 21 }, (_, index) => `a${String(index)}: __typename`).join(' ')} }`,
    },
    {},
  ],
  ['compressed', 'POST', '/graphql', { query: '{ __typename }' }, { 'content-encoding': 'gzip' }],
  ['a form', 'POST', '/graphql', new URLSearchParams({ query: '{ __typename }' }), {}],
  ['plain text', 'POST', '/graphql', 'query', { 'content-type': 'text/plain' }],
  ['another method', 'PUT', '/graphql', { query: '{ __typename }' }, {}],
  ['a deletion', 'DELETE', '/graphql', undefined, {}],
  [
    'no answer acceptable',
    'POST',
    '/graphql',
    { query: '{ __typename }' },
    { accept: 'image/png' },
  ],
  [
    'a mutation by GET',
    'GET',
    `/graphql?query=${encodeURIComponent('mutation { usersTag(input: { users: [], tags: [] }) { errors { code } } }')}`,
    undefined,
    { accept: json },
  ],
  ['GET without a query', 'GET', '/graphql', undefined, { accept: json }],
  ['nobody', 'POST', '/graphql', { query: '{ __typename }' }, { authorization: 'Bearer nobody' }],
  [
    'nobody with a faulty document',
    'POST',
    '/graphql',
    { query: '{ nothing }' },
    { authorization: 'Bearer nobody' },
  ],
  ['a wrong cursor', 'POST', '/graphql', { query: '{ users(after: "x y") { nodes { id } } }' }, {}],
  ['a wrong id', 'POST', '/graphql', { query: '{ node(id: "x") { id } }' }, {}],
  ['a wrong size', 'POST', '/graphql', { query: '{ users(first: 500) { totalCount } }' }, {}],
];

describe("every error answer of /graphql has a documented code in each error, and the request's id", () => {
  it.each(faulty)('%s', async (_case, method, path, body, headers) => {
    const ask = await listening();
    const long = path.includes('?') ? `${path}&way=long` : `${path}?way=long`;
    for (const where of [path, long]) {
      for (const accept of [json, strict]) {
        const answer = await ask(method, where, body, {
          authorization,
          accept,
          ...(typeof body === 'string' ? { 'content-type': json } : {}),
          ...headers,
        });
        const { errors = [], extensions, data } = answer.body as Answer;
        const told = JSON.stringify([where, answer.status, answer.body]);
        expect(errors.length, told).toBeGreaterThan(0);
        for (const {
          message,
          extensions: { code },
        } of errors) {
          expect(documented.has(code), told).toBe(true);
          expect(message, told).not.toBe('');
          expect(code, told).not.toBe('INTERNAL');
        }
        expect(extensions?.requestId, told).toBe(answer.headers.get('x-request-id'));
        if (accept === strict && data === undefined && headers['accept'] === undefined)
          expect(answer.status, told).toBeGreaterThanOrEqual(400);
        expect(answer.status, told).toBeLessThan(500);
      }
    }
  });

  it('an unexpected fault is INTERNAL, 500 when there is no data', async () => {
    const ask = await listening({
      source: { readInstance: () => Promise.reject(new Error('secret words')) },
    });
    const { body } = await ask(
      'POST',
      '/graphql',
      { query: '{ user(by: { nickname: "a@home.example" }) { id } }' },
      { authorization },
    );
    expect(body).toMatchObject({
      data: { user: null },
      errors: [{ message: 'Unexpected error.', path: ['user'], extensions: { code: 'INTERNAL' } }],
    });
    expect(JSON.stringify(body)).not.toContain('secret words');
  });
});

/** Those that are another from answer to answer, or from connection to connection. */
const varying = new Set([
  'content-length',
  'date',
  'connection',
  'keep-alive',
  'x-request-id',
  'transfer-encoding',
  'content-type',
  'content-encoding',
]);
const policyOf = (headers: Headers) =>
  Object.fromEntries([...headers].filter(([name]) => !varying.has(name)));

describe('one policy of headers', () => {
  it('whatever the path, the Accept header and the answer are', async () => {
    const ask = await listening();
    const accepts = [
      '*/*',
      json,
      strict,
      `${json}, */*;q=0.1`,
      'text/event-stream',
      `${strict}, ${json};q=0.9`,
      'multipart/mixed',
    ];
    const policies = new Set<string>();
    for (const path of ['/graphql', '/graphql/', '/graphql?x=1']) {
      for (const accept of accepts.slice(0, path === '/graphql' ? undefined : 4)) {
        for (const query of ['{ __typename }', '{', '{ nothing }']) {
          const { headers } = await ask('POST', path, { query }, { authorization, accept });
          const { 'cache-control': caching, ...policy } = policyOf(headers);
          expect(caching).toMatch(/no-store|no-cache/);
          policies.add(JSON.stringify(policy));
        }
      }
    }
    expect([...policies]).toHaveLength(1);
    const [policy = '{}'] = policies;
    expect(JSON.parse(policy)).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
    });
  });
});
