import type { Command, Option } from 'commander';
import { createContext, type OperationContext } from '../context.js';
import { isQueueRunning } from '../database/instance-queue.js';
import { sentencesOf } from '../instance/effect.js';
import { rehearse } from '../resolvers/dry-run.js';
import type { Output } from './output.js';
import { printableLine, printableText } from './printable.js';
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
  /** It changes nothing: the instance is not asked for its companion module. */
  readonly readOnly?: boolean;
  /** Asked at a terminal before anything is done, unless `--yes` is given. It tells what would be lost; undefined = nothing would. */
  readonly question?: (
    work: Work,
    options: Options,
    ...given: Arguments
  ) => Promise<string | undefined>;
  /** Offers `--dry-run`: the task runs in a transaction that is taken back. For tasks whose every effect is a row. */
  readonly rehearsable?: boolean;
  /** Does it and returns what `--json` prints. */
  readonly run: (work: Work, options: Options, ...given: Arguments) => Promise<unknown>;
}

/** Adds a command to a group. */
export type AddTask = (group: Command, shell: Shell) => void;

/** Says on standard error what the running instance does not see at once, and why. */
async function tellEffect(
  { effects, database }: OperationContext,
  { error }: Output,
): Promise<void> {
  const effect = effects.since(0);
  if (effect.kind === 'IMMEDIATE') return;
  const jobs = effect.jobs.map(({ id }) => String(id)).slice(0, 10);
  const named =
    jobs.length === 0
      ? ''
      : ` (oban_jobs ${jobs.join(', ')}${effect.jobs.length > jobs.length ? ', …' : ''})`;
  error(`${effect.kind}${named}: ${sentencesOf(effect, await isQueueRunning(database)).join(' ')}`);
}

/** Declares a command: every one has `--json`, an example in its help, and the operator as its actor. */
export function task<Arguments extends readonly unknown[], Options extends object>({
  words,
  summary,
  example,
  options = [],
  readOnly = false,
  question,
  rehearsable = false,
  run,
}: Task<Arguments, Options>): AddTask {
  return (group, { output, withRuntime }) => {
    const command = group
      .command(words)
      .description(summary)
      .option('--json', 'print JSON')
      .addHelpText('after', `\nExample:\n  steward user ${example}`);
    for (const option of options) command.addOption(option);
    if (question) command.option('-y, --yes', 'do not ask');
    if (rehearsable) command.option('--dry-run', 'say what would be done, and change nothing');
    command.action(async (...all: unknown[]) => {
      const given = all.slice(0, -2) as unknown as Arguments;
      const chosen = all.at(-2) as Options & {
        readonly json?: boolean;
        readonly yes?: boolean;
        readonly dryRun?: boolean;
      };
      const isRehearsal = chosen.dryRun === true;
      await withRuntime(async ({ source, companion }) => {
        // A stopped instance would not answer, and the task would wait for nothing.
        if (
          companion &&
          !readOnly &&
          !isRehearsal &&
          (await isQueueRunning(source.database)) === true
        )
          await companion.ask();
        const prefix = rehearsable && isRehearsal ? '(dry run) ' : '';
        const say =
          chosen.json === true
            ? (): void => undefined
            : (line: string): void => {
                output.out(prefix + printableLine(line));
              };
        const context = createContext(source, { kind: 'operator' });
        const work = { context, say, output };
        if (question && output.terminal && chosen.yes !== true && !isRehearsal) {
          const asked = await question(work, chosen, ...given);
          if (asked !== undefined) await demandConsent(output, printableText(asked));
        }
        const perform = (): Promise<unknown> => run(work, chosen, ...given);
        const result = await (rehearsable && isRehearsal ? rehearse(context, perform) : perform());
        if (chosen.json === true) output.out(JSON.stringify(result));
        if (!isRehearsal) await tellEffect(context, output);
      });
    });
  };
}
