import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { origin } from './data.js';
import { freePort } from './ports.js';
import { runStatements } from './postgres.js';
import { cpuOf, memoryOf } from './proc.js';
import type { Door } from './workloads.js';

export const serverNames = [
  'floor',
  'steward',
  'steward-rest',
  'apollo',
  'mercurius',
  'postgraphile',
] as const;
export type ServerName = (typeof serverNames)[number];

/** A running server process. */
export interface RunningServer {
  readonly port: number;
  /** Milliseconds from spawn to listening. */
  readonly coldStart: number;
  /** What it printed so far. */
  readonly said: () => string;
  /** CPU milliseconds used so far, threads included; undefined where the system does not tell. */
  readonly cpu: () => number | undefined;
  /** Megabytes in memory now. */
  readonly memory: () => number | undefined;
  readonly stop: () => Promise<void>;
}

export const doorOf = (name: ServerName): Door =>
  name === 'floor' || name === 'postgraphile' ? name : name === 'steward-rest' ? 'rest' : 'graphql';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const commands: Readonly<Record<ServerName, readonly [program: string, ...words: string[]]>> = {
  floor: [process.execPath, at('../servers/floor.mjs')],
  steward: [process.execPath, at('../../dist/main.js'), 'serve'],
  'steward-rest': [process.execPath, at('../../dist/main.js'), 'serve'],
  apollo: [process.execPath, at('../servers/apollo.mjs')],
  mercurius: [process.execPath, at('../servers/mercurius.mjs')],
  postgraphile: [at('../node_modules/node/bin/node'), at('../servers/postgraphile.mjs')], // needs Node 22
};

/**
 * Starts a server and waits until it listens.
 * @param settings environment variables besides PORT, NODE_ENV and PATH.
 */
export async function startServer(
  name: ServerName,
  settings: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  const [program, ...words] = commands[name];
  const port = await freePort();
  const begin = performance.now();
  const child = spawn(program, words, {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      PORT: String(port),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`${name} ended with ${String(code)}`));
    });
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/listening|Steward serves/.test(said)) resolve();
    });
  });
  const coldStart = performance.now() - begin;
  const stop = async (): Promise<void> => {
    child.kill();
    await exited;
  };
  return {
    port,
    coldStart,
    said: () => said,
    cpu: () => cpuOf(child.pid),
    memory: () => memoryOf(child.pid),
    stop,
  };
}

/** Starts servers on one database, and stops them when `work` is done. */
export async function withServers<Result>(
  names: readonly ServerName[],
  database: string,
  work: (servers: ReadonlyMap<ServerName, RunningServer>) => Promise<Result>,
): Promise<Result> {
  const servers = new Map<ServerName, RunningServer>();
  try {
    if (names.includes('postgraphile'))
      await runStatements(database, [readFileSync(at('../servers/postgraphile.sql'), 'utf8')]);
    for (const name of names) servers.set(name, await startServer(name, settingsFor(database)));
    return await work(servers);
  } finally {
    for (const server of servers.values()) await server.stop();
  }
}

/** What a server is told of the database and the instance in it. */
export function settingsFor(database: string): Record<string, string> {
  return { DATABASE_URL: database, INSTANCE_URL: origin };
}
