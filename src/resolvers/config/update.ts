import type { OperationContext } from '../../context.js';
import { instanceStart } from '../../database/config.js';
import { refuse, failure, type Issue } from '../../errors.js';
import { wholeRequests } from '../input-rules.js';
import { operation } from '../operation.js';
import { applyActions, type Applied, type Hides, type PlannedAction } from './apply.js';
import { isWhitelisted } from './guard.js';
import { spelled, type SettingName } from './names.js';
import { isRestartDue, noticeSettings } from './notice.js';
import type { ConfigAction } from './plan.js';
import type { MissingModules } from './value.js';

const maxChanges = 1_000;

/** What Akkoma says when its switch is off. */
export const notConfigurable = 'You must enable configurable_from_database in your config file.';

export interface ConfigChange extends SettingName {
  readonly action: ConfigAction;
}

export interface ConfigUpdateInput {
  readonly changes: readonly ConfigChange[];
  /** Only computes the difference. */
  readonly dryRun?: boolean;
  /** Passes over, as the instance does, what the whitelist leaves out and what is to be removed and is not there. */
  readonly lenient?: boolean;
  /** Takes `pleroma` for `:pleroma`, as the documents write it; default true. */
  readonly bareNames?: boolean;
  readonly missingModules?: MissingModules;
  /** The settings the caller's own list leaves out; changing one is a CONFLICT. Default: it leaves out none. */
  readonly hides?: Hides;
  /** What happens while the switch is off; `skip` does nothing. */
  readonly whenOff?: 'refuse' | 'skip';
}

const nothing: Applied = {
  outcomes: [],
  differences: [],
  rows: [],
  isRebootAsked: false,
  startOnly: [],
};

/**
 * Sets, merges and removes settings in the `config` table, all or none
 * (docs/instance/config.md#updating). The instance sees them after a restart, or at once where it has the
 * companion module.
 * No log row: the instance knows no action for it, and its own log page fails on an unknown one.
 */
export const configUpdate = operation({
  name: 'configUpdate',
  access: { role: 'admin', scope: 'admin:write' },
  limits: wholeRequests,
  run: async (context, input: ConfigUpdateInput): Promise<Applied> => {
    const { isConfigurable } = await context.instance();
    if (!isConfigurable && input.whenOff === 'skip') return nothing;
    if (!isConfigurable) throw failure('INVALID', notConfigurable);
    if (input.changes.length > maxChanges)
      throw failure('INVALID', `changes must hold at most ${maxChanges} settings.`, ['changes']);
    const actions = await plannedActions(context, input);
    const applied = await context.database.transaction(async (tx) => {
      const result = await applyActions(context, tx, actions, {
        dryRun: input.dryRun ?? false,
        lenient: input.lenient ?? false,
        missingModules: input.missingModules ?? 'refuse',
        hides: input.hides,
      });
      if (!input.dryRun) await noticeSettings(context, tx, result);
      return result;
    });
    if (!input.dryRun) noteReboot(context, applied);
    return applied;
  },
});

/** Remembers what `need_reboot` answers from now on. */
export function noteReboot(context: OperationContext, applied: Applied): void {
  const {
    config: { reboot },
    now,
  } = context;
  if (isRestartDue(context, applied)) reboot.writtenAt = now();
  if (applied.isRebootAsked) reboot.askedAt = now();
}

async function plannedActions(
  context: OperationContext,
  { changes, bareNames = true, lenient = false }: ConfigUpdateInput,
): Promise<PlannedAction[]> {
  const { configWhitelists } = await context.instance();
  const issues: Issue[] = [];
  const planned = changes.flatMap(({ group, key, action }, index) => {
    const path = ['changes', String(index)];
    const [groupName, keyName] = [
      spelled(group, bareNames, context.config.modules),
      spelled(key, bareNames, context.config.modules),
    ];
    if ('fault' in groupName)
      issues.push({
        code: 'INVALID',
        message: `group ${groupName.fault}.`,
        inputPath: [...path, 'group'],
      });
    if ('fault' in keyName)
      issues.push({
        code: 'INVALID',
        message: `key ${keyName.fault}.`,
        inputPath: [...path, 'key'],
      });
    if ('fault' in groupName || 'fault' in keyName) return [];
    const name = { group: groupName.text, key: keyName.text };
    if (isWhitelisted(configWhitelists, name.group, name.key)) return [{ name, action, path }];
    if (!lenient)
      issues.push({
        code: 'FORBIDDEN',
        message: `${name.group} ${name.key} is not in the instance's database_config_whitelist.`,
        inputPath: path,
      });
    return [];
  });
  refuse(issues);
  return planned;
}

/** Whether something was written since the instance started for which even its own dashboard asks for a reboot. */
export async function rebootAsked({
  database,
  config: { reboot },
}: OperationContext): Promise<boolean> {
  const { askedAt } = reboot;
  if (askedAt === undefined) return false;
  const { startedAt } = await instanceStart(database);
  return startedAt === undefined || askedAt >= startedAt;
}
