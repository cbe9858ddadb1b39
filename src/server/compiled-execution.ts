import { BREAK, execute, getOperationAST, OperationTypeNode, visit, type DocumentNode, type ExecutionArgs, type ExecutionResult, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { withNodes } from './error-nodes.js';
import { breaksOneOf } from './one-of.js';

/** Runs one operation of one document. */
type Run = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

const mostDocuments = 500;

/**
 * Executes operations as code compiled for them, once per document and operation name: what graphql-js decides anew for every value is
 * decided when the document first comes. Where compiling fails, and for subscriptions, the usual executor stays.
 */
export function compiledExecution(): Plugin {
  const runs = new LRUCache<DocumentNode, Map<string | undefined, Run | undefined>>({ max: mostDocuments });
  return {
    onExecute: ({ args, setExecuteFn }) => {
      const { schema, document, operationName } = args as ExecutionArgs;
      const name = operationName ?? undefined;
      let byName = runs.get(document);
      if (!byName) runs.set(document, (byName = new Map<string | undefined, Run | undefined>()));
      // Names that are none of the document's would fill the map; they fail in the usual executor.
      if (!byName.has(name)) {
        const operation = getOperationAST(document, name);
        if (!operation) return;
        byName.set(name, compile(schema, document, operation));
      }
      const run = byName.get(name);
      if (run) setExecuteFn(run);
    },
  };
}

function compile(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Run | undefined {
  if (operation.operation === OperationTypeNode.SUBSCRIPTION || isIncremental(document)) return undefined;
  const compiled = compileQuery(schema, document, operation.name?.value ?? '', { disablingCapturingStackErrors: true, useExperimentalPathBasedSkipInclude: true });
  if (!isCompiledQuery(compiled)) return undefined;
  const settle = (args: ExecutionArgs, result: ExecutionResult): ExecutionResult | Promise<ExecutionResult> => {
    // Variables of the wrong type: nothing ran yet, and graphql-js says it in the words clients know.
    if (!('data' in result)) return execute(args);
    return result.errors ? { ...result, errors: result.errors.map((error) => withNodes(error, document, operation)) } : result;
  };
  return (args) => {
    const variables = args.variableValues ?? {};
    if (breaksOneOf(schema, operation, variables)) return execute(args);
    const result = compiled.query(args.rootValue, args.contextValue, variables);
    return 'then' in result ? result.then((settled) => settle(args, settled)) : settle(args, result);
  };
}

/** Whether the document asks for its answer in pieces. */
function isIncremental(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive: ({ name }) => {
      found ||= name.value === 'defer' || name.value === 'stream';
      return found ? BREAK : undefined;
    },
  });
  return found;
}
