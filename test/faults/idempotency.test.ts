import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../src/database/database.js';
import { postgresPool } from '../../src/database/pool.js';
import { configRules } from '../../src/instance/config-rules.js';
import { schema } from '../../src/schema/index.js';
import { afterEachStatement } from '../support/after-statement.js';
import type { RestAnswer } from '../support/client.js';
import { differenceBetween } from '../support/difference.js';
import { askWith, useKeepingApps, type Ask } from '../support/keyed.js';
import { useKillableApps } from '../support/killable-apps.js';
import { sceneRules } from '../support/scene-rules.js';
import { mutationDocument } from '../support/scene-requests.js';
import { makeScene, sceneConfigFile } from '../support/scene.js';
import { baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const keeping = useKeepingApps(world);
const directory = mkdtempSync(join(tmpdir(), 'steward-faults-'));
const databaseUrl = (): string => String(world.databaseUrl);
const apps = useKillableApps(() => ({ url: `${databaseUrl()}?application_name=killable`, baseUrl, directory }));
const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
const key = 'c2a0e0a4-6f0f-4f0e-9a53-6a1f4a3d7c11';
const tally = { cut: 0, killed: 0 };

/** Statements the app under test may still finish; PostgreSQL ends the connection that finishes the last one. */
let left = Infinity;
let finished = 0;
let database: Database;

beforeAll(async () => {
  writeFileSync(sceneRules(directory).importFile, sceneConfigFile);
  const pool = postgresPool(databaseUrl(), 4);
  afterEachStatement(pool, async (client) => {
    finished += 1;
    left -= 1;
    if (left === 0) await world.database.pool.query('select pg_terminate_backend($1, 5000)', [(client as unknown as { readonly processID: number }).processID]);
  });
  database = await openDatabase(pool);
});
afterAll(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
  console.log(`S18: ${tally.cut} connections cut and ${tally.killed} processes killed within ${mutations.length} mutations with a key`);
});

interface Prepared {
  readonly token: string;
  readonly body: { readonly query: string; readonly variables: { readonly input: object | undefined } };
  readonly ask: Ask;
  readonly difference: () => Promise<ReturnType<typeof differenceBetween>>;
}

async function prepare(name: string): Promise<Prepared> {
  await world.reset();
  await world.database.pool.query('delete from steward.idempotency_keys');
  const { inputs } = await makeScene(world);
  const source = { ...world.source, database, config: configRules(sceneRules(directory)), mailer: { send: () => Promise.resolve() } };
  const token = await world.token(world.admin);
  const ask = askWith(keeping({ database, source, waysIn: { adminSecret: undefined, basicAuth: false } }), { authorization: `Bearer ${token}` });
  const before = await world.snapshot();
  return { token, ask, body: { query: mutationDocument(name), variables: { input: inputs[name] } }, difference: async () => differenceBetween(before, await world.snapshot()) };
}

async function send({ ask, body }: Prepared, cutAfter = Infinity): Promise<RestAnswer> {
  left = cutAfter;
  finished = 0;
  try {
    return await ask('POST', '/graphql', body, { 'idempotency-key': key });
  } finally {
    left = Infinity;
  }
}

/** Waits until PostgreSQL has noticed that a killed process is gone. */
async function settled(): Promise<void> {
  const { rows } = await world.database.pool.query(`select 1 from pg_stat_activity where application_name = 'killable' and datname = current_database() and (xact_start is not null or state = 'active')`);
  if (rows.length > 0) return settled();
}

it.each(mutations)('%s with a key, wherever it is cut off or killed, is done exactly once when it is asked again (facts/security.md S18)', async (name) => {
  const undisturbed = await prepare(name);
  const first = await send(undisturbed);
  expect(first).toMatchObject({ status: 200, body: { data: { [name]: { errors: [] } } } });
  const [statements, whole] = [finished, await undisturbed.difference()];

  /** Asks again, as its caller does who got no answer or 503. */
  const askAgain = async (prepared: Prepared, isDone: boolean, when: string): Promise<void> => {
    const again = await send(prepared);
    expect([again.status, again.body, again.headers.get('idempotent-replayed')], when).toEqual([200, first.body, isDone ? 'true' : null]);
    expect(await prepared.difference(), when).toEqual(whole);
  };

  let prepared = await prepare(name);
  for (let after = 1; after <= statements; after += 1) {
    const answer = await send(prepared, after);
    const isDone = Object.keys(await prepared.difference()).length > 0;
    if (!isDone) expect(answer, `cut after statement ${after}`).toMatchObject({ status: 503, body: { errors: [{ message: 'The database can not be reached now.', extensions: { code: 'UNAVAILABLE' } }] } });
    tally.cut += 1;
    if (!isDone && after < statements) continue;
    await askAgain(prepared, isDone, `cut after statement ${after}`);
    prepared = await prepare(name);
  }

  // Everything is kept, and nobody learns of it.
  prepared = await prepare(name);
  await apps.run({ token: prepared.token, body: JSON.stringify(prepared.body), killAfter: statements, key });
  await settled();
  await askAgain(prepared, Object.keys(await prepared.difference()).length > 0, `killed after statement ${statements}`);
  tally.killed += 1;
});
