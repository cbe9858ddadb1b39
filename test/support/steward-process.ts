import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { keepOutput } from './log-sink.js';

/** The built program, serving. */
export interface StewardProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** How it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** What it wrote to standard error so far. */
  readonly log: () => string;
}

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/**
 * Starts Stewards as an operator does (`npm run build` must have run); all are ended after the test.
 * @returns starts one with these settings; `limits` are commands for the shell that starts it, e.g. `ulimit -f 16`.
 */
export function useStewards(): (
  settings: Readonly<Record<string, string>>,
  limits?: string,
) => Promise<StewardProcess> {
  const started: StewardProcess[] = [];
  afterEach(async () => {
    for (const { child } of started) child.kill('SIGKILL');
    await Promise.all(started.splice(0).map(({ ended }) => ended));
  });
  return async (settings, limits = ':') => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      LOG_LEVEL: 'error',
      INSTANCE_URL: 'https://home.example',
      INSTANCE_MODULE: 'off', // no job that asks for the module among the rows tests compare
      ...settings,
    };
    const child = spawn(
      'sh',
      ['-c', `${limits}; exec "$0" "$1" serve`, process.execPath, program],
      { env, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    keepOutput(child);
    let [said, log] = ['', ''];
    child.stderr.on('data', (chunk: Buffer) => void (log += chunk.toString()));
    const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
      child.once('close', (code, signal) => {
        resolve({ code, signal });
      }),
    );
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /GraphiQL\s+(http:\S+)\/graphql/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      void ended.then(({ code }) => {
        reject(new Error(`ended with ${String(code)}: ${log}`));
      });
    });
    const steward = { url, child, ended, log: () => log };
    started.push(steward);
    return steward;
  };
}
