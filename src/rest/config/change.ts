import { z } from 'zod';
import { OperationError } from '../../errors.js';
import { configMigrateFromDatabase } from '../../resolvers/config/migrate-from-database.js';
import { configMigrateToDatabase } from '../../resolvers/config/migrate-to-database.js';
import type { ConfigAction } from '../../resolvers/config/plan.js';
import { configUpdate, rebootAsked, type ConfigChange } from '../../resolvers/config/update.js';
import { jsonValue } from '../../resolvers/config/value.js';
import type { Dialect } from '../dialect.js';
import { flag, looseBoolean, texts } from '../parameters.js';
import { fromBody, noAction, Refusal, route, type Route } from '../route.js';
import { configPage } from '../schemas/config-entry.js';
import { hiddenFrom, outcomeAnswer } from './answers.js';
import { losslessJson } from './json.js';

const entry = z
  .object({
    group: z.string(),
    key: z.string(),
    value: z.unknown().optional(),
    delete: flag.optional(),
    subkeys: texts.optional(),
  })
  .refine((given) => given.delete === true || given.value !== undefined, {
    path: ['value'],
    message: 'Missing field',
  });

type Entry = z.infer<typeof entry>;

/** Akkoma merges, the documents' generation replaced (docs/instance/config.md#updating). */
function actionOf(given: Entry, dialect: Dialect): ConfigAction {
  if (given.delete !== true)
    return {
      kind: dialect === 'legacy' ? 'set' : 'merge',
      value: jsonValue(given.value, dialect === 'legacy' ? 'legacy' : 'modern'),
    };
  return given.subkeys === undefined
    ? { kind: 'remove' }
    : { kind: 'remove-subkeys', subkeys: given.subkeys, keepEmpty: dialect === 'legacy' };
}

/** Akkoma has no words for a group or key that is no atom. */
async function asRecorded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (
      error instanceof OperationError &&
      ['group', 'key'].includes(error.issues[0].inputPath.at(-1) ?? '')
    )
      throw new Refusal(noAction);
    throw error;
  }
}

const input = z.object({ configs: z.array(entry) });
const name = [{ tuple: [':name', 'Home'] }];

function changesOf({ configs }: z.infer<typeof input>, dialect: Dialect): ConfigChange[] {
  return configs.map((given) => ({
    group: given.group,
    key: given.key,
    action: actionOf(given, dialect),
  }));
}

export const configChangeRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/config',
    dialects: ['v1'],
    summary: 'Merge into, or remove, settings',
    operation: configUpdate,
    input,
    answers: configPage.v1,
    example: { configs: [{ group: ':pleroma', key: ':instance', value: name }] },
    json: losslessJson,
    from: fromBody,
    needs: ['configs'],
    run: async ({ context, dialect, isAdminFe, input: given }) => {
      const hides = hiddenFrom(dialect, isAdminFe);
      const { outcomes } = await asRecorded(() =>
        configUpdate(context, {
          changes: changesOf(given, dialect),
          lenient: true,
          bareNames: false,
          missingModules: 'invalidate',
          hides,
        }),
      );
      return {
        configs: outcomes.flatMap((outcome) => outcomeAnswer(outcome, undefined, dialect)),
        need_reboot: await rebootAsked(context),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/config',
    dialects: ['legacy'],
    summary: 'Replace, or remove, settings',
    operation: configUpdate,
    input,
    answers: configPage.legacy,
    example: { configs: [{ group: 'pleroma', key: ':instance', value: name }] },
    json: losslessJson,
    run: async ({ context, dialect, input: given }) => {
      const { outcomes } = await configUpdate(context, {
        changes: changesOf(given, dialect),
        lenient: true,
        whenOff: 'skip',
        hides: hiddenFrom(dialect, false),
      });
      return {
        configs: outcomes.flatMap((outcome) =>
          outcomeAnswer(outcome, given.configs[Number(outcome.path[1])], dialect),
        ),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/config/migrate_to_db',
    dialects: ['legacy'],
    summary: 'Copy the settings of the configuration file on key :pleroma into the table',
    operation: configMigrateToDatabase,
    input: z.object({ skip_unreadable: looseBoolean.default(false) }),
    answers: z.object({}),
    example: { skip_unreadable: true },
    run: async ({ context, input: { skip_unreadable } }) => {
      await configMigrateToDatabase(context, {
        groups: [':pleroma'],
        skipUnreadable: skip_unreadable,
        whenOff: 'skip',
      });
      return {};
    },
  }),
  route({
    method: 'GET',
    path: '/config/migrate_from_db',
    dialects: ['legacy'],
    summary: 'Move all settings from the table into prod.exported_from_db.secret.exs',
    operation: configMigrateFromDatabase,
    input: z.object({}),
    answers: z.object({}),
    example: {},
    run: async ({ context }) => {
      await configMigrateFromDatabase(context, { whenOff: 'skip' });
      return {};
    },
  }),
];
