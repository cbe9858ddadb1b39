import { countRules, listRules, type RuleRow, type RuleStretch } from '../../database/rules.js';
import { operation } from '../operation.js';
import { demandRules, readAccess as access } from './rules.js';

/**
 * The rules of the instance, by priority (docs/instance/pleroma.md).
 * @throws OperationError UNSUPPORTED where the instance has none.
 */
export const rulesList = operation({
  name: 'rulesList',
  access,
  run: async (context, { stretch }: { readonly stretch: RuleStretch }): Promise<RuleRow[]> => {
    demandRules(context);
    return listRules(context.database.prisma, stretch);
  },
});

/** How many there are. */
export const rulesCount = operation<object, number>({
  name: 'rulesCount',
  access,
  run: async (context) => {
    demandRules(context);
    return countRules(context.database.prisma);
  },
});
