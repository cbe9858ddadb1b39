import type { ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { inject } from 'vitest';
import { createLogger } from '../../src/server/log.js';

/** Shorter ones occur by chance. */
const shortestSecret = 8;
const kept = new Set<string>();
const append = (kind: 'lines' | 'secrets', text: string): void => {
  appendFileSync(join(inject('logs'), `${kind}.${String(process.pid)}`), `${text}\n`);
};

/** Hands a line of a log, or what a process wrote, to the scan at the end of the run (test/support/global-setup.ts). */
export function keepLine(line: string): void {
  append('lines', line.trimEnd());
}

/** No line of any log of the run may hold this text. */
export function keepSecret(secret: string): void {
  if (secret.length < shortestSecret || kept.has(secret)) return;
  kept.add(secret);
  append('secrets', JSON.stringify(secret));
}

/** The log of apps in tests: the one Steward writes, at its most talkative, under the eyes of the scan. */
export function testLogger(also: (line: string) => void = () => undefined): Logger {
  return createLogger('trace', {
    write: (line) => {
      keepLine(line);
      also(line);
    },
  });
}

/** Hands everything a process writes to the scan; its streams must be pipes. */
export function keepOutput({ stdout, stderr }: Pick<ChildProcess, 'stdout' | 'stderr'>): void {
  for (const stream of [stdout, stderr])
    stream?.on('data', (chunk: Buffer) => {
      keepLine(chunk.toString());
    });
}
