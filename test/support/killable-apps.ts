import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect } from 'vitest';
import type { KillableSettings, Order } from './killable-app.js';

interface Running {
  readonly child: ChildProcess;
  readonly lines: AsyncIterator<string>;
}

/** Runs requests in processes that end themselves amid them. */
export interface KillableApps {
  /** @returns what the process answered before its end; undefined when it ended first. */
  readonly run: (order: Order) => Promise<string | undefined>;
}

/** Real apps in processes of their own, the next one always warming up; all are ended after the tests of the file. */
export function useKillableApps(settings: () => KillableSettings): KillableApps {
  const program = fileURLToPath(new URL(`../../dist/test/killable-app-${process.pid}.mjs`, import.meta.url));
  let next: Promise<Running>;
  const start = async (): Promise<Running> => {
    const child = spawn(process.execPath, [program, JSON.stringify(settings())], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('ready');
    return { child, lines };
  };
  beforeAll(async () => {
    const entry = fileURLToPath(new URL('killable-app.ts', import.meta.url));
    await build({ entryPoints: [entry], outfile: program, bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' });
    next = start();
  });
  afterAll(async () => {
    (await next).child.kill('SIGKILL');
    rmSync(program, { force: true });
  });
  return {
    run: async (order) => {
      const { child, lines } = await next;
      next = start();
      const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, signal) => { resolve(signal); }));
      child.stdin?.write(`${JSON.stringify(order)}\n`);
      const line = await lines.next();
      if (line.done !== true) child.kill('SIGKILL');
      expect(await ended).toBe('SIGKILL');
      return line.done === true ? undefined : line.value;
    },
  };
}
