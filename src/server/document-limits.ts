import { GraphQLError, Kind, parse, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode, type ValidationRule } from 'graphql';
import type { Plugin } from 'graphql-yoga';

const mostTokens = 5_000;
const deepest = 12;
const mostAliases = 20;

/** Refuses documents that are too long, too deep or too often the same, before anything is executed (design: "Limits"). */
export const documentLimits: Plugin = {
  onParse: ({ setParseFn }) => {
    setParseFn(parseWithinLimit);
  },
  onValidate: ({ addValidationRule }) => {
    addValidationRule(shapeRule);
  },
  // A limit is no fault of the document's grammar: 400 whatever the client accepts, where Yoga would answer 200 to old clients.
  onExecutionResult: ({ result }) => {
    if (result === undefined || !('errors' in result)) return;
    for (const { extensions } of result.errors ?? []) if (extensions['code'] === 'COST_LIMIT') extensions['http'] = { status: 400 };
  },
};

function parseWithinLimit(source: Parameters<typeof parse>[0]): DocumentNode {
  try {
    return parse(source, { maxTokens: mostTokens });
  } catch (error) {
    if (error instanceof GraphQLError && /tokens\. Parsing aborted/.test(error.message)) throw limitError(`The document has more than ${mostTokens} tokens.`);
    if (error instanceof RangeError) throw limitError(`The document is deeper than ${deepest} levels.`); // so deep that the parser had no stack left
    throw error;
  }
}

const shapeRule: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    const { depth, aliases } = createRuler((name) => context.getFragment(name) ?? undefined)(operation.selectionSet);
    if (depth > deepest) context.reportError(limitError(`The document is deeper than ${String(deepest)} levels.`));
    if (aliases > mostAliases) context.reportError(limitError(`The document has more than ${String(mostAliases)} aliases.`));
  },
});

interface Shape {
  readonly depth: number;
  readonly aliases: number;
}

/** Measures selection sets; each fragment once, however often it is spread. Introspection is deep by nature and not measured. */
function createRuler(fragment: (name: string) => FragmentDefinitionNode | undefined): (set: SelectionSetNode) => Shape {
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
  const ofSelection = (selection: SelectionSetNode['selections'][number]): Shape => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return ofSet(selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    if (selection.name.value.startsWith('__')) return { depth: 1, aliases: 0 };
    const inner = selection.selectionSet ? ofSet(selection.selectionSet) : { depth: 0, aliases: 0 };
    return { depth: inner.depth + 1, aliases: inner.aliases + (selection.alias ? 1 : 0) };
  };
  const ofFragment = (name: string): Shape => {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, { depth: 0, aliases: 0 });
    const definition = fragment(name);
    const shape = definition ? ofSet(definition.selectionSet) : { depth: 0, aliases: 0 };
    measured.set(name, shape);
    return shape;
  };
  return ofSet;
}

function limitError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'COST_LIMIT' } });
}
