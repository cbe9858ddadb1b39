import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openDatabase, type Database } from '../../src/database/database.js';
import { postgresPool } from '../../src/database/pool.js';
import { createMaker } from '../support/maker.js';
import { startNoteLoad, type Attempt } from '../support/note-load.js';
import { makePosts } from '../support/posts.js';
import {
  createInstance,
  createRole,
  startPostgres,
  type PostgresServer,
} from '../support/postgres-server.js';
import { useStewards } from '../support/steward-process.js';
import { baseUrl, type World } from '../support/world.js';

const startSteward = useStewards();
let postgres: PostgresServer;
let url = '';

beforeAll(async () => {
  postgres = await startPostgres();
  url = `${postgres.url}/town`;
  await createRole(postgres.url);
  await createInstance(
    postgres.url,
    'town',
    process.env['WORLD_FAMILY'] === 'pleroma' ? 'pleroma' : 'akkoma',
  );
});
afterAll(() => postgres.remove());

async function withDatabase<Result>(
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(postgresPool(url, 2));
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** An admin's token and a report to write notes to. */
const prepare = () =>
  withDatabase(async (database) => {
    const maker = createMaker(database, baseUrl);
    const [admin, alice] = [
      await maker.user({ nickname: 'admin', isAdmin: true }),
      await maker.user({ nickname: 'alice' }),
    ];
    const report = await makePosts({ database } as World).report(admin, alice);
    return { token: await maker.token(admin), report: report.databaseId };
  });

const readiness = async (base: string): Promise<number> =>
  (await fetch(`${base}/health/ready`)).status;
const patience = { timeout: 30_000, interval: 20 };

it('PostgreSQL is restarted, then crashes, under 100 requests/s to two processes: 503 and not ready, back within 5 s, no acknowledged write lost', async () => {
  const { token, report } = await prepare();
  const stewards = await Promise.all([
    startSteward({ DATABASE_URL: url }),
    startSteward({ DATABASE_URL: url }),
  ]);
  const urls = stewards.map((steward) => steward.url);
  const load = startNoteLoad({ urls, token, report }, 100);
  const writesAgain = async (since: number): Promise<number> => {
    const first = (base: string): Attempt | undefined =>
      load.attempts.find(
        (attempt) => attempt.url === base && attempt.isAcknowledged && attempt.startedAt >= since,
      );
    await vi.waitFor(() => {
      expect(urls.filter((base) => !first(base))).toEqual([]);
    }, patience);
    return Math.max(...urls.map((base) => first(base)?.endedAt ?? Infinity)) - since;
  };
  const recoveries: number[] = [];
  await writesAgain(performance.now());
  const usual = await writesAgain(performance.now()); // on a busy machine every write waits in line
  for (const end of [postgres.stop, postgres.crash]) {
    await end();
    for (const base of urls)
      await vi.waitFor(async () => {
        expect(await readiness(base)).toBe(503);
      }, patience);
    await pause(1_000);
    for (const base of urls) expect((await fetch(`${base}/health/live`)).status).toBe(200);
    await postgres.start();
    const recovery = await writesAgain(performance.now());
    expect(recovery).toBeLessThan(5_000 + usual);
    recoveries.push(recovery);
    for (const base of urls) expect(await readiness(base)).toBe(200);
  }
  const attempts = await load.end();

  const [done, refused] = [
    attempts.filter(({ status }) => status !== 503),
    attempts.filter(({ status }) => status === 503),
  ];
  expect(
    done.filter(({ isAcknowledged }) => !isAcknowledged),
    stewards.map(({ log }) => log()).join(''),
  ).toEqual([]);
  expect(refused.length).toBeGreaterThan(100);
  for (const { text, retryAfter, door } of refused) {
    expect(retryAfter).toBe('2');
    expect(text).toMatch(
      door === 'graphql'
        ? /^\{("data":\{"reportNoteCreate":null\},)?"errors":\[\{"message":"The database .*"code":"UNAVAILABLE"/
        : /^\{"error":"The database [^"]*"\}$/,
    );
  }
  const rows = await withDatabase(
    async ({ pool }) =>
      (
        await pool.query<{ content: string; logged: number }>(
          'select content, (select count(*)::int from moderation_log) as logged from report_notes',
        )
      ).rows,
  );
  const written = new Set(rows.map(({ content }) => content));
  const lost = done.filter(({ content }) => !written.has(content));
  expect(lost).toEqual([]);
  expect(written.size).toBe(rows.length);
  expect(rows[0]?.logged).toBe(rows.length);
  for (const { child } of stewards) expect(child.exitCode).toBeNull();
  console.log(
    `S20: ${attempts.length} writes tried, ${done.length} acknowledged, ${refused.length} refused, ${lost.length} lost; back after ${recoveries.map((ms) => `${Math.round(ms)} ms`).join(' and ')} (a write took ${Math.round(usual)} ms before)`,
  );
});
