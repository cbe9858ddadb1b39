import { createInterface } from 'node:readline';
import pg, { type PoolClient } from 'pg';
import { openDatabase } from '../../src/database/database.js';
import { postgresPool } from '../../src/database/pool.js';
import { assumedCompanion } from '../../src/instance/companion.js';
import { configRules } from '../../src/instance/config-rules.js';
import { readInstance } from '../../src/instance/read.js';
import { createApp, type App } from '../../src/server/app.js';
import { createLogger } from '../../src/server/log.js';
import { afterEachStatement } from './after-statement.js';
import { sceneRules } from './scene-rules.js';

/** What the process is told on its command line. */
export interface LaneSettings {
  /** Databases; orders name one by its place. */
  readonly urls: readonly string[];
  readonly baseUrl: string;
  readonly directory: string;
  /** Whether an Idempotency-Key is honoured; needs the schema `steward` in each. */
  readonly keepsAnswers: boolean;
}

/** A request of GraphQL, and what befalls it once so many of its statements are finished. One line of standard input is a list of them, run side by side. */
export interface Order {
  /** Place of the database in the settings; one request at a time. */
  readonly lane: number;
  readonly token: string;
  readonly body: string;
  /** Sent as Idempotency-Key. */
  readonly key?: string;
  /** `cut`: PostgreSQL ends the connection that finished the last statement. `kill`: it stands still; when all do, the process ends itself as `kill -9` would. */
  readonly fault: 'cut' | 'kill';
  /** null = nothing befalls it. */
  readonly after: number | null;
}

/** One line of standard output. */
export interface Reply {
  readonly lane: number;
  readonly status: number;
  readonly text: string;
  /** Whether the fault came before the end. */
  readonly isHit: boolean;
  /** How many statements it took. */
  readonly statements: number;
  /** Whether it is an answer given before. */
  readonly isReplayed: boolean;
}

/** What befalls the requests to one database. */
interface Fuse {
  /** Statements that may still finish, and that have. */
  left: number;
  finished: number;
  /** What happens then. */
  strike: (client: PoolClient) => Promise<void>;
}

const { urls, baseUrl, directory, keepsAnswers } = JSON.parse(
  process.argv[2] ?? '',
) as LaneSettings;
const log = createLogger('trace', {
  write: (line) => {
    process.stderr.write(line);
  },
});
let executioner: pg.Pool | undefined;
const doors = new Map<number, Promise<{ readonly app: App; readonly fuse: Fuse }>>();

async function openDoor(url: string): Promise<{ readonly app: App; readonly fuse: Fuse }> {
  const fuse: Fuse = { left: Infinity, finished: 0, strike: () => Promise.resolve() };
  const pool = postgresPool(url, 2);
  afterEachStatement(pool, async (client) => {
    fuse.left -= 1;
    fuse.finished += 1;
    if (fuse.left === 0) await fuse.strike(client);
  });
  const database = await openDatabase(pool);
  await database.prisma.user.findFirst({ select: { id: true } }); // Prisma loads its engine
  const source = {
    database,
    config: configRules(sceneRules(directory)),
    companion: assumedCompanion,
    mailer: { send: () => Promise.resolve() },
    readInstance: () =>
      readInstance(database, {
        url: baseUrl,
        file: new Map<string, never>(),
        configurableFromDatabase: true,
      }),
  };
  return {
    app: createApp({
      database,
      source,
      waysIn: { adminSecret: undefined, basicAuth: false },
      log,
      keepsAnswers,
    }),
    fuse,
  };
}

/** PostgreSQL ends the connection; over once that is known here. */
async function cut(client: PoolClient): Promise<void> {
  const ended = new Promise((resolve) => client.once('end', resolve));
  executioner ??= new pg.Pool({ connectionString: urls[0], max: 4 });
  await executioner.query('select pg_terminate_backend($1)', [
    (client as unknown as { readonly processID: number }).processID,
  ]);
  await ended;
}

let [standing, running] = [0, 0];
function endWhenAllStand(): void {
  if (standing > 0 && standing === running) process.kill(process.pid, 'SIGKILL');
}

function doorOf(lane: number): ReturnType<typeof openDoor> {
  const door = doors.get(lane) ?? openDoor(urls[lane] ?? '');
  doors.set(lane, door);
  return door;
}

async function run({ lane, token, body, key, fault, after }: Order): Promise<void> {
  const { app, fuse } = await doorOf(lane);
  let isHit = false;
  fuse.left = after ?? Infinity;
  fuse.finished = 0;
  fuse.strike = async (client) => {
    isHit = true;
    if (fault === 'cut') return cut(client);
    standing += 1;
    endWhenAllStand();
    return new Promise(() => undefined);
  };
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
  const response = await app.fetch(
    new Request('http://steward.test/graphql', { method: 'POST', headers, body }),
  );
  fuse.left = Infinity;
  const reply: Reply = {
    lane,
    status: response.status,
    text: await response.text(),
    isHit,
    statements: fuse.finished,
    isReplayed: response.headers.has('idempotent-replayed'),
  };
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}

process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const orders = JSON.parse(line) as Order[];
  for (const { lane } of orders) await doorOf(lane); // one by one: opening takes the processor, and requests wait only so long for a connection
  running += orders.length;
  for (const order of orders) {
    void run(order).then(() => {
      running -= 1;
      endWhenAllStand();
    });
  }
}
