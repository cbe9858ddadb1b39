import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp, type AppDependencies } from '../../src/server/app.js';
import { persistedFrom } from '../../src/server/persisted-operations.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const counted = 'query Counted($first: Int) { users(first: $first) { totalCount } }';
const hash = createHash('sha256').update(counted).digest('hex');
let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'steward-persisted-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function fileOf(content: unknown): string {
  const file = join(directory, 'operations.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function ask(
  otherwise: Partial<AppDependencies>,
  body: unknown,
): Promise<{ status: number; answer: unknown }> {
  const app = createApp({
    database: world.database,
    source: world.source,
    waysIn: { adminSecret: undefined, basicAuth: false },
    log: pino({ level: 'silent' }),
    ...otherwise,
  });
  const response = await app.fetch(
    new Request('http://steward.test/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await world.token(world.admin)}`,
      },
      body: JSON.stringify(body),
    }),
  );
  return { status: response.status, answer: await response.json() };
}

const known = {
  variables: { first: 1 },
  extensions: { persistedQuery: { version: 1, sha256Hash: hash } },
};
const notFound = {
  status: 200,
  answer: {
    errors: [
      { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ],
  },
};
const unknown = { extensions: { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } } };

describe('persisted operations', () => {
  it("`only`: the file's documents run, any other is FORBIDDEN, also with a hash beside it", async () => {
    const persisted = persistedFrom({
      PERSISTED_OPERATIONS: 'only',
      PERSISTED_OPERATIONS_FILE: fileOf({ [hash]: counted }),
    });
    expect(await ask({ persisted }, known)).toMatchObject({
      status: 200,
      answer: { data: { users: { totalCount: 1 } } },
    });
    for (const body of [
      { query: counted },
      { ...known, query: '{ users { nodes { email } } }' },
      { query: getIntrospectionQuery() },
      {},
    ]) {
      expect(await ask({ persisted }, body)).toMatchObject({
        status: 403,
        answer: { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
      });
    }
    expect(await ask({ persisted }, unknown)).toMatchObject({
      status: 200,
      answer: {
        errors: [
          {
            message: 'PersistedQueryNotSupported',
            extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' },
          },
        ],
      },
    });
  });

  it('`also`: others run too', async () => {
    const persisted = persistedFrom({
      PERSISTED_OPERATIONS: 'also',
      PERSISTED_OPERATIONS_FILE: fileOf({ [hash]: counted }),
    });
    expect(await ask({ persisted }, known)).toMatchObject({
      status: 200,
      answer: { data: { users: { totalCount: 1 } } },
    });
    expect(await ask({ persisted }, { query: '{ users { totalCount } }' })).toMatchObject({
      status: 200,
      answer: { data: { users: { totalCount: 1 } } },
    });
    expect(await ask({ persisted }, unknown)).toMatchObject(notFound);
  });

  it.each([
    [{ a: '{ nothing }' }, /a: Cannot query field "nothing"/],
    [{ a: '{', b: 1 }, /a: Syntax Error[\s\S]+b: is no text/],
    ['no json', /can't be read/],
    [[], /must be a JSON object/],
  ])('a file of %j is refused at start', (content, message) => {
    expect(() =>
      persistedFrom({ PERSISTED_OPERATIONS: 'only', PERSISTED_OPERATIONS_FILE: fileOf(content) }),
    ).toThrow(message);
  });

  it('the setting and its file need each other', () => {
    expect(() =>
      persistedFrom({ PERSISTED_OPERATIONS: 'only', PERSISTED_OPERATIONS_FILE: undefined }),
    ).toThrow(/need each other/);
    expect(
      persistedFrom({ PERSISTED_OPERATIONS: undefined, PERSISTED_OPERATIONS_FILE: undefined }),
    ).toBeUndefined();
  });
});

describe("automatic persisted queries, as Apollo's clients use them", () => {
  const other = '{ users { nodes { nickname } } }';
  const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
  const withHash = (query: string | undefined, sha256Hash: string, version = 1) => ({
    ...(query === undefined ? {} : { query }),
    extensions: { persistedQuery: { version, sha256Hash } },
  });

  async function appWithAsk() {
    const app = createApp({
      database: world.database,
      source: world.source,
      waysIn: { adminSecret: undefined, basicAuth: false },
      log: pino({ level: 'silent' }),
    });
    const token = await world.token(world.admin);
    return async (
      body: unknown,
      { method = 'POST', accept = 'application/json', authorization = `Bearer ${token}` } = {},
    ) => {
      const { query, extensions } = body as { query?: string; extensions?: unknown };
      const search = new URLSearchParams({
        ...(query === undefined ? {} : { query }),
        extensions: JSON.stringify(extensions),
      });
      const response = await app.fetch(
        new Request(
          method === 'GET'
            ? `http://steward.test/graphql?${search.toString()}`
            : 'http://steward.test/graphql',
          {
            method,
            headers: { authorization, accept, 'content-type': 'application/json' },
            ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
          },
        ),
      );
      return { status: response.status, answer: (await response.json()) as unknown };
    };
  }

  it.each(['POST', 'GET'])(
    '%s: a hash nobody sent is PersistedQueryNotFound; sent with its document once, the hash alone runs',
    async (method) => {
      const send = await appWithAsk();
      expect(await send(withHash(undefined, hashOf(other)), { method })).toMatchObject(notFound);
      expect(
        await send(withHash(undefined, hashOf(other)), {
          method,
          accept: 'application/graphql-response+json',
        }),
      ).toMatchObject({ ...notFound, status: 404 });
      const data = { status: 200, answer: { data: { users: { nodes: [{ nickname: 'admin' }] } } } };
      expect(await send(withHash(other, hashOf(other)), { method })).toMatchObject(data);
      for (const again of ['POST', 'GET'])
        expect(await send(withHash(undefined, hashOf(other)), { method: again })).toMatchObject(
          data,
        );
    },
  );

  it('keeps no document whose hash is another, that is not valid, or whose sender has no credential', async () => {
    const send = await appWithAsk();
    expect(await send(withHash(other, hashOf('{ users }')))).toMatchObject({
      answer: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    });
    expect(await send(withHash(other, hashOf(other), 2))).toMatchObject({
      answer: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    });
    expect(await send(withHash('{ nothing }', hashOf('{ nothing }')))).toMatchObject({
      answer: { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
    });
    expect(
      await send(withHash(other, hashOf(other)), { authorization: 'Bearer nobody' }),
    ).toMatchObject({ status: 401 });
    for (const hash of [hashOf('{ users }'), hashOf('{ nothing }'), hashOf(other)])
      expect(await send(withHash(undefined, hash))).toMatchObject(notFound);
  });

  it('forgets the least used documents, so that memory is bounded', async () => {
    const send = await appWithAsk();
    const padded = (index: number): string => `# ${String(index)} ${'x'.repeat(190_000)}\n${other}`;
    for (let index = 0; index < 24; index += 1)
      await send(withHash(padded(index), hashOf(padded(index))));
    expect(await send(withHash(undefined, hashOf(padded(0))))).toMatchObject(notFound);
    expect(await send(withHash(undefined, hashOf(padded(23))))).toMatchObject({
      answer: { data: {} },
    });
  });
});

describe('S5 by setting', () => {
  it.each([
    ['off', 403],
    ['everybody', 200],
    ['staff', 200],
  ] as const)('INTROSPECTION=%s answers an admin %i', async (introspection, status) => {
    expect((await ask({ introspection }, { query: getIntrospectionQuery() })).status).toBe(status);
  });
});
