import {
  getNamedType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql';
import type { UserColumn } from '../database/hot/user-columns.js';

type Place = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'schema' | 'returnType'>;

/** What a field's selection asks of the rows behind it. */
export interface Demand {
  /** The columns of `users` read by all fields of `User` in it, however deep, with the three by which accounts are found. */
  readonly userColumns: readonly UserColumn[];
  /** The parts of their objects read by all fields of `Status` in it; undefined = some field does not say, so all of them. */
  readonly objectKeys: readonly string[] | undefined;
  /** `Type.field` of every field in it. */
  readonly fields: ReadonlySet<string>;
}

/** Marks a field of `Status` that looks at nothing of a post but its id, its author, its times and these parts of its object. */
export const reads = (
  ...objectKeys: readonly string[]
): { readonly objectKeys: readonly string[] } => ({ objectKeys });

const everyKey = 'Status.*';
const demands = new WeakMap<FieldNode, Demand>();

/** Works it out once per field of a document. What `@skip` leaves out counts too: a column read in vain costs less than looking each time. */
export function demandOf(info: Place): Demand {
  const [field, ...more] = info.fieldNodes;
  if (!field || more.length > 0) return measure(info);
  const demand = demands.get(field) ?? measure(info);
  demands.set(field, demand);
  return demand;
}

function measure({ fieldNodes, fragments, schema, returnType }: Place): Demand {
  const columns = new Set<string>(['id', 'nickname', 'apId']);
  const fields = new Set<string>();
  const objectKeys = new Set<string>();
  const entered = new Set<string>();
  const enter = ({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments[selection.name.value];
        if (fragment && !entered.has(selection.name.value)) {
          entered.add(selection.name.value);
          enter(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value));
        }
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        enter(
          selection.selectionSet,
          selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type,
        );
      } else if (isObjectType(type)) {
        const definition = type.getFields()[selection.name.value];
        if (!definition) continue;
        fields.add(`${type.name}.${definition.name}`);
        if (type.name === 'User')
          for (const column of Object.keys(definition.extensions['pothosPrismaSelect'] ?? {}))
            columns.add(column);
        if (type.name === 'Status') {
          const keys = definition.extensions['objectKeys'] as readonly string[] | undefined;
          if (keys === undefined) fields.add(everyKey);
          else for (const key of keys) objectKeys.add(key);
        }
        if (selection.selectionSet) enter(selection.selectionSet, getNamedType(definition.type));
      }
    }
  };
  for (const { selectionSet } of fieldNodes)
    if (selectionSet) enter(selectionSet, getNamedType(returnType));
  return {
    userColumns: [...columns] as UserColumn[],
    objectKeys: fields.has(everyKey) ? undefined : [...objectKeys],
    fields,
  };
}
