import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { Choices } from './choices.js';

export interface GeneratedDocument {
  readonly isMutation: boolean;
  readonly body: string;
}

const deepest = 7;
/** Lists of many would only try the cost limit. */
const maxRootFields = 3;

/** A request body with a document that mostly fits the schema, and values that mostly do not fit the world. A mutation that did something says `"ok":[]`. */
export function generateDocument(schema: GraphQLSchema, choices: Choices): GeneratedDocument {
  const isMutation = choices.once(3);
  const root = isMutation ? schema.getMutationType() : schema.getQueryType();
  const variables: { name: string; type: GraphQLInputType; value: unknown }[] = [];
  const variable = (type: GraphQLInputType): string => {
    const name = `v${variables.length}`;
    variables.push({ name, type, value: valueOf(type, choices, 0) });
    return `$${name}`;
  };
  const field = (definition: GraphQLField<unknown, unknown>, depth: number): string => {
    const given = definition.args
      .filter((arg) => isNonNullType(arg.type) || choices.once(2))
      .map((arg) => `${arg.name}: ${variable(arg.type)}`);
    const alias = choices.once(8) ? `a${choices.number(3)}: ` : '';
    return `${alias}${definition.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${selection(getNamedType(definition.type), depth + 1)}`;
  };
  const selection = (type: GraphQLNamedType, depth: number): string => {
    if (isAbstractType(type)) {
      const possible = schema.getPossibleTypes(type);
      return ` { __typename ${choices
        .some(possible, 2)
        .map((member) => `... on ${member.name}${selection(member, depth)}`)
        .join(' ')} }`;
    }
    if (!isObjectType(type)) return '';
    const fields = Object.values(type.getFields()).filter(
      (candidate) => depth < deepest || !isObjectType(getNamedType(candidate.type)),
    );
    return ` { __typename ${choices
      .some(fields, 4)
      .map((definition) => field(definition, depth))
      .join(' ')} }`;
  };
  const fields = root ? Object.values(root.getFields()) : [];
  const chosen = Array.from({ length: 1 + choices.number(isMutation ? 1 : maxRootFields) }, () =>
    choices.pick(fields),
  );
  const roots = chosen.map((definition, index) => `r${index}: ${field(definition, 1)}`).join(' ');
  const content = isMutation
    ? roots.replace('{ __typename', '{ ok: errors { code } __typename')
    : roots;
  const declared = variables.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const text = `${isMutation ? 'mutation' : 'query'} Fuzz${declared === '' ? '' : `(${declared})`} { ${content} }`;
  const query = choices.once(25) ? spoilt(text, choices) : text;
  return {
    isMutation,
    body: JSON.stringify({
      query,
      variables: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
    }),
  };
}

function valueOf(type: GraphQLInputType, choices: Choices, depth: number): unknown {
  if (isNonNullType(type)) return choices.once(60) ? null : valueOf(type.ofType, choices, depth);
  if (choices.once(20)) return choices.json();
  if (isListType(type))
    return Array.from({ length: choices.once(30) ? 101 : choices.number(3) }, () =>
      valueOf(type.ofType, choices, depth + 1),
    );
  if (isEnumType(type)) return choices.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const given = type.isOneOf
      ? [choices.pick(fields)]
      : fields.filter((field) => isNonNullType(field.type) || choices.once(3));
    return Object.fromEntries(
      given.map((field) => [field.name, valueOf(field.type, choices, depth + 1)]),
    );
  }
  switch (type.name) {
    case 'Int':
      return choices.pick([1, 5, 20, 100, 0, -1, 101, 2_147_483_647, -2_147_483_648]);
    case 'Boolean':
      return choices.once(2);
    case 'JSON':
      return choices.json();
    case 'DateTime':
      return choices.pick([
        '2026-01-01T00:00:00Z',
        '0001-01-01T00:00:00Z',
        '9999-12-31T23:59:59.999Z',
        choices.text(),
      ]);
    case 'Date':
      return choices.pick(['2030-01-01', '0001-01-01', '9999-12-31', choices.text()]);
    default:
      return choices.text();
  }
}

/** The document cut short, or with something in it that does not belong there. */
function spoilt(text: string, choices: Choices): string {
  const at = choices.number(text.length);
  switch (choices.number(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return `${'{a'.repeat(choices.pick([10, 500, 20_000]))}${text}`;
    case 2:
      return text.replace('{', `{ ${'x: __typename '.repeat(choices.pick([30, 6_000]))}`);
    case 3:
      return `${text} fragment F on Query { ...F }`;
    default:
      return text.slice(0, at) + choices.text() + text.slice(at);
  }
}
