import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from './ask.js';
import { spread, type Spread } from './figures.js';
import { putLoad, wireRequest, type HttpRequest } from './load.js';
import type { Options } from './options.js';
import { settingsFor, startServer, type RunningServer } from './servers.js';
import { token as benchToken } from './data.js';
import { workloads } from './workloads.js';

/** How Steward runs: on the bench's PostgreSQL, or on an embedded database whose directory is new or was used before. */
export type Mode = 'attached' | 'embedded, existing directory' | 'embedded, new directory';

/** One mode's figures. */
export interface Start {
  readonly mode: Mode;
  /** Milliseconds from spawn to listening. */
  readonly listening: Spread;
  /** Milliseconds from spawn to the first page of 50 users. */
  readonly firstPage: Spread;
  /** Milliseconds of a page of 50 users, one request at a time. */
  readonly page: Spread;
  /** Megabytes when it listens, and the most under load of (a) and (b). */
  readonly idle: Spread;
  readonly loaded: Spread;
}

interface Sample {
  readonly listening: number;
  readonly firstPage: number;
  readonly page: Float64Array;
  readonly idle: number;
  readonly loaded: number;
}

const modes: readonly Mode[] = [
  'attached',
  'embedded, existing directory',
  'embedded, new directory',
];
const samplingInterval = 50;

/** Starts Steward in every mode, in turns, and asks for pages of users and reports. */
export async function measureStart(
  { rounds, seconds, connections }: Options,
  database: string,
  print: (line: string) => void,
): Promise<Start[]> {
  const home = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  const settings: Readonly<Record<Mode, Record<string, string>>> = {
    attached: settingsFor(database),
    'embedded, existing directory': { STEWARD_DATA_DIR: join(home, 'existing') },
    'embedded, new directory': { STEWARD_DATA_DIR: join(home, 'new') },
  };
  try {
    await (await startServer('steward', settings['embedded, existing directory'])).stop();
    const samples = new Map<Mode, Sample[]>(modes.map((mode) => [mode, []]));
    for (let round = 1; round <= rounds; round += 1) {
      for (const mode of modes) {
        rmSync(join(home, 'new'), { recursive: true, force: true });
        const sample = await measureOnce(settings[mode], seconds, connections);
        samples.get(mode)?.push(sample);
        print(
          `  round ${String(round)} ${mode}: listening after ${sample.listening.toFixed(0)} ms`,
        );
      }
    }
    return [...samples].map(([mode, all]) => startOf(mode, all));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function startOf(mode: Mode, all: readonly Sample[]): Start {
  const of = (pick: (sample: Sample) => number): Spread => spread(all.map(pick));
  return {
    mode,
    listening: of(({ listening }) => listening),
    firstPage: of(({ firstPage }) => firstPage),
    page: spread(all.flatMap(({ page }) => [...page])),
    idle: of(({ idle }) => idle),
    loaded: of(({ loaded }) => loaded),
  };
}

async function measureOnce(
  settings: Readonly<Record<string, string>>,
  seconds: number,
  connections: number,
): Promise<Sample> {
  const server = await startServer('steward', settings);
  try {
    const listened = performance.now();
    const idle = server.memory() ?? NaN;
    const headers = {
      authorization: `Bearer ${settings['DATABASE_URL'] === undefined ? await sampleToken(server) : benchToken}`,
    };
    const [users, reports] = (['a', 'b'] as const).map(
      (name) => ({ ...workloads[name].requests.graphql[0], headers }) as HttpRequest,
    ) as [HttpRequest, HttpRequest];
    const { status } = await ask(server.port, users);
    if (status !== 200) throw new Error(`The first page is answered with ${String(status)}.`);
    const firstPage = server.coldStart + performance.now() - listened;
    const one = await putLoad(server.port, [wireRequest(users)], 1, seconds * 1_000);
    let loaded = 0;
    const watch = setInterval(() => {
      loaded = Math.max(loaded, server.memory() ?? NaN);
    }, samplingInterval);
    for (const request of [users, reports])
      await putLoad(server.port, [wireRequest(request)], connections, seconds * 1_000);
    clearInterval(watch);
    return { listening: server.coldStart, firstPage, page: one.latencies, idle, loaded };
  } finally {
    await server.stop();
  }
}

/** The token a newcomer is shown; printed just after the server listens. */
async function sampleToken({ said }: RunningServer): Promise<string> {
  for (;;) {
    const token = /Token of the admin \S+: (\S+)\n/.exec(said())?.[1];
    if (token !== undefined) return token;
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
}

/** The figures as one table. */
export function printStart(starts: readonly Start[], print: (line: string) => void): void {
  const columns: readonly (readonly [title: string, pick: (start: Start) => Spread])[] = [
    ['listening ms', ({ listening }) => listening],
    ['first page ms', ({ firstPage }) => firstPage],
    ['a page ms', ({ page }) => page],
    ['idle MB', ({ idle }) => idle],
    ['under load MB', ({ loaded }) => loaded],
  ];
  print('\nStart and memory of Steward, medians');
  print(`  ${''.padEnd(30)}${columns.map(([title]) => title.padStart(15)).join('')}`);
  for (const start of starts)
    print(
      `  ${start.mode.padEnd(30)}${columns.map(([, pick]) => pick(start).median.toFixed(1).padStart(15)).join('')}`,
    );
}
