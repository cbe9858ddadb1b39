import {
  Kind,
  type DocumentNode,
  type ExecutableDefinitionNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * How often a document may do what costs time before anything is executed. All but the last two count a
 * fragment at every place where it is spread: validation and execution visit it there, however short the
 * text is.
 */
export const shapeLimits = {
  depth: 12,
  aliases: 20,
  selections: 3_000,
  directives: 50,
  /** Comparisons of selections with the same name at the same place; see {@link comparisonsOf}. */
  comparisons: 10_000,
  fragments: 100,
  operations: 50,
} as const;

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * What makes a document too deep, too large or too often the same. Measured on the grammar alone, before
 * validation, and each fragment once: what comes later visits fragments as often as they are spread, and
 * compares selections of the same name in pairs.
 * @returns the limit that is broken, in a sentence; undefined when none is.
 */
export function shapeFault(document: DocumentNode): string | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const all: ExecutableDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (!('selectionSet' in definition)) continue;
    all.push(definition);
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  }
  const operations = all.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
  if (operations > shapeLimits.operations) {
    return `The document has more than ${shapeLimits.operations} operations.`;
  }
  if (all.length - operations > shapeLimits.fragments) {
    return `The document has more than ${shapeLimits.fragments} fragments.`;
  }
  const ruler = createRuler(fragments);
  const shapes = all.map((definition) => ({ definition, shape: ruler.ofDefinition(definition) }));
  // Whatever nothing spreads: all else is part of these. Also a second fragment of the same name.
  const roots = shapes.filter(({ definition }) => !ruler.isSpread(definition));
  const whole = roots.map(({ shape }) => shape).reduce(together, nothing);
  const fault = faultOf(
    whole,
    shapes
      .filter(({ definition }) => definition.kind === Kind.OPERATION_DEFINITION)
      .map(({ shape }) => shape),
  );
  // What spreads itself has no size: validation refuses it before it looks at anything else.
  if (fault !== undefined || ruler.hasCircle()) return fault;
  const comparisons = roots.reduce(
    (sum, { definition }) => sum + comparisonsOf([definition.selectionSet], fragments),
    0,
  );
  if (comparisons <= shapeLimits.comparisons) return undefined;
  return 'The document selects the same fields too often in the same place.';
}

function faultOf(whole: Shape, operations: readonly Shape[]): string | undefined {
  const { depth, aliases, selections, directives } = shapeLimits;
  if (whole.directives > directives) return `The document has more than ${directives} directives.`;
  if (operations.some((shape) => shape.depth > depth))
    return `The document is deeper than ${depth} levels.`;
  if (operations.some((shape) => shape.aliases > aliases))
    return `The document has more than ${aliases} aliases.`;
  if (whole.selections <= selections) return undefined;
  return `The document selects more than ${selections} fields, fragments counted where they are spread.`;
}

/** What a comparison of two fields with selections of their own takes, in comparisons of two without. */
const costOfNested = 20;

/**
 * How many comparisons validation makes to see that fields of one name at one place of the answer fit
 * together: each with each. Visits every selection, fragments where they are spread: only for documents
 * whose size is known to be small.
 */
function comparisonsOf(sets: readonly SelectionSetNode[], fragments: Fragments): number {
  const inner = new Map<string, { count: number; readonly sets: SelectionSetNode[] }>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const found = inner.get(key) ?? { count: 0, sets: [] };
        if (found.count === 0) inner.set(key, found);
        found.count += 1;
        if (selection.selectionSet) found.sets.push(selection.selectionSet);
      } else {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (fragment) collect(fragment.selectionSet);
      }
    }
  };
  for (const set of sets) collect(set);
  let comparisons = 0;
  for (const { count, sets: merged } of inner.values()) {
    comparisons += ((count * (count - 1)) / 2) * (merged.length > 0 ? costOfNested : 1);
    if (merged.length > 0) comparisons += comparisonsOf(merged, fragments);
  }
  return comparisons;
}

interface Shape {
  readonly depth: number;
  readonly aliases: number;
  readonly selections: number;
  readonly directives: number;
}

const nothing: Shape = { depth: 0, aliases: 0, selections: 0, directives: 0 };

/** Two selections beside each other. */
function together(one: Shape, other: Shape): Shape {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: one.aliases + other.aliases,
    selections: one.selections + other.selections,
    directives: one.directives + other.directives,
  };
}

/**
 * Measures definitions as if each fragment stood where it is spread, but looks at it once.
 * Introspection is deep by nature: its depth is not measured.
 */
function createRuler(fragments: Fragments) {
  const measured = new Map<string, Shape>();
  const spread = new Set<string>();
  const entered = new Set<string>();
  let hasCircle = false;
  const ofSet = ({ selections }: SelectionSetNode): Shape =>
    selections.map(ofSelection).reduce(together, nothing);
  const ofSelection = (selection: SelectionNode): Shape => {
    const inner = innerOf(selection);
    const isField = selection.kind === Kind.FIELD;
    const below = isField && selection.name.value.startsWith('__') ? 0 : inner.depth;
    return {
      depth: below + (isField ? 1 : 0),
      aliases: inner.aliases + (isField && selection.alias ? 1 : 0),
      // A spread and an inline fragment are looked at themselves, too.
      selections: inner.selections + 1,
      directives: inner.directives + (selection.directives?.length ?? 0),
    };
  };
  const innerOf = (selection: SelectionNode): Shape => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    return selection.selectionSet ? ofSet(selection.selectionSet) : nothing;
  };
  const ofFragment = (name: string): Shape => {
    spread.add(name);
    const known = measured.get(name);
    if (known) return known;
    const definition = fragments.get(name);
    if (!definition) return nothing;
    if (entered.has(name)) {
      hasCircle = true;
      return nothing;
    }
    entered.add(name);
    const shape = ofDefinition(definition);
    measured.set(name, shape);
    return shape;
  };
  const ofDefinition = (definition: ExecutableDefinitionNode): Shape => {
    const { selectionSet, directives = [] } = definition;
    const variables =
      definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [];
    const ofVariables = variables.reduce(
      (sum, variable) => sum + (variable.directives?.length ?? 0),
      0,
    );
    return together(ofSet(selectionSet), {
      ...nothing,
      directives: directives.length + ofVariables,
    });
  };
  const isSpread = (definition: ExecutableDefinitionNode): boolean =>
    definition.kind === Kind.FRAGMENT_DEFINITION &&
    spread.has(definition.name.value) &&
    fragments.get(definition.name.value) === definition;
  return { ofDefinition, isSpread, hasCircle: () => hasCircle };
}
