import type { ObjectFieldBuilder } from '@pothos/core';
import type { RuleRow } from '../../database/rules.js';
import { ruleCreate, ruleDelete, ruleUpdate } from '../../resolvers/rules/change.js';
import type { builder } from '../builder.js';
import { mutation, type Payload } from '../mutation.js';
import { RuleReferenceInput, ruleReferenceOf } from './queries.js';
import { Rule } from './type.js';

type Types = typeof builder.$inferSchemaTypes;

const theRule = (description: string) => (t: ObjectFieldBuilder<Types, Payload<RuleRow>>) => ({
  rule: t.field({ type: Rule, description, resolve: ({ result }) => result }),
});
const only = 'Pleroma 2.7 and later only, elsewhere UNSUPPORTED.';
const priority = 'Where it stands in the list: the lowest first.';

mutation('ruleCreate', {
  description: `Adds a rule to those of the instance. ${only} REST: \`POST /rules\`.`,
  input: (t) => ({
    text: t.string({
      required: true,
      description: 'The rule, plain text, 1 to 100,000 characters.',
    }),
    priority: t.int({ description: `${priority} Default: 0.` }),
    hint: t.string({ description: 'What explains it, plain text.' }),
  }),
  run: (context, input) =>
    ruleCreate(context, {
      text: input.text,
      priority: input.priority ?? undefined,
      hint: input.hint,
    }),
  payload: theRule('The rule.'),
});

mutation('ruleUpdate', {
  description: `Changes a rule; what is not given stays. ${only} REST: \`PATCH /rules/:id\`.`,
  input: (t) => ({
    rule: t.field({ type: RuleReferenceInput, required: true, description: 'Which rule.' }),
    text: t.string({ description: 'The rule, plain text, 1 to 100,000 characters.' }),
    priority: t.int({ description: priority }),
    hint: t.string({ description: 'What explains it, plain text; null = nothing.' }),
  }),
  run: (context, { rule, text, hint, ...input }) =>
    ruleUpdate(context, {
      rule: ruleReferenceOf(rule),
      text: text ?? undefined,
      priority: input.priority ?? undefined,
      hint,
    }),
  payload: theRule('The rule as it is now.'),
});

mutation('ruleDelete', {
  description: `Removes a rule; reports that name it do not show it any more. ${only} REST: \`DELETE /rules/:id\`.`,
  input: (t) => ({
    rule: t.field({ type: RuleReferenceInput, required: true, description: 'Which rule.' }),
  }),
  run: (context, { rule }) => ruleDelete(context, { rule: ruleReferenceOf(rule) }),
  payload: theRule('The rule as it was.'),
});
