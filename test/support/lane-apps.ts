import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';
import type { LaneSettings, Order, Reply } from './lane-app.js';
import { keepLine } from './log-sink.js';
import { useProgram } from './program.js';
import { keepSecretsOf } from './secrets.js';

/** An app in a process of its own, before several databases. */
export interface LaneApp {
  /** @returns the replies in the order of the orders; undefined where the process ended first. */
  readonly ask: (orders: readonly Order[]) => Promise<readonly (Reply | undefined)[]>;
  /** Ends it with -9, unless it is over. @returns the signal that ended it. */
  readonly end: () => Promise<NodeJS.Signals | null>;
}

/** Starts apps in processes that can be killed amid requests; what they log goes to the scan. The next one is always warming up; all are ended after the tests of the file. */
export function useLaneApps(settings: () => LaneSettings): () => Promise<LaneApp> {
  const program = useProgram('lane-app.ts');
  const children: ChildProcess[] = [];
  let next: Promise<LaneApp> | undefined;
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  const start = async (): Promise<LaneApp> => {
    const child = spawn(process.execPath, [program, JSON.stringify(settings())], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    children.push(child);
    child.stderr.on('data', (chunk: Buffer) => {
      keepLine(chunk.toString());
    });
    const ended = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('close', (_code, signal) => {
        resolve(signal);
      }),
    );
    const waiting = new Map<number, (reply: Reply) => void>();
    await new Promise<void>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line === 'ready') resolve();
        else answer(JSON.parse(line) as Reply);
      });
      void ended.then(() => {
        resolve();
      });
    });
    function answer(reply: Reply): void {
      waiting.get(reply.lane)?.(reply);
    }
    return {
      ask: (orders) => {
        const replies = orders.map(({ lane, token, body }) => {
          keepSecretsOf({ token, body });
          return Promise.race([
            new Promise<Reply>((resolve) => waiting.set(lane, resolve)),
            ended.then(() => undefined),
          ]);
        });
        child.stdin.write(`${JSON.stringify(orders)}\n`);
        return Promise.all(replies);
      },
      end: () => {
        child.kill('SIGKILL');
        return ended;
      },
    };
  };
  return async () => {
    const app = await (next ?? start());
    next = start();
    return app;
  };
}
