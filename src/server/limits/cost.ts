import {
  Kind,
  OperationTypeNode,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** A page size out of its bounds, as the argument's rule words it. */
export interface SizeFault {
  readonly argument: 'first' | 'last';
  readonly field: FieldNode;
  readonly message: string;
}

export interface Cost {
  readonly cost: number;
  readonly fault: SizeFault | undefined;
  /** Whether other variables may give another cost. */
  readonly isVariable: boolean;
}

type Variables = Readonly<Record<string, unknown>>;

/** What a connection holds unless said, and at most: the rules of src/schema/connection.ts. */
const page = { usual: 50, most: 100 } as const;
/** Taken for the length of a list that does not say how long it can be. */
const usualList = 5;

/**
 * What an operation may load at most: 1 for every object, 0 for scalars, times the size of every list around it (docs/limits.md#cost,
 * after Shopify's and GitHub's). A connection has the size asked for, any other list the one it declares (src/schema/lists.ts), a mutation's answer that of
 * the longest list in its input.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Variables,
): Cost {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition] as const]
        : [],
    ),
  );
  const variables = withDefaults(operation, given);
  const walk = createWalk(schema, fragments, variables);
  const root = schema.getRootType(operation.operation);
  const cost = root
    ? walk.set(operation.selectionSet, {
        type: root.name,
        list: usualList,
        isMutation: operation.operation === OperationTypeNode.MUTATION,
      })
    : 0;
  return { cost, fault: walk.fault(), isVariable: walk.isVariable() };
}

/** Where a selection set stands: its type, and how long the lists directly in it are. */
interface Place {
  readonly type: string;
  readonly list: number;
  readonly isMutation: boolean;
}

function createWalk(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Variables,
) {
  const ofFragments = new Map<string, number>();
  let [fault, isVariable]: [SizeFault | undefined, boolean] = [undefined, false];
  const valueOf = (node: ValueNode): unknown => {
    if (node.kind === Kind.VARIABLE || node.kind === Kind.OBJECT || node.kind === Kind.LIST)
      isVariable = true;
    return valueFromASTUntyped(node, { ...variables });
  };
  const sizeOf = (field: FieldNode, usual: number): number => {
    for (const {
      name: { value: name },
      value,
    } of field.arguments ?? []) {
      if (name !== 'first' && name !== 'last') continue;
      const size = valueOf(value);
      if (typeof size !== 'number') continue;
      if (size < 1 || size > page.most)
        fault ??= {
          argument: name,
          field,
          message: `${name} of ${field.name.value} must be 1 to ${page.most}, not ${size}.`,
        };
      return Math.max(size, 0);
    }
    return usual;
  };
  const maxInputLength = (field: FieldNode): number =>
    Math.max(
      usualList,
      ...(field.arguments ?? []).map(({ value }) => maxListLength(valueOf(value))),
    );
  const ofField = (field: FieldNode, place: Place): number => {
    const parent = schema.getType(place.type);
    const definition =
      parent && 'getFields' in parent ? parent.getFields()[field.name.value] : undefined;
    if (!definition || !field.selectionSet || !('args' in definition)) return 0;
    const written = String(definition.type);
    const [type, isList] = [written.replace(/[[\]!]/g, ''), written.includes('[')];
    const isPage = definition.args.some(({ name }) => name === 'first');
    const declared = definition.extensions['listSize'] as number | undefined;
    if (isList) {
      const around = type === 'MutationError' ? usualList : Math.max(declared ?? 0, place.list);
      const length = isPage ? sizeOf(field, declared ?? page.usual) : around;
      return length * (1 + ofSet(field.selectionSet, { type, list: usualList, isMutation: false }));
    }
    const list = isPage
      ? sizeOf(field, page.usual)
      : place.isMutation
        ? maxInputLength(field)
        : usualList;
    return 1 + ofSet(field.selectionSet, { type, list, isMutation: false });
  };
  const ofFragment = (name: string, place: Place): number => {
    const key = `${name} ${place.list} ${place.isMutation}`;
    const known = ofFragments.get(key);
    if (known !== undefined) return known;
    const definition = fragments.get(name);
    const cost = definition
      ? ofSet(definition.selectionSet, { ...place, type: definition.typeCondition.name.value })
      : 0;
    ofFragments.set(key, cost);
    return cost;
  };
  const ofSelection = (selection: SelectionNode, place: Place): number => {
    if (selection.kind === Kind.FIELD) return ofField(selection, place);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value, place);
    return ofSet(selection.selectionSet, {
      ...place,
      type: selection.typeCondition?.name.value ?? place.type,
    });
  };
  const ofSet = ({ selections }: SelectionSetNode, place: Place): number =>
    selections.reduce((sum, selection) => sum + ofSelection(selection, place), 0);
  return { set: ofSet, fault: () => fault, isVariable: () => isVariable };
}

function maxListLength(value: unknown): number {
  if (Array.isArray(value))
    return value.reduce(
      (longest: number, item) => Math.max(longest, maxListLength(item)),
      value.length,
    );
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce(
    (longest: number, part) => Math.max(longest, maxListLength(part)),
    0,
  );
}

function withDefaults(
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Variables,
): Variables {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...given };
}
