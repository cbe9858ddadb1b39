import type { OperationContext } from '../../context.js';
import {
  allConfigRows,
  configRowsNamed,
  deleteConfigRows,
  lockConfig,
  saveConfigRow,
  type ConfigRow,
} from '../../database/config.js';
import type { Transaction } from '../../database/database.js';
import { wholeSeconds } from '../../database/time.js';
import { encodeTerm } from '../../erlang/encode.js';
import type { RegexDialect } from '../../erlang/regex.js';
import { isSameSetting } from '../../erlang/merge.js';
import type { Term } from '../../erlang/term.js';
import { refuse, type InputPath, type Issue } from '../../errors.js';
import { breather } from './breather.js';
import { differenceOf, isUnchanged, type ConfigDifference } from './difference.js';
import { blindlyReplaced, valueBelow } from './effective.js';
import { refusalOf } from './guard.js';
import { spellingsOf, type SettingName } from './names.js';
import { applyAction, shownBefore, slotOf, type ConfigAction, type Slot } from './plan.js';
import { isReadAtStart, waitsForReboot } from './reboot.js';
import { attempt, termOf } from './setting.js';
import { refuseAtomFlood, regexDialect, textOptions, type MissingModules } from './value.js';

/** One action on one setting, and where in the caller's input it stands. */
export interface PlannedAction {
  readonly name: SettingName;
  readonly action: ConfigAction;
  readonly path: InputPath;
}

/** What one action came to. */
export interface Outcome {
  readonly name: SettingName;
  /** The value after this action; undefined = removed. */
  readonly value: Term | undefined;
  readonly path: InputPath;
}

/** What all of them came to. */
export interface Applied {
  readonly outcomes: readonly Outcome[];
  readonly differences: readonly ConfigDifference[];
  /** The rows as they are now, of settings that still have one; empty when nothing was to be written. */
  readonly rows: readonly ConfigRow[];
  /** Whether the instance's own list asks for a reboot because of one of them. */
  readonly isRebootAsked: boolean;
  /** Changed settings that the instance reads at its start only, whoever tells it of them. */
  readonly startOnly: readonly SettingName[];
}

interface Options {
  readonly dryRun: boolean;
  readonly missingModules: MissingModules;
  /** Removing what is not there is passed over instead of refused. */
  readonly lenient: boolean;
  /** Whether the caller's list of settings leaves out one with this value; what it writes there would replace what it has not seen. */
  readonly hides?: Hides | undefined;
}

export type Hides = (name: SettingName, value: Term) => boolean;

/**
 * Applies actions in order, all or none, in the caller's transaction.
 * @throws OperationError with every issue: INVALID for what is no data or breaks a limit, FORBIDDEN for guarded settings, NOT_FOUND for
 * what is to be removed and is not there, CONFLICT for what would replace a value the caller has not seen.
 */
export async function applyActions(
  context: OperationContext,
  tx: Transaction,
  actions: readonly PlannedAction[],
  options: Options,
): Promise<Applied> {
  if (!options.dryRun) await lockConfig(tx);
  const names = actions.map(({ name }) => name);
  const { groups, keys } = spellingsOf(names);
  const rows = await configRowsNamed(tx, groups, keys);
  const slots = new Map<string, Slot>(names.map((name) => [idOf(name), slotOf(name, rows)]));
  const text = textOptions(
    context.config.modules,
    options.missingModules,
    await currentRegexDialect(context, tx),
  );
  const issues: Issue[] = [];
  const outcomes: Outcome[] = [];
  const breathe = breather();
  for (const { name, action, path } of actions) {
    await breathe();
    const slot = slots.get(idOf(name));
    if (!slot) continue;
    const isAbsent = slot.next === undefined && slot.fault === undefined;
    if (isAbsent && action.kind.startsWith('remove')) {
      if (!options.lenient)
        issues.push({
          code: 'NOT_FOUND',
          message: `There is no setting ${name.group} ${name.key}.`,
          inputPath: path,
        });
      continue;
    }
    const [below, stored] = [valueBelow(context.config, name), slot.next];
    if (isHidden(slot, below, action, options.hides)) {
      issues.push({
        code: 'CONFLICT',
        message: `${name.group} ${name.key} was not shown to this client, which cannot read what is stored there; writing would replace it. Change it with the mutation configUpdate.`,
        inputPath: path,
      });
      continue;
    }
    const { fault, value: posted } = attempt(() => applyAction(slot, action, text, below));
    const blind =
      action.kind === 'merge' && posted
        ? blindlyReplaced(context.config, name, stored, posted)
        : undefined;
    if (blind !== undefined)
      issues.push({ code: 'CONFLICT', message: blindMessage(name, blind), inputPath: path });
    if (fault !== undefined)
      issues.push({
        code: 'INVALID',
        message: `${name.group} ${name.key}: ${fault}.`,
        inputPath: path,
      });
    const refusal = refusalOf(name, slot.stored, slot.next, context.config.allowed);
    if (refusal !== undefined)
      issues.push({ code: 'FORBIDDEN', message: refusal, inputPath: path });
    outcomes.push({ name, value: slot.next, path });
  }
  const touched = [...slots.values()];
  const merged = new Set(names.map(idOf));
  for (const { name, action } of actions)
    if (action.kind !== 'merge' && action.kind !== 'overlay') merged.delete(idOf(name));
  for (const slot of touched)
    if (
      slot.stored &&
      slot.next &&
      merged.has(idOf(slot.name)) &&
      isSameSetting(slot.stored, slot.next)
    )
      slot.next = slot.stored;
  const contents = touched.map((slot) => ({
    slot,
    ...attempt(() => slot.next && encodeTerm(slot.next)),
  }));
  for (const {
    slot: { name },
    fault,
  } of contents)
    if (fault !== undefined)
      issues.push({
        code: 'INVALID',
        message: `${name.group} ${name.key}: ${fault}.`,
        inputPath: [],
      });
  const { fault: flood } = attempt(() =>
    refuseAtomFlood(touched.flatMap(({ next }) => next ?? [])),
  );
  if (flood !== undefined) issues.push({ code: 'INVALID', message: `${flood}.`, inputPath: [] });
  refuse(issues);
  return {
    outcomes,
    differences: touched.map(differenceOf),
    rows: options.dryRun ? [] : await save(tx, contents, wholeSeconds(context.now())),
    startOnly: touched
      .filter((slot) => !isUnchanged(slot) && isReadAtStart(context.database.family, slot))
      .map(({ name }) => name),
    isRebootAsked: outcomes.some(({ name, value }) =>
      waitsForReboot(context.database.family, name, value ?? slots.get(idOf(name))?.stored),
    ),
  };
}

function isHidden(
  slot: Slot,
  below: Term | undefined,
  action: ConfigAction,
  hides: Hides | undefined,
): boolean {
  if (!hides || action.kind.startsWith('remove')) return false;
  if (slot.fault !== undefined) return action.kind === 'set';
  const shown = shownBefore({ ...slot, next: slot.stored }, below);
  return shown !== undefined && hides(slot.name, shown);
}

function blindMessage({ group, key }: SettingName, path: readonly string[]): string {
  const name = [group, key, ...path.map((part) => `:${part}`)].join(' ');
  return `${name} has no row, and Steward does not know the list the instance uses now, which this one would replace. Set CONFIG_DEFAULTS (docs/config.md), or write the whole list with the action \`set\` of the mutation configUpdate.`;
}

async function save(
  tx: Transaction,
  contents: readonly { readonly slot: Slot; readonly value?: Uint8Array | undefined }[],
  now: Date,
): Promise<ConfigRow[]> {
  const rows: ConfigRow[] = [];
  for (const { slot, value } of contents) {
    const { name, row } = slot;
    if (value === undefined) await deleteConfigRows(tx, row ? [row.id] : []);
    else
      rows.push(
        row && isUnchanged(slot) ? row : await saveConfigRow(tx, row?.id, { ...name, value }, now),
      );
  }
  return rows;
}

/** How new expressions are to be kept: as the instance's Elixir kept those already stored. Only rows that hold one are worth decoding. */
export async function currentRegexDialect(
  { config }: OperationContext,
  tx: Transaction,
): Promise<RegexDialect> {
  const withExpression = (await allConfigRows(tx)).filter(({ value }) =>
    Buffer.from(value).includes('re_pattern'),
  );
  return regexDialect(
    withExpression.flatMap((row) => termOf(row, true).value ?? []),
    config.regex,
  );
}

function idOf({ group, key }: SettingName): string {
  return `${group} ${key}`;
}
