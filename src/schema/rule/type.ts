import { rulesByIds, type RuleRow } from '../../database/rules.js';
import { rulesList } from '../../resolvers/rules/list.js';
import { builder } from '../builder.js';
import { nodeAccess } from '../node-access.js';

nodeAccess('Rule', rulesList, 'number');

/** A rule of the instance. */
export const Rule = builder.objectRef<RuleRow>('Rule');

builder.node(Rule, {
  description: 'A rule of the instance, which reports can name. Pleroma 2.7 and later only.',
  id: { resolve: ({ id }) => String(id), description: 'Global id, for `node` and caches.' },
  loadMany: async (ids, { operation: { database } }) => {
    if (!database.schema.optional.rules) return ids.map(() => null);
    const rows = await rulesByIds(database.prisma, ids.map(BigInt));
    return ids.map((id) => rows.get(String(BigInt(id))) ?? null);
  },
  fields: (t) => ({
    databaseId: t.id({
      nullable: false,
      description: "The instance's own id, as REST shows it.",
      resolve: ({ id }) => String(id),
    }),
    priority: t.exposeInt('priority', {
      nullable: false,
      description: 'Where it stands in the list: the lowest first.',
    }),
    text: t.exposeString('text', { nullable: false, description: 'The rule, plain text.' }),
    hint: t.exposeString('hint', { description: 'What explains it, plain text.' }),
  }),
});
