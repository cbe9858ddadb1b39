import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../src/database/database.js';
import { postgresPool } from '../../src/database/pool.js';
import { configRules } from '../../src/instance/config-rules.js';
import { schema } from '../../src/schema/index.js';
import { createApp, type App } from '../../src/server/app.js';
import { afterEachStatement } from '../support/after-statement.js';
import { createClient, type GraphQLAnswer } from '../support/client.js';
import { differenceBetween } from '../support/difference.js';
import { useKillableApps } from '../support/killable-apps.js';
import { testLogger } from '../support/log-sink.js';
import { sceneRules } from '../support/scene-rules.js';
import { mutationDocument } from '../support/scene-requests.js';
import { makeScene, sceneConfigFile } from '../support/scene.js';
import { baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const directory = mkdtempSync(join(tmpdir(), 'steward-faults-'));
const databaseUrl = (): string => String(world.databaseUrl);
const apps = useKillableApps(() => ({ url: `${databaseUrl()}?application_name=killable`, baseUrl, directory }));
const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
const tally = { cut: 0, killed: 0 };

/** Statements the app under test may still finish; PostgreSQL ends the connection that finishes the last one. */
let left = Infinity;
let finished = 0;
let database: Database;
let app: App;

beforeAll(async () => {
  writeFileSync(sceneRules(directory).importFile, sceneConfigFile);
  const pool = postgresPool(databaseUrl(), 4);
  afterEachStatement(pool, async (client) => {
    finished += 1;
    left -= 1;
    if (left === 0) await world.database.pool.query('select pg_terminate_backend($1, 5000)', [(client as unknown as { readonly processID: number }).processID]);
  });
  database = await openDatabase(pool);
  const source = { ...world.source, database, config: configRules(sceneRules(directory)), mailer: { send: () => Promise.resolve() } };
  app = createApp({ database, source, waysIn: { adminSecret: undefined, basicAuth: false }, log: testLogger() });
});
afterAll(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
  console.log(`S19: ${tally.cut} connections cut and ${tally.killed} processes killed within ${mutations.length} mutations`);
});

interface Prepared {
  readonly token: string;
  readonly variables: { readonly input: object | undefined };
  readonly difference: () => Promise<ReturnType<typeof differenceBetween>>;
}

async function prepare(name: string): Promise<Prepared> {
  await world.reset();
  const { inputs } = await makeScene(world);
  const token = await world.token(world.admin);
  const before = await world.snapshot();
  return { token, variables: { input: inputs[name] }, difference: async () => differenceBetween(before, await world.snapshot()) };
}

async function cut({ token, variables }: Prepared, name: string, after: number): Promise<GraphQLAnswer> {
  left = after;
  finished = 0;
  try {
    return await createClient(app, token).graphql(mutationDocument(name), variables);
  } finally {
    left = Infinity;
  }
}

/** Waits until PostgreSQL has noticed that a killed process is gone. */
async function settled(): Promise<void> {
  const { rows } = await world.database.pool.query(`select 1 from pg_stat_activity where application_name = 'killable' and datname = current_database() and (xact_start is not null or state = 'active')`);
  if (rows.length > 0) return settled();
}

it.each(mutations)('%s leaves all or nothing, wherever it is cut off or killed (facts/security.md S19)', async (name) => {
  const undisturbed = await prepare(name);
  expect(await cut(undisturbed, name, Infinity)).toMatchObject({ status: 200, data: { [name]: { errors: [] } }, errors: undefined });
  const [statements, whole] = [finished, await undisturbed.difference()];
  expect(whole).not.toEqual({});

  let prepared = await prepare(name);
  for (let after = 1; after <= statements; after += 1) {
    const answer = await cut(prepared, name, after);
    const difference = await prepared.difference();
    const isDone = Object.keys(difference).length > 0;
    if (isDone) expect(difference, `cut after statement ${after}`).toEqual(whole);
    else expect(answer, `cut after statement ${after}`).toMatchObject({ status: 503, errors: [{ message: 'The database can not be reached now.', extensions: { code: 'UNAVAILABLE' } }] });
    if (isDone) prepared = await prepare(name);
    tally.cut += 1;
  }

  for (const killAfter of [Math.ceil(statements / 2), statements - 1]) {
    const answered = await apps.run({ token: prepared.token, body: JSON.stringify({ query: mutationDocument(name), variables: prepared.variables }), killAfter });
    await settled();
    const difference = await prepared.difference();
    const isDone = Object.keys(difference).length > 0;
    if (isDone) expect(difference, `killed after statement ${killAfter}`).toEqual(whole);
    expect(answered).toBeUndefined();
    if (isDone) prepared = await prepare(name);
    tally.killed += 1;
  }
});
