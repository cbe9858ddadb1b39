import { isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import { demandPrivilege, hasPrivilege } from '../auth/access.js';
import { privileges, type Privilege } from '../instance/privileges.js';
import type { GraphQLContext } from './builder.js';

type Field = GraphQLField<unknown, GraphQLContext>;

/**
 * Marks a field that shows what another operation is there for than the one its type was reached
 * by: on Pleroma it demands the privilege of that operation.
 */
export const needs = (privilege: Privilege): { readonly privilege: Privilege } => ({ privilege });

/** The privilege a field is marked with. */
export function privilegeOf(field: Field): Privilege | undefined {
  return privileges.find((name) => name === field.extensions['privilege']);
}

/** Makes every marked field refuse whoever lacks its privilege. */
export function guardFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()) as Field[]) guard(type.name, field);
  }
  return schema;
}

function guard(typename: string, field: Field): void {
  const privilege = privilegeOf(field);
  const { resolve } = field;
  if (privilege === undefined) return;
  if (!resolve) throw new Error(`${typename}.${field.name} has no resolver to guard`);
  field.resolve = (source, args: unknown, context, info) => {
    const inner = (): unknown => resolve(source, args, context, info);
    if (hasPrivilege(context.operation, privilege) === true) return inner();
    return demandPrivilege(context.operation, privilege, `${typename}.${field.name}`).then(inner);
  };
}
