import type { OperationContext } from '../../context.js';
import {
  allConfigRows,
  deleteConfigRows,
  lockConfig,
  type ConfigRow,
} from '../../database/config.js';
import { writeConfigFile, type ConfigEntry } from '../../erlang/config-file.js';
import { failure, refuse, type Issue } from '../../errors.js';
import { writeExport } from '../../instance/export-file.js';
import { operation } from '../operation.js';
import { differenceOf, type ConfigDifference } from './difference.js';
import { termsOf } from './names.js';
import { slotOf } from './plan.js';
import { attempt, termOf } from './setting.js';
import { goOn, type OnStep } from './steps.js';
import { notConfigurable } from './update.js';

export interface ConfigMigrateFromDatabaseInput {
  /** Says what would be exported, writes and deletes nothing. */
  readonly dryRun?: boolean;
  readonly whenOff?: 'refuse' | 'skip';
}

export interface Exported {
  /** Path of the file; undefined when none was written. */
  readonly file: string | undefined;
  /** What it holds: every setting as it was. */
  readonly differences: readonly ConfigDifference[];
}

/**
 * Moves all settings from the table into an Elixir file (docs/documented-api.md#settings-over-rest,
 * docs/instance/config.md#between-file-and-table).
 */
export const configMigrateFromDatabase = operation({
  name: 'configMigrateFromDatabase',
  access: { role: 'admin', scope: 'admin:write' },
  run: (context, input: ConfigMigrateFromDatabaseInput) => exportConfig(context, input),
});

/**
 * The file first: whole, on disk and under its name before any row is deleted. The rows then go in one transaction, and only while they
 * are still what the file holds.
 * @throws OperationError INVALID without CONFIG_EXPORT_DIR, CONFLICT naming every row that has no text or when rows were changed meanwhile,
 * UNAVAILABLE when the file can't be written. No row is deleted then.
 */
export async function exportConfig(
  context: OperationContext,
  { dryRun = false, whenOff = 'refuse' }: ConfigMigrateFromDatabaseInput,
  onStep: OnStep = goOn,
): Promise<Exported> {
  const { isConfigurable } = await context.instance();
  if (!isConfigurable && whenOff === 'skip') return { file: undefined, differences: [] };
  if (!isConfigurable) throw failure('INVALID', notConfigurable);
  const { exportDirectory } = context.config;
  if (exportDirectory === undefined)
    throw failure('INVALID', 'CONFIG_EXPORT_DIR is not set: there is no directory to export to.');
  const rows = await allConfigRows(context.database.prisma);
  const text = writeConfigFile(entriesOf(rows));
  const differences = rows.map((row) =>
    differenceOf({ ...slotOf({ group: row.group ?? '', key: row.key }, [row]), next: undefined }),
  );
  // An empty table must not replace a former export by an empty file.
  if (dryRun || rows.length === 0) return { file: undefined, differences };
  await onStep('read');
  const file = await written(() => writeExport(exportDirectory, text, context.now()));
  await onStep('file-written');
  await context.database.transaction(async (tx) => {
    await lockConfig(tx);
    const now = new Map((await allConfigRows(tx)).map((row) => [row.id, row]));
    if (!rows.every((row) => isSame(row, now.get(row.id))))
      throw failure(
        'CONFLICT',
        `Settings were changed meanwhile. Nothing was deleted; ${file} holds what was there before.`,
      );
    await deleteConfigRows(
      tx,
      rows.map(({ id }) => id),
    );
    context.effects.add(
      'NEEDS_RESTART',
      [],
      'The instance needs the file in its configuration and a restart.',
    );
    await onStep('rows-deleted');
  });
  context.config.reboot.writtenAt = context.now();
  await onStep('committed');
  return { file, differences };
}

function entriesOf(rows: readonly ConfigRow[]): ConfigEntry[] {
  const issues: Issue[] = [];
  const entries = rows.flatMap((row) => {
    const [group, key] = termsOf({ group: row.group ?? '', key: row.key });
    const { value, fault } = termOf(row, true);
    const unwritable =
      value === undefined ? fault : attempt(() => writeConfigFile([{ group, key, value }])).fault;
    if (unwritable !== undefined)
      issues.push({
        code: 'CONFLICT',
        message: `${row.group ?? ''} ${row.key} has no text in Elixir: ${unwritable}.`,
        inputPath: [],
      });
    return value === undefined ? [] : [{ group, key, value }];
  });
  refuse(issues);
  return entries;
}

async function written(write: () => Promise<string>): Promise<string> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw failure(
      'UNAVAILABLE',
      `The file cannot be written into the directory of CONFIG_EXPORT_DIR: ${String(error.code)}. Nothing was deleted.`,
    );
  }
}

function isSame(row: ConfigRow, other: ConfigRow | undefined): boolean {
  return (
    other !== undefined &&
    row.group === other.group &&
    row.key === other.key &&
    Buffer.compare(row.value, other.value) === 0
  );
}
