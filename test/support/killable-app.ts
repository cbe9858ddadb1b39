import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { openDatabase } from '../../src/database/database.js';
import { postgresPool } from '../../src/database/pool.js';
import { configRules } from '../../src/instance/config-rules.js';
import { readInstance } from '../../src/instance/read.js';
import { createApp } from '../../src/server/app.js';
import { afterEachStatement } from './after-statement.js';
import { sceneRules } from './scene-rules.js';

/** What the process is told on its command line. */
export interface KillableSettings {
  readonly url: string;
  readonly baseUrl: string;
  readonly directory: string;
}

/** One line of standard input: a request of GraphQL, and after how many statements the process ends itself as `kill -9` would. */
export interface Order {
  readonly token: string;
  readonly body: string;
  readonly killAfter: number;
  /** Sent as Idempotency-Key; needs the schema `steward`. */
  readonly key?: string;
}

const { url, baseUrl, directory } = JSON.parse(process.argv[2] ?? '') as KillableSettings;
let left = Infinity;
const pool = postgresPool(url, 4);
afterEachStatement(pool, () => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
  return Promise.resolve();
});
const database = await openDatabase(pool);
const source = {
  database,
  config: configRules(sceneRules(directory)),
  mailer: { send: () => Promise.resolve() },
  readInstance: () => readInstance(database, { url: baseUrl, file: new Map<string, never>(), configurableFromDatabase: true }),
};
const app = createApp({ database, source, waysIn: { adminSecret: undefined, basicAuth: false }, log: pino({ level: 'silent' }), keepsAnswers: true });
const ask = ({ token, body, key }: Order): Promise<Response> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) };
  return app.fetch(new Request('http://steward.test/graphql', { method: 'POST', headers, body }));
};

process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as Order;
  left = order.killAfter;
  const answer = await ask(order);
  process.stdout.write(`${await answer.text()}\n`);
}
