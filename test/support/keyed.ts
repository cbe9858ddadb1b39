import { afterAll, beforeAll, beforeEach } from 'vitest';
import { postgresPool } from '../../src/database/pool.js';
import { openDatabase, type Database } from '../../src/database/database.js';
import { createStewardSchema } from '../../src/database/steward-schema.js';
import { createApp, type App, type AppDependencies } from '../../src/server/app.js';
import { readBody, type RestAnswer } from './client.js';
import { engineName, role } from './engine.js';
import { keepSecret, testLogger } from './log-sink.js';
import { keepCredentials, keepSecretsOf } from './secrets.js';
import { adminSecret, type World } from './world.js';

const sql = new URL('../../prisma/steward/schema.sql', import.meta.url);

/** Apps before a world that has the schema `steward`; it is made for the tests of this file and emptied before each. */
export function useKeepingApps(world: World): (otherwise?: Partial<AppDependencies>) => App {
  beforeAll(async () => {
    await world.database.pool.query(
      engineName === 'postgres'
        ? `create schema steward authorization ${role}`
        : 'create schema steward',
    );
    await createStewardSchema(world.source.database.pool, sql);
  });
  beforeEach(() =>
    world.database.pool.query(
      'delete from steward.idempotency_keys; delete from steward.rate_limits',
    ),
  );
  return (otherwise = {}) =>
    createApp({
      database: world.source.database,
      source: world.source,
      waysIn: { adminSecret, basicAuth: false },
      log: testLogger(),
      keepsAnswers: true,
      ...otherwise,
    });
}

/** Databases as other processes open them, closed after the tests of the file. On PGlite, which has one process, the world's own. */
export function useOtherDatabases(world: World): () => Promise<Database> {
  const opened: Database[] = [];
  afterAll(() => Promise.all(opened.map((database) => database.close())));
  return async () => {
    if (world.databaseUrl === undefined) return world.source.database;
    const database = await openDatabase(postgresPool(world.databaseUrl, 6));
    opened.push(database);
    return database;
  };
}

/** Sends a request with headers of its own; an object body is sent as JSON. */
export type Ask = (
  method: string,
  path: string,
  body: unknown,
  headers?: Record<string, string>,
) => Promise<RestAnswer>;

/** @param credentials headers that say who asks. */
export function askWith(app: App, credentials: Record<string, string>): Ask {
  keepCredentials(credentials);
  return async (method, path, body, headers = {}) => {
    if (headers['idempotency-key'] !== undefined) keepSecret(headers['idempotency-key']);
    keepSecretsOf(body);
    const isForm = body instanceof FormData;
    const response = await app.fetch(
      new Request(`http://steward.test${path}`, {
        method,
        headers: {
          ...(isForm || body === undefined ? {} : { 'content-type': 'application/json' }),
          ...credentials,
          ...headers,
        },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      }),
    );
    return {
      status: response.status,
      headers: response.headers,
      body: readBody(response.headers, await response.text()),
    };
  };
}

/** One way to make an invite, which makes another one each time. */
export interface Door {
  readonly name: string;
  readonly make: (ask: Ask, key: string | undefined, maxUse: number) => Promise<RestAnswer>;
  /** The token of the invite in an answer. */
  readonly token: (body: unknown) => string | undefined;
}

const create =
  'mutation ($input: InviteCreateInput!) { inviteCreate(input: $input) { invite { token } errors { code path message } } }';
const keyed = (key: string | undefined): Record<string, string> =>
  key === undefined ? {} : { 'idempotency-key': key };

const graphql = (name: string, accept: string): Door => ({
  name,
  make: (ask, key, maxUse) =>
    ask(
      'POST',
      '/graphql',
      { query: create, variables: { input: { maxUse } } },
      { accept, ...keyed(key) },
    ),
  token: (body) =>
    (body as { data?: { inviteCreate: { invite: { token: string } | null } } }).data?.inviteCreate
      .invite?.token,
});

const rest = (path: string): Door => ({
  name: `POST ${path}`,
  make: (ask, key, maxUse) => ask('POST', path, { max_use: maxUse }, keyed(key)),
  token: (body) => (body as { token?: string }).token,
});

/** Every way a change comes in by HTTP. */
export const doors: readonly Door[] = [
  graphql('GraphQL by the short path', '*/*'),
  graphql("GraphQL by Yoga's own way", 'application/json, multipart/mixed;q=0.1'),
  rest('/api/pleroma/admin/users/invite_token'),
  rest('/api/v1/pleroma/admin/users/invite_token'),
];

/** What the doors say of a refusal: the code of GraphQL, or the text of REST. */
export function refusalIn(body: unknown): {
  readonly code?: string | undefined;
  readonly message: string;
} {
  if (typeof body === 'string') return { message: body };
  const { error, errors } = body as {
    error?: string;
    errors?: { message: string; extensions: { code: string } }[];
  };
  return error === undefined
    ? { code: errors?.[0]?.extensions.code, message: errors?.[0]?.message ?? '' }
    : { message: error };
}
