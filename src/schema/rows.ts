import {
  getNamedType,
  isAbstractType,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { GraphQLContext } from './builder.js';

type Field = GraphQLField<unknown, GraphQLContext>;
type Resolve = NonNullable<Field['resolve']>;

/**
 * Accounts as the schema shows them: a row of `users` on which every plain field of `User` is a property too, so that no resolver is called
 * for it. A page has hundreds of such fields.
 */
const userFields: object = {};

/** An account row to be filled, for operations that read accounts. */
export const makeUser = (): object => Object.create(userFields) as object;

/** Marks a field of `User` as plain: it looks at nothing but its row, and can't fail. */
export const plain = { plain: true } as const;

/** Puts the plain fields of `User` on its rows, and sees to it that every account a resolver gives is such a row. */
export function showUserRows(schema: GraphQLSchema): GraphQLSchema {
  const user = schema.getType('User') as GraphQLObjectType<unknown, GraphQLContext>;
  for (const field of Object.values(user.getFields())) {
    const {
      pothosOriginalResolve: original,
      pothosPrismaSelect: select,
      pothosExposedField: exposed,
    } = field.extensions;
    const resolve = original as Resolve;
    if (exposed === undefined && field.extensions['plain'] !== true) {
      // Without the Prisma plugin's look, before every value, whether the row was loaded for it: operations give whole rows.
      if (select !== undefined) field.resolve = resolve;
      continue;
    }
    delete field.resolve;
    if (exposed !== field.name)
      Object.defineProperty(userFields, field.name, {
        get(this: unknown) {
          return (resolve as (row: unknown) => unknown)(this);
        },
      });
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type))
      for (const field of Object.values(type.getFields()) as Field[])
        if (getNamedType(field.type) === user) showResults(field);
    if (isAbstractType(type) && schema.isSubType(type, user)) showResolved(type);
  }
  return schema;
}

function showResults(field: Field): void {
  const { resolve } = field;
  if (resolve) field.resolve = (...call: Parameters<Resolve>) => shown(resolve(...call));
}

/** What turns out to be an account only by its type, such as a node. */
function showResolved(type: GraphQLAbstractType): void {
  const { resolveType } = type;
  if (!resolveType) return;
  type.resolveType = (value, ...rest) => {
    const name = resolveType(value, ...rest);
    if (name === 'User') shown(value);
    return name;
  };
}

function shown(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) === userFields)
    return value;
  if (value instanceof Promise) return value.then(shown);
  if (Array.isArray(value)) return value.map(shown);
  return Object.setPrototypeOf(value, userFields) as unknown;
}
