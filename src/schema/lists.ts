import {
  defaultFieldResolver,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import type { GraphQLContext } from './builder.js';

/** Items of a list that is no connection, beyond which it is cut off: what is listed so has few, or comes from an odd row. */
export const maxListLength = 100;

/** Says of a list field how long it is counted as in the cost of an operation; without it 5. */
export const listSize = (size: number): { readonly listSize: number } => ({ listSize: size });

type Field = GraphQLField<unknown, GraphQLContext>;

/** Counts the items of every list of objects against the answer's budget, and cuts off lists inside of objects. */
export function boundLists(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    // Connections are as long as asked for, payloads and what they tell as their input, and the lists at the root are whole.
    const isWhole = /(Connection|Payload|Effect|Query)$/.test(type.name);
    for (const field of Object.values(type.getFields()) as Field[])
      if (isListOfObjects(field)) bound(field, isWhole);
  }
  return schema;
}

/** Whether a field is a list of what has fields of its own. */
export function isListOfObjects({ type }: Pick<GraphQLField<unknown, unknown>, 'type'>): boolean {
  return (
    isListType(isNonNullType(type) ? type.ofType : type) && isCompositeType(getNamedType(type))
  );
}

function bound(field: Field, isWhole: boolean): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (parent, args: Record<string, unknown>, context, info) => {
    const bounded = (value: unknown): unknown => {
      if (!Array.isArray(value)) return value;
      const list: unknown[] = isWhole ? value : value.slice(0, maxListLength);
      context.budget?.take(list.length);
      return list;
    };
    const value: unknown = resolve(parent, args, context, info);
    return value instanceof Promise ? value.then(bounded) : bounded(value);
  };
}
