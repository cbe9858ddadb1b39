import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { SchemaError } from '../database/family.js';
import { outageOf } from '../database/unreachable.js';
import { DirectoryInUseError } from '../database/embedded/lock.js';
import { EnvironmentError, readEnvironment } from '../environment.js';
import { AccessError, errorCatalogue, OperationError } from '../errors.js';
import { maskSecrets } from '../server/mask-secrets.js';
import { companionOf, countNames, diagnose, instanceLines } from './doctor.js';
import { addCompletion, bashCompletion } from './completion.js';
import { exitCodes } from './exit-codes.js';
import { showIndexes } from './indexes.js';
import { databasePlace } from './database-place.js';
import type { Output } from './output.js';
import { printableLine, printing } from './printable.js';
import { Refusal } from './refusal.js';
import { startRuntime } from './runtime.js';
import { printedSchema } from './schema.js';
import { serve } from './serve.js';
import type { Shell } from './task.js';
import { addTokenTasks } from './token.js';
import { addUserTasks } from './user/tasks.js';
import { ownWords } from './words.js';

/** What the shell knows besides its words. */
interface Surroundings {
  /** Of the database, for the message when it cannot be reached. */
  readonly place?: string | undefined;
  /** Whether nicknames are looked up to complete them; default: yes. */
  readonly completesNicknames?: boolean;
}

/**
 * Runs one command line (without the program's name) and returns its exit status; never throws.
 * @param variables the environment, e.g. `process.env`.
 * @param start opens what the command works with; its database is closed afterwards.
 */
export function runCommand(
  words: readonly string[],
  output: Output,
  variables: Readonly<Record<string, string | undefined>>,
  start = startRuntime,
): Promise<number> {
  // To complete a word must not make the embedded database.
  const surroundings = {
    place: databasePlace(variables['DATABASE_URL']),
    completesNicknames: Boolean(variables['DATABASE_URL']),
  };
  return runWords(
    words,
    output,
    async (work) => {
      const runtime = await start(readEnvironment(variables));
      try {
        await work(runtime);
      } finally {
        await runtime.database.close();
      }
    },
    surroundings,
  );
}

/** The same with what a command works on given. A leading `mix pleroma.user` is understood. */
export async function runWords(
  words: readonly string[],
  given: Output,
  withRuntime: Shell['withRuntime'],
  surroundings: Surroundings = {},
): Promise<number> {
  const output = printing(given);
  try {
    const own = ownWords(words);
    const script = bashCompletion(own);
    if (script === undefined)
      await createProgram(output, withRuntime, surroundings).parseAsync(
        own.length === 0 ? ['serve'] : own,
        { from: 'user' },
      );
    else output.out(script);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return report(
      error,
      words.includes('--json')
        ? {
            ...output,
            error: (message) => {
              output.error(errorDocument(error, message));
            },
          }
        : output,
      surroundings,
    );
  }
}

/** The program with all its commands; tests read it. */
export function createProgram(
  output: Output,
  withRuntime: Shell['withRuntime'],
  { completesNicknames = true }: Surroundings = {},
): Command {
  const program = new Command('steward')
    .description('Admin gateway for Akkoma and Pleroma')
    .version(packageJson.version, '-V, --version', 'print the version of Steward')
    .addHelpText('after', '\nExample:\n  steward user list')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        output.out(text.trimEnd());
      },
      writeErr: (text) => {
        output.error(text.trimEnd());
      },
    });
  program
    .command('serve')
    .description('Serve GraphQL and REST until stopped; what steward does without a command')
    .addHelpText('after', '\nExample:\n  PORT=4001 steward serve')
    .action(() => withRuntime((runtime) => serve(runtime, output.out)));
  program
    .command('doctor')
    .description('Say which instance this is, how large, and what is missing')
    .addHelpText('after', '\nExample:\n  steward doctor --json')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      withRuntime(async (runtime) => {
        const diagnosis = await diagnose(runtime.database, await runtime.source.readInstance());
        const companion = await companionOf(runtime, diagnosis.queue);
        if (json) {
          output.out(JSON.stringify({ ...diagnosis, companion }, null, 2));
          return;
        }
        output.out(printableLine(`${diagnosis.instance.name}, ${diagnosis.instance.url}`));
        output.out(
          `family: ${diagnosis.family}, version: ${diagnosis.version}, newest migration: ${diagnosis.newestMigration ?? 'unknown'}`,
        );
        for (const [what, count] of Object.entries(diagnosis.counts))
          output.out(`${countNames[what] ?? what}: ${String(count)}`);
        output.out(`stays with the instance: ${diagnosis.instanceLocation}`);
        for (const line of instanceLines(diagnosis.queue, companion))
          output.out(printableLine(line));
        for (const sentence of diagnosis.pooler) output.out(sentence);
        for (const line of diagnosis.unreadable) output.out(line);
        output.out(
          diagnosis.unreadable.length === 0
            ? 'nothing is missing'
            : `settings that cannot be read: ${String(diagnosis.unreadable.length)}`,
        );
      }),
    );
  program
    .command('indexes')
    .description('Show optional indexes that make large instances quicker')
    .addHelpText('after', '\nExample:\n  steward indexes --create')
    .option('--create', 'create those that are missing, while the instance runs')
    .option('--json', 'print JSON')
    .action((options: Parameters<typeof showIndexes>[1]) =>
      withRuntime(({ database }) => showIndexes(database, options, output.out)),
    );
  program
    .command('schema')
    .description('Print the GraphQL schema')
    .addHelpText('after', '\nExample:\n  steward schema > schema.graphql')
    .action(() => {
      output.out(printedSchema());
    });
  addUserTasks(program, { output, withRuntime });
  addTokenTasks(program, output.out, withRuntime);
  addCompletion(program, completesNicknames ? withRuntime : undefined);
  return program;
}

function report(error: unknown, output: Output, { place }: Surroundings): number {
  if (error instanceof EnvironmentError) return fail(output, error.message, exitCodes.usage);
  if (error instanceof Refusal) return fail(output, printableLine(error.message), error.exit);
  if (error instanceof OperationError)
    return fail(output, printableLine(error.message), errorCatalogue[error.code].exit);
  if (
    error instanceof AccessError ||
    error instanceof SchemaError ||
    error instanceof DirectoryInUseError
  )
    return fail(output, error.message, exitCodes.refused);
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return fail(output, `${error.message}: set PORT to a free one.`, exitCodes.refused);
  const outage = outageOf(error);
  if (outage !== undefined)
    return fail(
      output,
      `${outage}${place === undefined ? '' : ` (${place})`}`,
      exitCodes.unreachable,
    );
  return fail(
    output,
    maskSecrets(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    exitCodes.internal,
  );
}

function fail(output: Output, message: string, code: number): number {
  output.error(message);
  return code;
}

/** What `--json` says of a failure. */
function errorDocument(error: unknown, message: string): string {
  const errors =
    error instanceof OperationError
      ? error.issues.map((issue) => ({
          code: issue.code,
          message: issue.message,
          path: issue.inputPath,
        }))
      : [{ code: error instanceof Refusal ? error.code : 'INTERNAL', message, path: [] }];
  return JSON.stringify({ errors });
}
