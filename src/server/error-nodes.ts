import { GraphQLError, Kind, type DocumentNode, type FieldNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** The same error with the fields of the document it arose at, from which its `locations` come: compiled operations know only its path. */
export function withNodes(error: GraphQLError, document: DocumentNode, operation: OperationDefinitionNode): GraphQLError {
  const { message, path, originalError } = error;
  const extensions = error.extensions as Record<string, unknown> | undefined; // absent, unlike graphql-js's own
  const nodes = fieldsAt(path ?? [], document, operation);
  return new GraphQLError(message, { ...(path ? { path } : {}), ...(nodes.length > 0 ? { nodes } : {}), ...(originalError ? { originalError } : {}), ...(extensions && Object.keys(extensions).length > 0 ? { extensions } : {}) });
}

/** The fields a response path leads through; list positions name none. */
function fieldsAt(path: readonly (string | number)[], document: DocumentNode, operation: OperationDefinitionNode): FieldNode[] {
  let sets: readonly SelectionSetNode[] = [operation.selectionSet];
  let found: FieldNode[] = [];
  for (const key of path) {
    if (typeof key === 'number') continue;
    found = sets.flatMap((set) => [...fieldsOf(set, document)]).filter(({ alias, name }) => (alias ?? name).value === key);
    sets = found.flatMap(({ selectionSet }) => selectionSet ?? []);
  }
  return found;
}

function* fieldsOf({ selections }: SelectionSetNode, document: DocumentNode): Generator<FieldNode> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) yield selection;
    else if (selection.kind === Kind.INLINE_FRAGMENT) yield* fieldsOf(selection.selectionSet, document);
    else {
      const fragment = document.definitions.find((definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value);
      if (fragment?.kind === Kind.FRAGMENT_DEFINITION) yield* fieldsOf(fragment.selectionSet, document);
    }
  }
}
