import { getOperationAST, type DocumentNode, type ExecutionArgs, type GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { costOf, type Cost } from './cost.js';
import { refusalError } from './limit-error.js';

const maxCost = 2_000;

/**
 * Says in `extensions.cost` what an operation costs, and refuses too dear ones before the first
 * statement (docs/limits.md#cost, docs/security-checklist.md#s4).
 */
export function costLimit(): Plugin {
  const known = new WeakMap<DocumentNode, Map<string, Cost>>();
  const read = ({
    schema,
    document,
    operationName,
    variableValues,
  }: ExecutionArgs): Cost | undefined => {
    const key = operationName ?? '';
    const kept = known.get(document)?.get(key);
    if (kept) return kept;
    const operation = getOperationAST(document, operationName);
    if (!operation) return undefined;
    const cost = costOf(schema, document, operation, variableValues ?? {});
    if (!cost.isVariable)
      known.set(document, (known.get(document) ?? new Map<string, Cost>()).set(key, cost));
    return cost;
  };
  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const found = read(args);
      if (!found) return;
      const extensions = { cost: { requestedQueryCost: found.cost, maximumQueryCost: maxCost } };
      const refusal = refusalOf(found);
      if (refusal) {
        setResultAndStopExecution({ errors: [refusal], extensions });
        return;
      }
      return {
        onExecuteDone: ({ result, setResult }) => {
          if (!isAsyncIterable(result))
            setResult({ ...result, extensions: { ...result.extensions, ...extensions } });
        },
      };
    },
  };
}

function refusalOf({ cost, fault }: Cost): GraphQLError | undefined {
  if (fault) return refusalError('INVALID', fault.message, [fault.argument], [fault.field]);
  return cost > maxCost
    ? refusalError(
        'COST_LIMIT',
        `The operation costs ${cost}, at most ${maxCost} are allowed: ask for shorter pages, or less of each item.`,
      )
    : undefined;
}
