import { getOperationAST, Kind, type DocumentNode, type SelectionSetNode } from 'graphql';

/** The names of an operation's root fields, whatever conditions they stand under. */
export function rootFieldNames(
  document: DocumentNode,
  operationName: string | null | undefined,
): ReadonlySet<string> {
  const names = new Set<string>();
  const spread = new Set<string>();
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition.selectionSet] as const]
        : [],
    ),
  );
  // Each fragment once: documents may spread one as often as they like.
  const collect = (selectionSet: SelectionSetNode | undefined): void => {
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        collect(fragments.get(selection.name.value));
      }
    }
  };
  collect(getOperationAST(document, operationName)?.selectionSet);
  return names;
}
