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

beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'steward-persisted-')); });
afterEach(() => { rmSync(directory, { recursive: true }); });

function fileOf(content: unknown): string {
  const file = join(directory, 'operations.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function ask(otherwise: Partial<AppDependencies>, body: unknown): Promise<{ status: number; answer: unknown }> {
  const app = createApp({ database: world.database, source: world.source, waysIn: { adminSecret: undefined, basicAuth: false }, log: pino({ level: 'silent' }), ...otherwise });
  const response = await app.fetch(new Request('http://steward.test/graphql', { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.token(world.admin)}` }, body: JSON.stringify(body) }));
  return { status: response.status, answer: await response.json() };
}

const known = { variables: { first: 1 }, extensions: { persistedQuery: { version: 1, sha256Hash: hash } } };
const unknown = { extensions: { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } } };

describe('persisted operations', () => {
  it('`only`: the file\'s documents run, any other is FORBIDDEN, also with a hash beside it', async () => {
    const persisted = persistedFrom({ PERSISTED_OPERATIONS: 'only', PERSISTED_OPERATIONS_FILE: fileOf({ [hash]: counted }) });
    expect(await ask({ persisted }, known)).toMatchObject({ status: 200, answer: { data: { users: { totalCount: 1 } } } });
    for (const body of [{ query: counted }, { ...known, query: '{ users { nodes { email } } }' }, { query: getIntrospectionQuery() }, {}]) {
      expect(await ask({ persisted }, body)).toMatchObject({ status: 403, answer: { errors: [{ extensions: { code: 'FORBIDDEN' } }] } });
    }
    expect(await ask({ persisted }, unknown)).toMatchObject({ status: 404, answer: { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'NOT_FOUND' } }] } });
  });

  it('`also`: others run too, and none is remembered', async () => {
    const persisted = persistedFrom({ PERSISTED_OPERATIONS: 'also', PERSISTED_OPERATIONS_FILE: fileOf({ [hash]: counted }) });
    expect(await ask({ persisted }, known)).toMatchObject({ status: 200, answer: { data: { users: { totalCount: 1 } } } });
    expect(await ask({ persisted }, { ...unknown, query: '{ users { totalCount } }' })).toMatchObject({ status: 200 });
    expect(await ask({ persisted }, unknown)).toMatchObject({ status: 404 });
  });

  it('absent: a hash alone is no query, and registers none', async () => {
    const refused = { answer: { errors: [{ message: 'Must provide query string.' }] } };
    expect(await ask({}, known)).toMatchObject(refused);
    expect(await ask({}, { ...known, query: counted })).toMatchObject({ status: 200, answer: { data: { users: { totalCount: 1 } } } });
    expect(await ask({}, known)).toMatchObject(refused);
  });

  it.each([
    [{ a: '{ nothing }' }, /a: Cannot query field "nothing"/],
    [{ a: '{', b: 1 }, /a: Syntax Error[\s\S]+b: is no text/],
    ['no json', /can't be read/],
    [[], /must be a JSON object/],
  ])('a file of %j is refused at start', (content, message) => {
    expect(() => persistedFrom({ PERSISTED_OPERATIONS: 'only', PERSISTED_OPERATIONS_FILE: fileOf(content) })).toThrow(message);
  });

  it('the setting and its file need each other', () => {
    expect(() => persistedFrom({ PERSISTED_OPERATIONS: 'only', PERSISTED_OPERATIONS_FILE: undefined })).toThrow(/need each other/);
    expect(persistedFrom({ PERSISTED_OPERATIONS: undefined, PERSISTED_OPERATIONS_FILE: undefined })).toBeUndefined();
  });
});

describe('S5 by setting', () => {
  it.each([['off', 403], ['everybody', 200], ['staff', 200]] as const)('INTROSPECTION=%s answers an admin %i', async (introspection, status) => {
    expect((await ask({ introspection }, { query: getIntrospectionQuery() })).status).toBe(status);
  });
});
