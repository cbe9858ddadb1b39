import { runCommand } from '../../src/cli/program.js';
import { keepLine } from './log-sink.js';
import type { World } from './world.js';

/** What a command line left behind: standard output, standard error, and its exit status. */
export interface CommandAnswer {
  readonly out: string[];
  readonly error: string[];
  readonly exit: number;
}

/** Runs command lines as the operator of a world, without a process. What goes to standard error is searched for secrets at the end of the run. */
export function cli(world: World, ...words: readonly string[]): Promise<CommandAnswer> {
  const { source } = world;
  const database = Object.create(source.database, {
    close: { value: () => Promise.resolve() },
  }) as World['database'];
  const [out, error]: [string[], string[]] = [[], []];
  const output = {
    out: (line: string) => void out.push(line),
    error: (line: string) => {
      keepLine(line);
      error.push(line);
    },
  };
  return runCommand(words, output, {}, (environment) =>
    Promise.resolve({ environment, database, source, isEmbedded: false }),
  ).then((exit) => ({ out, error, exit }));
}
