import { Readable } from 'node:stream';
import { readEnvironment } from '../../src/environment.js';
import { runWords } from '../../src/cli/program.js';
import type { Runtime } from '../../src/cli/runtime.js';
import type { World } from './world.js';

/** What a command line left behind. */
export interface ShellResult {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line on a world's instance, with nobody at a terminal; `stdin` is what is piped in. */
export async function shell(
  world: World,
  words: readonly string[],
  stdin?: string,
): Promise<ShellResult> {
  let [stdout, stderr] = ['', ''];
  const runtime = {
    environment: readEnvironment({}),
    database: world.database,
    source: world.source,
    isEmbedded: world.databaseUrl === undefined,
    companion: undefined,
  } satisfies Runtime;
  const exit = await runWords(
    words,
    {
      out: (line) => {
        stdout += `${line}\n`;
      },
      error: (line) => {
        stderr += `${line}\n`;
      },
      write: (text) => {
        stdout += text;
      },
      input: Readable.from(stdin === undefined ? [] : [stdin]),
    },
    (work) => work(runtime),
  );
  return { exit, stdout, stderr };
}
