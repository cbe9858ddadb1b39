import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type GraphQLInputType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

/** Every list of words in an argument of a query, and the words. */
const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) =>
  field.args.flatMap((argument) => {
    const type = getNamedType(argument.type);
    const fields = isInputObjectType(type)
      ? Object.values(type.getFields()).map(({ name, type: own }) => ({ name, own }))
      : [];
    return fields.flatMap(({ name, own }) =>
      wordsOf(own).map((words) => ({
        field: field.name,
        argument: argument.name,
        type: String(argument.type),
        name,
        words,
      })),
    );
  }),
);

function wordsOf(type: GraphQLInputType): string[][] {
  const [list, item] = [getNullableType(type), getNamedType(type)];
  return isListType(list) && isEnumType(item) ? [item.getValues().map(({ name }) => name)] : [];
}

describe('S1 words listed a thousand times make no longer statement than listed once', () => {
  it('there are such lists', () => {
    expect(lists.length).toBeGreaterThan(2);
  });

  it.each(lists)('$field($argument: { $name })', async ({ field, argument, type, name, words }) => {
    const admin = await world.asAdmin();
    const statementsFor = async (listed: readonly string[]): Promise<readonly string[]> => {
      world.statements.length = 0;
      await admin.data(
        `query ($value: ${type}) { ${field}(${argument}: $value) { nodes { __typename } totalCount } }`,
        { value: { [name]: listed } },
      );
      return [...world.statements].sort();
    };
    await statementsFor(words); // what is only asked once
    const once = await statementsFor(words);
    expect(
      await statementsFor(
        Array.from({ length: 1_000 }, (_, index) => words[index % words.length] ?? ''),
      ),
    ).toEqual(once);
  });
});
