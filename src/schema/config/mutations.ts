import type { ObjectFieldBuilder } from '@pothos/core';
import { failure } from '../../errors.js';
import type { Applied } from '../../resolvers/config/apply.js';
import { fromPlainJson } from '../../resolvers/config/json.js';
import { configMigrateFromDatabase } from '../../resolvers/config/migrate-from-database.js';
import {
  configMigrateToDatabase,
  type SkippedStatement,
} from '../../resolvers/config/migrate-to-database.js';
import { isRestartDue } from '../../resolvers/config/notice.js';
import type { ConfigAction } from '../../resolvers/config/plan.js';
import { configUpdate } from '../../resolvers/config/update.js';
import { elixirValue, jsonValue, type PostedValue } from '../../resolvers/config/value.js';
import { builder } from '../builder.js';
import { listSize, maxListLength } from '../lists.js';
import { mutation, type Payload } from '../mutation.js';
import { Difference } from './difference.js';
import { ConfigEntry } from './type.js';

type Types = typeof builder.$inferSchemaTypes;

const ConfigValue = builder.inputType('ConfigValue', {
  description:
    'A value in one of two notations. A masked secret (`********`) keeps the stored one.',
  isOneOf: true,
  fields: (t) => ({
    json: t.field({ type: 'JSON', description: 'The JSON of `ConfigEntry.value`.' }),
    elixir: t.string({
      description:
        'An Elixir literal, e.g. `[ratio: 1.0]`, `nil`. Nothing is evaluated. At most what a request may hold, 1 MiB.',
    }),
  }),
});

const ConfigActionInput = builder.inputType('ConfigAction', {
  description: 'What to do with a setting.',
  isOneOf: true,
  fields: (t) => ({
    set: t.field({ type: ConfigValue, description: 'Replace its whole value, or make it.' }),
    merge: t.field({
      type: ConfigValue,
      description:
        'Merge a keyword list into the one that is stored, as Akkoma does; replace any other value.',
    }),
    removeSubkeys: t.stringList({
      description:
        'Take these keys out of its keyword list; removing the last one removes the setting.',
    }),
    remove: t.boolean({
      description: 'True: remove it, so that the file or the default counts again.',
    }),
  }),
});

const ConfigChange = builder.inputType('ConfigChange', {
  description: 'One setting and what to do with it.',
  fields: (t) => ({
    group: t.string({
      required: true,
      description: 'e.g. `:pleroma`; the colon is optional. At most 255 characters.',
    }),
    key: t.string({
      required: true,
      description:
        'e.g. `:instance` or `Pleroma.Upload`; the colon is optional. At most 255 characters.',
    }),
    action: t.field({
      type: ConfigActionInput,
      required: true,
      description: 'Exactly one of the four.',
    }),
  }),
});

function actionOf(
  { set, merge, removeSubkeys, remove }: typeof ConfigActionInput.$inferInput,
  index: number,
): ConfigAction {
  if (set) return { kind: 'set', value: valueOf(set) };
  if (merge) return { kind: 'merge', value: valueOf(merge) };
  if (removeSubkeys) return { kind: 'remove-subkeys', subkeys: removeSubkeys, keepEmpty: false };
  if (!remove)
    throw failure('INVALID', 'remove must be true.', [
      'changes',
      String(index),
      'action',
      'remove',
    ]);
  return { kind: 'remove' };
}

function valueOf({ json, elixir }: typeof ConfigValue.$inferInput): PostedValue {
  if (elixir != null) return elixirValue(elixir);
  return (stored, options) => jsonValue(fromPlainJson(json))(stored, options);
}

const applied = <Result extends Applied>(t: ObjectFieldBuilder<Types, Payload<Result>>) => ({
  entries: t.field({
    type: [ConfigEntry],
    extensions: listSize(maxListLength),
    description: 'The settings as they are now, without removed ones. Empty on a dry run.',
    resolve: ({ result }) => result && [...result.rows],
  }),
  differences: t.field({
    type: [Difference],
    extensions: listSize(maxListLength),
    description: 'Every setting named, before and after.',
    resolve: ({ result }) => result && [...result.differences],
  }),
  needsReboot: t.boolean({
    description:
      'Whether anything changed that the instance sees only after a restart; without the companion module that is everything.',
    resolve: ({ result }, _args, { operation }) => result && isRestartDue(operation, result),
  }),
  rebootAsked: t.boolean({
    description:
      "Whether even the instance's own dashboard would ask for a reboot because of one of these settings.",
    resolve: ({ result }) => result?.isRebootAsked,
  }),
});

const dryRun = 'Only compute `differences`; nothing is written.';

mutation('configUpdate', {
  description:
    'Sets, merges and removes settings in the database, all or none. Guarded ones (docs/config.md) are refused unless the operator allows them. REST: `POST /config`.',
  input: (t) => ({
    changes: t.field({
      type: [ConfigChange],
      required: true,
      description: 'At most 1,000, applied in order.',
    }),
    dryRun: t.boolean({ description: dryRun }),
  }),
  run: (context, { changes, dryRun: isDry }) =>
    configUpdate(context, {
      changes: changes.map(({ group, key, action }, index) => ({
        group,
        key,
        action: actionOf(action, index),
      })),
      dryRun: isDry === true,
    }),
  payload: applied,
});

const Skipped = builder.objectRef<SkippedStatement>('SkippedConfigStatement').implement({
  description: 'A statement of the file that was left there.',
  fields: (t) => ({
    line: t.exposeInt('line', { nullable: false, description: 'Where it begins, counted from 1.' }),
    reason: t.exposeString('reason', { nullable: false, description: 'Why.' }),
  }),
});

mutation('configMigrateToDatabase', {
  description:
    "Copies the settings of the instance's configuration file into the database. The file is read as data, never run; its values win, what it does not name stays. REST: `GET /config/migrate_to_db`.",
  input: (t) => ({
    skipUnreadable: t.boolean({
      description:
        'Write what can be read although other statements are no data. Otherwise each of those is an error with its line, and nothing is written.',
    }),
    groups: t.stringList({ description: 'Only these groups, e.g. `:pleroma`; default: all.' }),
    dryRun: t.boolean({ description: dryRun }),
  }),
  run: (context, input) =>
    configMigrateToDatabase(context, {
      skipUnreadable: input.skipUnreadable === true,
      groups: input.groups ?? undefined,
      dryRun: input.dryRun === true,
    }),
  payload: (t) => ({
    ...applied(t),
    skipped: t.field({
      type: [Skipped],
      extensions: listSize(maxListLength),
      description: 'Statements that were left in the file.',
      resolve: ({ result }) => result && [...result.skipped],
    }),
  }),
});

mutation('configMigrateFromDatabase', {
  description:
    'Moves all settings from the database into `prod.exported_from_db.secret.exs`, in the directory the operator set. The file is complete on disk before a row is deleted. REST: `GET /config/migrate_from_db`.',
  input: (t) => ({ dryRun: t.boolean({ description: 'Only say what would be moved.' }) }),
  run: (context, input) => configMigrateFromDatabase(context, { dryRun: input.dryRun === true }),
  payload: (t) => ({
    file: t.string({
      description: 'Path of the file; null when there was nothing to move.',
      resolve: ({ result }) => result?.file,
    }),
    differences: t.field({
      type: [Difference],
      extensions: listSize(maxListLength),
      description: 'Every setting that was moved, as it was; on a dry run, that would be.',
      resolve: ({ result }) => result && [...result.differences],
    }),
    needsReboot: t.boolean({
      description:
        'Whether anything was moved: the instance needs the file in its configuration and a reboot.',
      resolve: ({ result }) => result && result.file !== undefined,
    }),
  }),
});
