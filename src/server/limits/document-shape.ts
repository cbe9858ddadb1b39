import { Kind, visit, type DocumentNode, type FragmentDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';

/** How often a document may do what costs time before anything is executed. */
export const shapeLimits = { depth: 12, aliases: 20, repetitions: 100, directives: 50, fragments: 100 } as const;

/**
 * What makes a document too deep or too often the same (design: "Limits"; security.md S1, S3). Measured on the grammar alone, before
 * validation: comparing thousands of equal fields with each other is what would take the time.
 * @returns the limit that is broken, in a sentence; undefined when none is.
 */
export function shapeFault(document: DocumentNode): string | undefined {
  const fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [])));
  const { directives, repetitions } = count(document);
  if (fragments.size > shapeLimits.fragments) return `The document has more than ${shapeLimits.fragments} fragments.`;
  if (directives > shapeLimits.directives) return `The document has more than ${shapeLimits.directives} directives.`;
  if (repetitions > shapeLimits.repetitions) return `The document selects more than ${shapeLimits.repetitions} fields that are selected already.`;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, aliases } = createRuler(fragments)(definition.selectionSet);
    if (depth > shapeLimits.depth) return `The document is deeper than ${shapeLimits.depth} levels.`;
    if (aliases > shapeLimits.aliases) return `The document has more than ${shapeLimits.aliases} aliases.`;
  }
  return undefined;
}

function count(document: DocumentNode): { directives: number; repetitions: number } {
  let [directives, repetitions] = [0, 0];
  visit(document, {
    Directive: () => void (directives += 1),
    SelectionSet: (set, _key, parent) => {
      // An inline fragment's fields stand beside those around it and are counted there.
      if (parent && 'kind' in parent && parent.kind === Kind.INLINE_FRAGMENT) return;
      const seen = new Set<string>();
      for (const key of keysOf(set)) {
        if (seen.has(key)) repetitions += 1;
        seen.add(key);
      }
    },
  });
  return { directives, repetitions };
}

function* keysOf({ selections }: SelectionSetNode): Generator<string> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) yield (selection.alias ?? selection.name).value;
    else if (selection.kind === Kind.FRAGMENT_SPREAD) yield `...${selection.name.value}`;
    else yield* keysOf(selection.selectionSet);
  }
}

interface Shape {
  readonly depth: number;
  readonly aliases: number;
}

/** Measures selection sets; each fragment once, however often it is spread. Introspection is deep by nature and not measured. */
function createRuler(fragments: ReadonlyMap<string, FragmentDefinitionNode>): (set: SelectionSetNode) => Shape {
  const measured = new Map<string, Shape>();
  const ofSet = ({ selections }: SelectionSetNode): Shape => {
    let [depth, aliases] = [0, 0];
    for (const selection of selections) {
      const shape = ofSelection(selection);
      depth = Math.max(depth, shape.depth);
      aliases += shape.aliases;
    }
    return { depth, aliases };
  };
  const ofSelection = (selection: SelectionNode): Shape => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return ofSet(selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    if (selection.name.value.startsWith('__')) return { depth: 1, aliases: selection.alias ? 1 : 0 };
    const inner = selection.selectionSet ? ofSet(selection.selectionSet) : { depth: 0, aliases: 0 };
    return { depth: inner.depth + 1, aliases: inner.aliases + (selection.alias ? 1 : 0) };
  };
  const ofFragment = (name: string): Shape => {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, { depth: 0, aliases: 0 });
    const definition = fragments.get(name);
    const shape = definition ? ofSet(definition.selectionSet) : { depth: 0, aliases: 0 };
    measured.set(name, shape);
    return shape;
  };
  return ofSet;
}
