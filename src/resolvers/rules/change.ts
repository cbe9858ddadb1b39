import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import {
  deleteRule,
  insertRule,
  lockRule,
  updateRule,
  type RuleRow,
  type RuleText,
} from '../../database/rules.js';
import { longTexts } from '../input-rules.js';
import { operation } from '../operation.js';
import {
  demandRules,
  refuseFaults,
  ruleNumber,
  unknownRule,
  writeAccess as access,
  type RuleInput,
  type RuleReference,
} from './rules.js';

/**
 * Adds a rule to those of the instance. The moderation log knows no action for rules, so none of
 * these operations writes a row there.
 * @throws OperationError INVALID for a rule the instance cannot store, UNSUPPORTED where it has none.
 */
export const ruleCreate = operation({
  name: 'ruleCreate',
  access,
  limits: longTexts,
  run: async (context, input: RuleInput & { readonly text: string }): Promise<RuleRow> => {
    demandRules(context);
    refuseFaults(input);
    const { text, priority = 0, hint = null } = input;
    return context.database.transaction((tx) =>
      insertRule(tx, { text, priority, hint: shownHint(hint) }, context.now()),
    );
  },
});

/**
 * Changes a rule; what is not given stays.
 * @throws OperationError as for a new one, NOT_FOUND when there is none.
 */
export const ruleUpdate = operation({
  name: 'ruleUpdate',
  access,
  limits: longTexts,
  run: async (
    context,
    { rule, ...input }: RuleInput & { readonly rule: RuleReference },
  ): Promise<RuleRow> => {
    demandRules(context);
    refuseFaults(input);
    return withRule(context, rule, async (tx, old) => {
      const { text = old.text, priority = old.priority, hint = old.hint } = input;
      const changed: RuleText = { text, priority, hint: shownHint(hint) };
      if (!isSame(old, changed)) await updateRule(tx, old.id, changed, context.now());
      return { id: old.id, ...changed };
    });
  },
});

/** Removes a rule; reports that name it do not show it any more. @throws OperationError NOT_FOUND, UNSUPPORTED. */
export const ruleDelete = operation({
  name: 'ruleDelete',
  access,
  run: async (context, { rule }: { readonly rule: RuleReference }): Promise<RuleRow> => {
    demandRules(context);
    return withRule(context, rule, async (tx, old) => {
      await deleteRule(tx, old.id);
      return old;
    });
  },
});

function withRule(
  { database }: OperationContext,
  { databaseId }: RuleReference,
  work: (tx: Transaction, rule: RuleRow) => Promise<RuleRow>,
): Promise<RuleRow> {
  const id = ruleNumber(databaseId);
  if (id === undefined) throw unknownRule();
  return database.transaction(async (tx) => {
    const rule = await lockRule(tx, id);
    if (!rule) throw unknownRule();
    return work(tx, rule);
  });
}

/** The instance stores no empty hint. */
function shownHint(hint: string | null): string | null {
  return hint === '' ? null : hint;
}

function isSame(old: RuleText, { priority, text, hint }: RuleText): boolean {
  return old.priority === priority && old.text === text && old.hint === hint;
}
