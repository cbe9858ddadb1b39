import { coerceInputValue, parse, validate, isInputType } from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../src/schema/index.js';
import { mutationDocument, mutationInputs, queryDocuments } from '../support/scene-requests.js';

const found = {
  announcement: '9n2ciuz1wdesFnrGJU',
  app: '1',
  invite: 'invite',
  note: '1',
  noted: '9n2ciuz1wdesFnrGJU',
  rule: '1',
  open: '9n2ciuz1wdesFnrGJU',
  status: '9n2ciuz1wdesFnrGJU',
  user: '9n2ciuz1wdesFnrGJU',
};
const [inputs, queries] = [mutationInputs(found), queryDocuments(found)];
const [mutationFields, queryFields] = [schema.getMutationType(), schema.getQueryType()].map(
  (type) => Object.keys(type?.getFields() ?? {}),
);

// By these tables test/matrices and test/faults try every field: one that is missing here would be tried by nobody.
it.each(mutationFields ?? [])(
  'the mutation %s has an input in test/support/scene-requests.ts',
  (name) => {
    const type = schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`);
    const faults: string[] = [];
    if (isInputType(type))
      coerceInputValue(inputs[name] ?? null, type, (_path, _value, error) => {
        faults.push(error.message);
      });
    expect(inputs[name], name).toBeDefined();
    expect(faults).toEqual([]);
    expect(validate(schema, parse(mutationDocument(name)))).toEqual([]);
  },
);

it.each(queryFields ?? [])(
  'the query %s has a document in test/support/scene-requests.ts',
  (name) => {
    expect(queries[name], name).toBeDefined();
  },
);

it('they hold nothing else, and every document fits the schema', () => {
  expect(Object.keys(inputs).sort()).toEqual([...(mutationFields ?? [])].sort());
  expect(
    Object.keys(queries)
      .filter((name) => !name.includes('.'))
      .sort(),
  ).toEqual([...(queryFields ?? [])].sort());
  for (const [name, document] of Object.entries(queries))
    expect(validate(schema, parse(document)), name).toEqual([]);
});
