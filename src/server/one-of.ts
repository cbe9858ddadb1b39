import { getNamedType, isInputObjectType, isListType, isNonNullType, typeFromAST, type GraphQLInputType, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';

/**
 * Whether a variable gives a `@oneOf` input none or several of its fields, which compiled operations do not look at. Literals in the
 * document are validation's business.
 */
export function breaksOneOf(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): boolean {
  return variableDefinitions.some(({ variable, type }) => {
    const inputType = typeFromAST(schema, type) as GraphQLInputType | undefined;
    return inputType !== undefined && breaks(inputType, variables[variable.name.value]);
  });
}

function breaks(type: GraphQLInputType, value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (isNonNullType(type)) return breaks(type.ofType, value);
  if (isListType(type)) return Array.isArray(value) ? value.some((item) => breaks(type.ofType, item)) : breaks(type.ofType, value);
  if (!isInputObjectType(type) || typeof value !== 'object') return false;
  const given = Object.entries(value);
  if (type.isOneOf && (given.length !== 1 || given[0]?.[1] == null)) return true;
  const fields = type.getFields();
  return given.some(([name, part]) => {
    const field = fields[name];
    return field !== undefined && isInputObjectType(getNamedType(field.type)) && breaks(field.type, part);
  });
}
