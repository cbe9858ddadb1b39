import type { OperationContext } from '../../context.js';
import {
  allConfigRows,
  configRowsNamed,
  instanceStart,
  type ConfigRow,
} from '../../database/config.js';
import { failure } from '../../errors.js';
import { operation } from '../operation.js';
import { effectiveSettings, type EffectiveSetting } from './effective.js';
import { isNamed, spelled, spellingsOf, type SettingName } from './names.js';
import { notConfigurable } from './update.js';

const access = { role: 'admin', scope: 'admin:read' } as const;

export interface ConfigListInput {
  /** Only these groups, in any spelling. */
  readonly groups?: readonly string[] | undefined;
  readonly keys?: readonly string[] | undefined;
  /** Refuses while the switch is off, as Akkoma does. */
  readonly onlyWhenOn?: boolean;
}

/**
 * The rows of the `config` table, oldest first (docs/instance/config.md#listing). Showing them, and
 * whether with secrets, is setting.ts.
 */
export const configList = operation({
  name: 'configList',
  access,
  run: async (
    context,
    { groups, keys, onlyWhenOn = false }: ConfigListInput,
  ): Promise<ConfigRow[]> => {
    if (onlyWhenOn && !(await context.instance()).isConfigurable)
      throw failure('INVALID', notConfigurable);
    const rows = await allConfigRows(context.database.prisma);
    const wanted = (names: readonly string[] | undefined, column: string): boolean =>
      names === undefined || names.some((name) => bare(name) === bare(column));
    return rows.filter(({ group, key }) => wanted(groups, group ?? '') && wanted(keys, key));
  },
});

/**
 * Every setting as the instance has it after its next start: rows over its file over its defaults, as far as both are known
 * (docs/config.md).
 * @throws OperationError INVALID while the table is switched off.
 */
export const configEffective = operation({
  name: 'configEffective',
  access,
  run: async (context): Promise<readonly EffectiveSetting[]> => {
    if (!(await context.instance()).isConfigurable) throw failure('INVALID', notConfigurable);
    return effectiveSettings(context.config, await allConfigRows(context.database.prisma));
  },
});

function bare(name: string): string {
  return name.trim().replace(/^:/, '');
}

/** One row; undefined when the setting has none. */
export const configShow = operation({
  name: 'configShow',
  access,
  run: async (context, input: SettingName): Promise<ConfigRow | undefined> => {
    const name = nameOf(context, input);
    const { groups, keys } = spellingsOf([name]);
    const rows = (await configRowsNamed(context.database.prisma, groups, keys)).filter((row) =>
      isNamed(row, name),
    );
    return rows.find(({ group, key }) => group === name.group && key === name.key) ?? rows[0];
  },
});

/**
 * Whether a reboot is due: a row was written after the instance started, or settings were written or removed here since then. When it started
 * its Oban leader says; while none is there, only what this process wrote is known. With the companion module rows are read when they are written. `isAsked` is by the instance's own list of settings.
 */
export const configNeedsReboot = operation({
  name: 'configNeedsReboot',
  access,
  run: async ({
    companion,
    database,
    config: { reboot },
  }): Promise<{ isDue: boolean; isAsked: boolean }> => {
    const { startedAt, changedAt } = await instanceStart(database);
    const isAfter = (time: Date | undefined): boolean =>
      time !== undefined && (startedAt === undefined || time >= startedAt);
    return {
      isDue:
        isAfter(reboot.writtenAt) ||
        (!companion.isThere && startedAt !== undefined && isAfter(changedAt)),
      isAsked: isAfter(reboot.askedAt),
    };
  },
});

function nameOf({ config }: OperationContext, { group, key }: SettingName): SettingName {
  const [groupName, keyName] = [
    spelled(group, true, config.modules),
    spelled(key, true, config.modules),
  ];
  if ('fault' in groupName) throw failure('INVALID', `group ${groupName.fault}.`, ['group']);
  if ('fault' in keyName) throw failure('INVALID', `key ${keyName.fault}.`, ['key']);
  return { group: groupName.text, key: keyName.text };
}
