import type { PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { createAttempts } from '../../src/auth/attempts.js';
import { openDatabase, type Database } from '../../src/database/database.js';
import { readInstance } from '../../src/instance/read.js';
import { createApp, type App } from '../../src/server/app.js';
import type { ContextSource } from '../../src/context.js';
import { createClient, type Client } from './client.js';
import { createEngine, family, type Engine } from './engine.js';
import { keepSecret, testLogger } from './log-sink.js';
import { createMaker, type Maker, type TestUser } from './maker.js';
import { emptyAll, keepAll, snapshot, type Row, type Snapshot } from './rows.js';
import { keepSecretsOf } from './secrets.js';

/** The secret of `x-admin-token` in tests. */
export const adminSecret = 'the-admin-secret-of-tests';
/** The base URL of the instance in tests. */
export const baseUrl = 'https://home.example';

interface BoundQuery {
  readonly text: string;
  readonly values: unknown[];
}

/** An instance of its own for one test file, emptied before every test, with a running app before it. */
export interface World extends Maker {
  readonly family: 'akkoma' | 'pleroma';
  /** What the test itself reads and writes with: on PostgreSQL a superuser. */
  readonly database: Database;
  readonly app: App;
  /** What Steward has; its database is that of the role of docs/grants.sql. */
  readonly source: ContextSource;
  /** Steward's URL of the database on PostgreSQL; undefined on PGlite. */
  readonly databaseUrl: string | undefined;
  /** SQL of every statement since the last test began. */
  readonly statements: string[];
  /** The same with what was bound to its parameters. */
  readonly queries: BoundQuery[];
  /** An admin with every scope, the usual caller. */
  readonly admin: TestUser;
  /** A client that presents this bearer token; undefined = nobody. */
  as(token: string | undefined): Client;
  /** The admin's client. */
  asAdmin(): Promise<Client>;
  rows(table: string, where?: string): Promise<Row[]>;
  /** Every row of every table. */
  snapshot(): Promise<Snapshot>;
  /** Empties the instance, but for a new admin. */
  reset(): Promise<void>;
  /** Keeps the instance as it is now; what it returns makes it so again. */
  keep(): Promise<() => Promise<void>>;
  /** Runs `work` and asserts that no row of any table is another afterwards. */
  expectUnchanged<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Declares the world of a test file. Use it at the top level; its fields are there inside tests. */
export function useWorld(): World {
  const world = {} as { -readonly [Key in keyof World]: World[Key] };
  let engine: Engine;
  beforeAll(async () => {
    keepSecret(adminSecret);
    engine = await createEngine();
    const statements: string[] = [];
    const queries: BoundQuery[] = [];
    engine.pool.on('connect', (client) => {
      recordStatements(client, statements, queries);
    });
    if (engine.owner !== engine.pool)
      engine.owner.on('connect', (client) => {
        recordStatements(client, [], []);
      });
    const own = await openDatabase(
      engine.pool,
      engine.owner === engine.pool ? engine.dispose : undefined,
    );
    const database =
      engine.owner === engine.pool ? own : await openDatabase(engine.owner, engine.dispose);
    const source = {
      database: own,
      readInstance: () =>
        readInstance(own, { url: baseUrl, file: new Map(), configurableFromDatabase: true }),
    };
    const app = createApp({
      database: own,
      source,
      waysIn: { adminSecret, basicAuth: true },
      log: testLogger(),
      attempts: createAttempts(1_000_000),
    });
    const maker = createMaker(database, baseUrl);
    Object.assign(world, maker, {
      family,
      database,
      app,
      source,
      statements,
      queries,
      databaseUrl: engine.url,
      as: (token: string | undefined) => createClient(app, token),
      asAdmin: async () => createClient(app, await maker.token(world.admin)),
      rows: async (table: string, where = 'true') =>
        (
          await database.pool.query<{ row: Row }>(
            `select to_jsonb(t) as row from ${table} t where ${where} order by 1`,
          )
        ).rows.map(({ row }) => row),
      snapshot: () => snapshot(database.pool),
      reset: async () => {
        await emptyAll(database.pool);
        world.admin = await world.user({ nickname: 'admin', isAdmin: true });
      },
      keep: async () => {
        const [admin, putBack] = [world.admin, await keepAll(database.pool)];
        return async () => {
          await putBack();
          world.admin = admin;
        };
      },
      expectUnchanged: async <Result>(work: () => Promise<Result>): Promise<Result> => {
        const before = await snapshot(database.pool);
        const result = await work();
        expect(await snapshot(database.pool)).toEqual(before);
        return result;
      },
    });
  });
  beforeEach(async () => {
    await world.reset();
    world.statements.length = 0;
    world.queries.length = 0;
  });
  afterAll(async () => {
    if (world.source.database !== world.database) await world.source.database.close();
    await world.database.close();
  });
  return world;
}

function recordStatements(client: PoolClient, statements: string[], queries: BoundQuery[]): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = ((first: unknown, ...rest: unknown[]) => {
    const { text = '', values = [] } =
      typeof first === 'string'
        ? { text: first, values: Array.isArray(rest[0]) ? rest[0] : [] }
        : (first as Partial<BoundQuery>);
    statements.push(text);
    const bound = Array.isArray(rest[0]) ? rest[0] : values;
    queries.push({ text, values: bound });
    keepSecretsOf(bound);
    return query(first, ...rest);
  }) as PoolClient['query'];
}
