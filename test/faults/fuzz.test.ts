import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAttempts } from '../../src/auth/attempts.js';
import { routes } from '../../src/rest/routes.js';
import { schema } from '../../src/schema/index.js';
import { createApp, type App } from '../../src/server/app.js';
import { watchBlocking } from '../support/fuzz/blocking.js';
import { Choices } from '../support/fuzz/choices.js';
import { generateDocument } from '../support/fuzz/graphql-document.js';
import { hostileTexts } from '../support/fuzz/hostile-texts.js';
import { generateRequest } from '../support/fuzz/rest-request.js';
import { testLogger } from '../support/log-sink.js';
import { makeScene } from '../support/scene.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const count = Number(process.env['FUZZ_REQUESTS'] ?? 4_000);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
/** Milliseconds for half of them: several times as long as they take. */
const patience = 60_000 + count * 20;
/** Nothing that was sent looks like this: it is how PostgreSQL, Prisma and stack traces speak. */
const innards =
  /syntax error at or near|invalid input syntax|violates|duplicate key value|does not exist at character|of relation|PrismaClient|prisma\.|unsupported Unicode escape|invalid byte sequence|SQLSTATE|current transaction|node_modules|\.ts:\d+|"code":"INTERNAL"|Something went wrong/;
const tally = {
  sent: 0,
  accepted: 0,
  refused: 0,
  longest: 0,
  maxDelay: 0,
  maxCollectionLength: 0,
};

let app: App;
let token = '';
let values: readonly string[] = [];

beforeAll(() => {
  const source = { ...world.source, mailer: { send: () => Promise.resolve() } };
  app = createApp({
    database: world.source.database,
    source,
    waysIn: { adminSecret: undefined, basicAuth: true },
    log: testLogger(),
    attempts: createAttempts(1_000_000_000),
  });
});
beforeEach(async () => {
  await world.database.pool.query(
    'create unlogged table if not exists fuzz_writes (number bigint generated always as identity)',
  );
  await world.database.pool.query(
    'create or replace function note_write() returns trigger language plpgsql security definer as $$ begin insert into fuzz_writes default values; return null; end $$',
  );
  const { rows } = await world.database.pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename not in ('schema_migrations', 'fuzz_writes')`,
  );
  for (const { name } of rows)
    for (const kind of ['insert', 'update', 'delete'])
      await world.database.pool.query(
        `create or replace trigger note_${kind} after ${kind} on ${name} for each row execute function note_write()`,
      );
  await refresh();
});
afterAll(() => {
  console.log(
    `fuzz: ${tally.sent} requests with seed ${seed}: ${tally.accepted} accepted, ${tally.refused} refused; event loop blocked ${tally.longest.toFixed(0)} ms at most (${tally.maxDelay.toFixed(0)} ms late, garbage collected for ${tally.maxCollectionLength.toFixed(0)} ms)`,
  );
});

/** A scene with a caller who may do everything: what was accepted may have taken both away. */
async function refresh(): Promise<void> {
  world.statements.length = 0;
  world.queries.length = 0;
  await world.reset();
  const { inputs } = await makeScene(world);
  token = await world.token(world.admin);
  const { rows } = await world.database.pool.query<{ id: string }>(
    `select id::text from (select id::text from activities union all select id::text from users) all_ids`,
  );
  const meaningful = [...JSON.stringify(inputs).matchAll(/"([^"\\]+)"/g)]
    .map(([, text]) => text ?? '')
    .concat(rows.map(({ id }) => id));
  values = hostileTexts(5_000, seed, meaningful);
  await writes();
}

async function writes(): Promise<number> {
  const {
    rows: [row],
  } = await world.database.pool.query<{ count: number }>(
    'with gone as (delete from fuzz_writes returning 1) select count(*)::int from gone',
  );
  return row?.count ?? 0;
}

async function send(
  path: string,
  init: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | undefined;
  },
): Promise<{ readonly status: number; readonly text: string }> {
  const { body, ...rest } = init;
  const request = new Request(`http://steward.test${path}`, {
    ...rest,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
    ...(body === undefined ? {} : { body }),
  });
  const response = await app.fetch(request);
  return { status: response.status, text: await response.text() };
}

/** Runs so many generated requests one after the other and holds each to the rules. */
async function fuzz(
  runs: number,
  one: (choices: Choices) => Promise<{
    readonly sent: unknown;
    readonly status: number;
    readonly text: string;
    readonly mayHaveWritten: boolean;
  }>,
): Promise<void> {
  const watch = watchBlocking();
  let sinceRefresh = 0;
  let strangers = 0;
  let slowest: unknown;
  await fc.assert(
    fc.asyncProperty(fc.uint32Array({ minLength: 150, maxLength: 150 }), async (entropy) => {
      if ((sinceRefresh += 1) % 1_000 === 0) await refresh().then(watch.skip);
      const longest = watch.longest();
      const { sent, status, text, mayHaveWritten } = await one(new Choices(entropy, values));
      if (watch.longest() > longest) slowest = sent;
      tally.sent += 1;
      tally[status < 400 && mayHaveWritten ? 'accepted' : 'refused'] += 1;
      const written = await writes();
      const told = JSON.stringify({ status, text: text.slice(0, 1_000), sent }).slice(0, 3_000);
      if (status >= 500 || innards.test(text)) throw new Error(`a fault: ${told}`);
      if (!mayHaveWritten && written > 0)
        throw new Error(`${written} rows written by what was refused or only reads: ${told}`);
      if (status === 401 || text === '{"error":"Invalid credentials."}') {
        strangers += 1;
        await refresh().then(watch.skip);
      }
    }),
    { numRuns: runs, seed, endOnFailure: true },
  );
  watch.stop();
  tally.longest = Math.max(tally.longest, watch.longest());
  tally.maxDelay = Math.max(tally.maxDelay, watch.maxDelay());
  tally.maxCollectionLength = Math.max(tally.maxCollectionLength, watch.maxCollectionLength());
  expect(strangers).toBeLessThan(runs / 20);
  expect(watch.longest(), JSON.stringify(slowest)).toBeLessThan(200);
}

describe('generated requests: no 5xx, no SQL, nothing written by what is refused, and the event loop goes on turning', () => {
  it(
    'GraphQL documents',
    async () => {
      await fuzz(count / 2, async (choices) => {
        const { isMutation, body } = generateDocument(schema, choices);
        const answer = await send('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        });
        return {
          sent: body,
          ...answer,
          mayHaveWritten: isMutation && answer.text.includes('"ok":[]'),
        };
      });
    },
    patience,
  );

  it(
    'REST requests',
    async () => {
      await fuzz(count / 2, async (choices) => {
        const { path, ...init } = generateRequest(routes, choices);
        const answer = await send(path, init);
        // Whatever goes wrong with a relay, the instance answers 500 and its address
        // (docs/instance/moderation.md#relays).
        const status =
          answer.status === 500 && /\/relay(\?|$)/.test(path) && !innards.test(answer.text)
            ? 400
            : answer.status;
        return { sent: { path, ...init }, text: answer.text, status, mayHaveWritten: status < 400 };
      });
    },
    patience,
  );
});
