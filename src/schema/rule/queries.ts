import { rulesCount, rulesList } from '../../resolvers/rules/list.js';
import { builder } from '../builder.js';
import { placeConnection } from '../connection.js';
import { Rule } from './type.js';

export const RuleReferenceInput = builder.inputType('RuleReference', {
  description: 'Names one rule in exactly one of two ways.',
  isOneOf: true,
  fields: (t) => ({
    id: t.globalID({ for: [Rule], description: 'Global id of a `Rule`.' }),
    databaseId: t.id({ description: "The instance's own id, as REST shows it." }),
  }),
});

/** The reference as operations take it. */
export function ruleReferenceOf(input: typeof RuleReferenceInput.$inferInput): {
  databaseId: string;
} {
  return { databaseId: input.id == null ? input.databaseId : input.id.id };
}

builder.queryField('rules', (t) =>
  t.connection(
    {
      type: Rule,
      description:
        'The rules of the instance, by priority: 50 unless `first` or `last` says otherwise, at most 100. Pleroma 2.7 and later only, elsewhere UNSUPPORTED. REST: `GET /rules`.',
      resolve: (_root, args, { operation }) =>
        placeConnection(
          args,
          ({ olderThan: after, newerThan: before, limit, reversed }) =>
            rulesList(operation, { stretch: { limit, after, before, reversed } }),
          () => rulesCount(operation, {}),
        ),
    },
    {
      name: 'RuleConnection',
      description: 'A page of rules.',
      fields: (c) => ({
        totalCount: c.int({
          nullable: false,
          description: 'How many there are, on all pages; counted only when asked for.',
          resolve: ({ count }) => count(),
        }),
      }),
    },
    { name: 'RuleEdge', description: 'A rule and where it stands in the list.' },
  ),
);
