import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Door } from './workloads.js';

export const serverNames = ['floor', 'steward', 'steward-rest', 'apollo', 'mercurius'] as const;
export type ServerName = (typeof serverNames)[number];

/** A running server process. */
export interface RunningServer {
  readonly port: number;
  /** Milliseconds from spawn to listening. */
  readonly coldStart: number;
  /** CPU milliseconds used so far, threads included; undefined where the system does not tell. */
  readonly cpu: () => number | undefined;
  /** Megabytes in memory now. */
  readonly memory: () => number | undefined;
  readonly stop: () => Promise<void>;
}

export const doorOf = (name: ServerName): Door => (name === 'floor' ? 'floor' : name === 'steward-rest' ? 'rest' : 'graphql');

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const commands: Readonly<Record<ServerName, readonly [program: string, ...words: string[]]>> = {
  floor: [process.execPath, at('../servers/floor.mjs')],
  steward: [process.execPath, at('../../dist/main.js'), 'serve'],
  'steward-rest': [process.execPath, at('../../dist/main.js'), 'serve'],
  apollo: [process.execPath, at('../servers/apollo.mjs')],
  mercurius: [process.execPath, at('../servers/mercurius.mjs')],
};

/**
 * Starts a server and waits until it listens.
 * @param settings environment variables besides PORT, NODE_ENV and PATH.
 */
export async function startServer(name: ServerName, port: number, settings: Readonly<Record<string, string>>): Promise<RunningServer> {
  const [program, ...words] = commands[name];
  const begin = performance.now();
  const child = spawn(program, words, { env: { PATH: process.env['PATH'], NODE_ENV: 'production', LOG_LEVEL: 'warn', PORT: String(port), ...settings }, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => { reject(new Error(`${name} ended with ${String(code)}`)); });
    child.stdout.on('data', (chunk: Buffer) => { if (/listening|Steward serves/.test(chunk.toString())) resolve(); });
  });
  const coldStart = performance.now() - begin;
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return { port, coldStart, cpu: () => cpuOf(child.pid), memory: () => memoryOf(child.pid), stop };
}

const ticksPerMillisecond = 1 / 10;

function cpuOf(pid: number | undefined): number | undefined {
  const fields = procFile(pid, 'stat')?.replace(/^.*\) /s, '').split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) / ticksPerMillisecond;
}

function memoryOf(pid: number | undefined): number | undefined {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(procFile(pid, 'status') ?? '')?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
}

function procFile(pid: number | undefined, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
