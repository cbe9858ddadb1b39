import { readFile } from 'node:fs/promises';
import type { OperationContext } from '../../context.js';
import { columnText } from '../../erlang/atom-text.js';
import {
  parseConfigFileInSteps,
  type ConfigFault,
  type ConfigStatement,
} from '../../erlang/config-file.js';
import { DEFAULT_LIMITS } from '../../erlang/limits.js';
import { overlaySetting } from '../../erlang/merge.js';
import { failure, refuse } from '../../errors.js';
import { operation } from '../operation.js';
import { applyActions, currentRegexDialect, type Applied, type PlannedAction } from './apply.js';
import { breather } from './breather.js';
import { isWhitelisted, refusalOf } from './guard.js';
import { noticeSettings } from './notice.js';
import { goOn, type OnStep } from './steps.js';
import { notConfigurable, noteReboot } from './update.js';

export interface ConfigMigrateToDatabaseInput {
  /** Writes what can be read although other statements cannot. */
  readonly skipUnreadable?: boolean;
  readonly dryRun?: boolean;
  /** Only these groups, e.g. `:pleroma`; default: all. */
  readonly groups?: readonly string[] | undefined;
  readonly whenOff?: 'refuse' | 'skip';
}

/** A statement of the file that was not written, and why. */
export interface SkippedStatement {
  readonly line: number;
  readonly reason: string;
}

export interface Imported extends Applied {
  readonly skipped: readonly SkippedStatement[];
}

/**
 * Copies the settings of the instance's configuration file into the table
 * (docs/documented-api.md#settings-over-rest, docs/instance/config.md#between-file-and-table).
 */
export const configMigrateToDatabase = operation({
  name: 'configMigrateToDatabase',
  access: { role: 'admin', scope: 'admin:write' },
  run: (context, input: ConfigMigrateToDatabaseInput) => importConfig(context, input),
});

const maxStatements = 10_000;
const limits = { ...DEFAULT_LIMITS, size: 16 * 1024 * 1024 };

/**
 * Reads the operator's file as data; nothing in it is run. Keyword lists are merged over what is stored, the file's values winning;
 * settings the file does not name stay. Guarded settings and those outside the whitelist are left in the file and reported.
 * @throws OperationError INVALID with one issue for every statement that is no data, naming its line; UNAVAILABLE when there is no file.
 */
export async function importConfig(
  context: OperationContext,
  input: ConfigMigrateToDatabaseInput,
  onStep: OnStep = goOn,
): Promise<Imported> {
  const { isConfigurable, configWhitelists } = await context.instance();
  if (!isConfigurable && input.whenOff === 'skip')
    return {
      outcomes: [],
      differences: [],
      rows: [],
      isRebootAsked: false,
      startOnly: [],
      skipped: [],
    };
  if (!isConfigurable) throw failure('INVALID', notConfigurable);
  const regex = await currentRegexDialect(context, context.database.prisma);
  const { statements, faults } = await parseConfigFileInSteps(
    await fileText(context.config.importFile),
    { limits, regex },
    breather(),
  );
  if (statements.length > maxStatements)
    throw failure('INVALID', `The file sets more than ${maxStatements} settings.`);
  if (!input.skipUnreadable) refuse(faults.map(unreadable));
  const skipped: SkippedStatement[] = faults.map((fault) => ({
    line: fault.line,
    reason: `${settingOf(fault)}${fault.message}`,
  }));
  const taken = statements.filter((statement) => {
    const { name } = placeOf(statement);
    if (input.groups && !input.groups.includes(name.group)) return false;
    const outside = isWhitelisted(configWhitelists, name.group, name.key)
      ? undefined
      : `${name.group} ${name.key} is not in the instance's database_config_whitelist.`;
    const reason = outside ?? refusalOf(name, undefined, statement.value, context.config.allowed);
    if (reason !== undefined) skipped.push({ line: statement.line, reason });
    return reason === undefined;
  });
  const actions = await foldedActions(taken);
  const applied = await context.database.transaction(async (tx) => {
    const result = await applyActions(context, tx, actions, {
      dryRun: input.dryRun ?? false,
      lenient: true,
      missingModules: 'refuse',
    });
    if (!input.dryRun) await noticeSettings(context, tx, result);
    await onStep('rows-written');
    return result;
  });
  if (!input.dryRun) noteReboot(context, applied);
  await onStep('committed');
  return { ...applied, skipped: skipped.sort((one, other) => one.line - other.line) };
}

/** One action for each setting: what the file makes of it by all its statements, so that a second import finds what the first has left. */
async function foldedActions(statements: readonly ConfigStatement[]): Promise<PlannedAction[]> {
  const breathe = breather();
  const settings = new Map<string, ConfigStatement>();
  for (const statement of statements) {
    await breathe();
    const { name } = placeOf(statement);
    const previous = settings.get(`${name.group} ${name.key}`);
    const value = previous
      ? overlaySetting(statement.group, statement.key, previous.value, statement.value)
      : statement.value;
    settings.set(`${name.group} ${name.key}`, { ...statement, value });
  }
  return [...settings.values()].map((statement) => ({
    ...placeOf(statement),
    action: { kind: 'overlay', value: () => statement.value },
  }));
}

async function fileText(path: string | undefined): Promise<string> {
  if (path === undefined)
    throw failure(
      'INVALID',
      'Neither CONFIG_IMPORT_FILE nor INSTANCE_CONFIG is set: there is no file to read.',
    );
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw failure(
      'UNAVAILABLE',
      `The file of CONFIG_IMPORT_FILE or INSTANCE_CONFIG cannot be read: ${String(error.code)}.`,
    );
  }
}

function placeOf({ group, key, line }: ConfigStatement): Pick<PlannedAction, 'name' | 'path'> {
  return { name: { group: columnText(group), key: columnText(key) }, path: ['line', String(line)] };
}

/** The statement itself is not repeated: it may hold a password. */
function unreadable(fault: ConfigFault) {
  const { line, message } = fault;
  return {
    code: 'INVALID',
    message: `Line ${line} cannot be read as data: ${settingOf(fault)}${message}.`,
    inputPath: ['line', String(line)],
  } as const;
}

function settingOf({ setting }: ConfigFault): string {
  return setting === undefined
    ? ''
    : `${[setting.group, setting.key ?? 'any key', ...setting.path].join(' ')}: `;
}
