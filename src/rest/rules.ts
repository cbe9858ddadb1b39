import { z } from 'zod';
import { ruleCreate, ruleDelete, ruleUpdate } from '../resolvers/rules/change.js';
import { rulesList } from '../resolvers/rules/list.js';
import { knownQuery } from './known-query.js';
import { integer, plainText } from './parameters.js';
import { fromBody, route, type Route } from './route.js';
import { examples } from './schemas/examples.js';
import { rule } from './schemas/rule.js';
import { ruleAnswer } from './serialize/rule.js';

const id = z.object({ id: z.string() });
const optional = { priority: integer.optional(), hint: plainText.nullish() };
const documented = { priority: z.int().optional(), hint: plainText.nullable().optional() };
const everything = Number.MAX_SAFE_INTEGER;

const needs = 'rules';

/** The rules of the instance, where it has some: Pleroma 2.7 and later (docs/instance/pleroma.md). */
export const ruleRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/rules',
    summary: 'The rules of the instance, by priority; Pleroma only',
    operation: rulesList,
    standsOn: needs,
    from: knownQuery(),
    input: z.object({}),
    answers: z.array(rule),
    example: {},
    run: async ({ context }) =>
      (await rulesList(context, { stretch: { limit: everything } })).map(ruleAnswer),
  }),
  route({
    method: 'POST',
    path: '/rules',
    summary: 'Add a rule; Pleroma only',
    operation: ruleCreate,
    standsOn: needs,
    from: fromBody,
    input: z.object({ text: plainText, ...optional }),
    documentedInput: z.object({ text: plainText, ...documented }),
    answers: rule,
    example: { text: 'No advertising', priority: 2, hint: 'Your own work is welcome.' },
    run: async ({ context, input }) => ruleAnswer(await ruleCreate(context, input)),
  }),
  route({
    method: 'PATCH',
    path: '/rules/:id',
    summary: 'Change a rule; Pleroma only',
    operation: ruleUpdate,
    standsOn: needs,
    from: fromBody,
    input: id.extend({ text: plainText.optional(), ...optional }),
    documentedInput: id.extend({ text: plainText.optional(), ...documented }),
    answers: rule,
    example: { id: examples.ruleId, text: 'Be very kind' },
    run: async ({ context, input: { id: databaseId, ...input } }) =>
      ruleAnswer(await ruleUpdate(context, { rule: { databaseId }, ...input })),
  }),
  route({
    method: 'DELETE',
    path: '/rules/:id',
    summary: 'Remove a rule; Pleroma only',
    operation: ruleDelete,
    standsOn: needs,
    input: id,
    answers: z.object({}),
    example: { id: examples.ruleId },
    run: async ({ context, input: { id: databaseId } }) => {
      await ruleDelete(context, { rule: { databaseId } });
      return {};
    },
  }),
];
