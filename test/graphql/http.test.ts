import { serverAudits } from 'graphql-http';
import { beforeEach, describe, expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
let token = '';

beforeEach(async () => {
  token = await world.token(world.admin);
});

/** As the conformance suite calls it, with a credential: without one nothing but 401 is answered. */
const fetchFn = async (url: string, init: RequestInit = {}): Promise<Response> =>
  world.app.fetch(
    new Request(url, {
      ...init,
      headers: {
        ...Object.fromEntries(new Headers(init.headers).entries()),
        authorization: `Bearer ${token}`,
      },
    }),
  );

describe('GraphQL over HTTP (the graphql-http conformance suite)', () => {
  it.each(
    serverAudits({ url: 'http://steward.test/graphql', fetchFn }).map(
      (audit) => [audit.name, audit] as const,
    ),
  )('%s', async (_name, audit) => {
    const result = await audit.fn();
    expect(result.status, 'reason' in result ? result.reason : '').toBe('ok');
  });
});

const post = (
  body: unknown,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<Response> =>
  fetchFn('http://steward.test/graphql', {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('limits', () => {
  it.each([
    [
      'more than 20 aliases',
      `{ ${Array.from({ length: 21 }, (_, index) => `a${index}: users { totalCount }`).join(' ')} }`,
      'The document has more than 20 aliases.',
    ],
    [
      'aliases multiplied by fragments',
      `query { ...f } fragment f on Query { ...g ...g ...g } fragment g on Query { ${Array.from({ length: 10 }, (_, index) => `b${index}: users { totalCount }`).join(' ')} }`,
      'The document has more than 20 aliases.',
    ],
  ])('refuses %s', async (_case, query, message) => {
    const response = await post({ query });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ message, extensions: { code: 'COST_LIMIT' } }],
    });
  });

  it('refuses more than 5,000 tokens and circles of fragments with 400', async () => {
    expect((await post({ query: `{ ${'__typename '.repeat(5_001)} }` })).status).toBe(400);
    const strict = {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
    };
    expect(
      (
        await post(
          { query: '{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }' },
          strict,
        )
      ).status,
    ).toBe(400);
  });

  it('refuses documents too deep to parse with 400', async () => {
    const response = await post({ query: '{a'.repeat(2_400) });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [
        {
          message: 'The document has more than 100 brackets in each other.',
          extensions: { code: 'COST_LIMIT' },
        },
      ],
    });
  });

  it('takes no batches, no mutations by GET and only JSON', async () => {
    expect((await post([{ query: '{ __typename }' }])).status).toBe(400);
    const byGet = await world.expectUnchanged(() =>
      fetchFn(
        `http://steward.test/graphql?query=${encodeURIComponent('mutation { usersDelete(input: { users: [{ nickname: "x" }] }) { errors { code } } }')}`,
      ),
    );
    expect(byGet.status).toBe(405);
    expect(
      (
        await post('query=%7B__typename%7D', {
          'content-type': 'application/x-www-form-urlencoded',
        })
      ).status,
    ).toBe(415);
    expect((await post('{ __typename }', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('compares media types without regard to case, on both ways through the server', async () => {
    for (const type of [
      'Application/JSON',
      'APPLICATION/JSON; Charset="UTF-8"',
      'Application/Json; Charset=UTF-8; Profile=x',
    ]) {
      const response = await post(
        { query: '{ __typename }' },
        { 'content-type': type, accept: 'Application/GraphQL-Response+JSON' },
      );
      expect([type, response.status, response.headers.get('content-type')]).toEqual([
        type,
        200,
        'application/graphql-response+json; charset=utf-8',
      ]);
      expect(response.headers.get('x-request-id')).toMatch(/^[\w.-]{8,}$/);
    }
    const page = await fetchFn('http://steward.test/graphql', { headers: { accept: 'Text/HTML' } });
    expect(page.headers.get('content-type')).toContain('text/html');
  });

  it('lets GraphiQL introspect', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    expect((await post({ query: getIntrospectionQuery() })).status).toBe(200);
  });
});

describe('errors nobody expects', () => {
  it('are masked: no stack, no SQL, but a code', async () => {
    await world.database.pool.query('alter table moderation_log rename to elsewhere');
    try {
      await world.user({ nickname: 'alice' });
      const response = await post({
        query:
          'mutation { usersTag(input: { users: [{ nickname: "alice" }], tags: ["x"] }) { errors { code } } }',
      });
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({
        data: { usersTag: null },
        errors: [{ message: 'Unexpected error.', extensions: { code: 'INTERNAL' } }],
      });
      expect(text).not.toMatch(/moderation_log|prisma|stack|at /i);
      expect(await world.rows('users', `nickname = 'alice'`)).toMatchObject([{ tags: [] }]);
    } finally {
      await world.database.pool.query('alter table elsewhere rename to moderation_log');
    }
  });
});
