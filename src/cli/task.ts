import type { Command, Option } from 'commander';
import { createContext, type OperationContext } from '../context.js';
import { isQueueRunning } from '../database/instance-queue.js';
import { sentencesOf } from '../instance/effect.js';
import type { Output } from './output.js';
import { demandConsent } from './questions.js';
import type { Runtime } from './runtime.js';

/** What a group of commands needs of the program. */
export interface Shell {
  readonly output: Output;
  readonly withRuntime: (work: (runtime: Runtime) => Promise<void>) => Promise<void>;
}

/** What a task has at hand. */
export interface Work {
  readonly context: OperationContext;
  /** A line of the documented output; silent with `--json`. */
  readonly say: (line: string) => void;
  readonly output: Output;
}

/** One command that calls one operation, or a few. */
export interface Task<Arguments extends readonly unknown[], Options> {
  /** Name and arguments, e.g. `tag <nickname> [tags...]`. */
  readonly words: string;
  readonly summary: string;
  /** What follows `steward user` in the help's example. */
  readonly example: string;
  readonly options?: readonly Option[];
  /** Asked at a terminal before anything is done, unless `--yes` is given. */
  readonly question?: (...names: string[]) => string;
  /** Does it and returns what `--json` prints. */
  readonly run: (work: Work, options: Options, ...given: Arguments) => Promise<unknown>;
}

/** Adds a command to a group. */
export type AddTask = (group: Command, shell: Shell) => void;

/** Says on standard error what the running instance does not see at once, and why. */
async function tellEffect({ effects, database }: OperationContext, { error }: Output): Promise<void> {
  const effect = effects.since(0);
  if (effect.kind === 'IMMEDIATE') return;
  const jobs = effect.jobs.map(({ id }) => String(id)).slice(0, 10);
  const named = jobs.length === 0 ? '' : ` (oban_jobs ${jobs.join(', ')}${effect.jobs.length > jobs.length ? ', …' : ''})`;
  error(`${effect.kind}${named}: ${sentencesOf(effect, await isQueueRunning(database)).join(' ')}`);
}

/** Declares a command: every one has `--json`, an example in its help, and the operator as its actor. */
export function task<Arguments extends readonly unknown[], Options extends object>({ words, summary, example, options = [], question, run }: Task<Arguments, Options>): AddTask {
  return (group, { output, withRuntime }) => {
    const command = group.command(words).description(summary).option('--json', 'print JSON').addHelpText('after', `\nExample:\n  steward user ${example}`);
    for (const option of options) command.addOption(option);
    if (question) command.option('-y, --yes', 'do not ask');
    command.action(async (...all: unknown[]) => {
      const given = all.slice(0, -2) as unknown as Arguments;
      const chosen = all.at(-2) as Options & { readonly json?: boolean; readonly yes?: boolean };
      if (question && chosen.yes !== true) await demandConsent(output, question(...(given as unknown as string[])));
      await withRuntime(async ({ source }) => {
        const say = chosen.json === true ? (): void => undefined : output.out;
        const context = createContext(source, { kind: 'operator' });
        const result = await run({ context, say, output }, chosen, ...given);
        if (chosen.json === true) output.out(JSON.stringify(result));
        await tellEffect(context, output);
      });
    });
  };
}
