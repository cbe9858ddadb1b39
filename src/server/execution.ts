import {
  execute,
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import { isPromise, type Plugin } from 'graphql-yoga';
import type { GraphQLContext } from '../schema/builder.js';
import { maxObjects } from '../schema/object-budget.js';
import { refusalError } from './limits/limit-error.js';
import { requestError } from './request-error.js';

/** Characters of all texts of an answer. */
const maxCharacters = 5_000_000;

/**
 * Executes operations by graphql-js, the reference, in the place of Yoga's own executor. No compiler:
 * none that answers as graphql-js does in every case was found, and where documents differ it costs more
 * than it saves.
 */
export const plainExecution: Plugin = {
  onExecute: ({ setExecuteFn }) => {
    setExecuteFn((args: ExecutionArgs) => {
      const result = execute(args);
      return isPromise(result)
        ? result.then((settled) => bounded(settled, args))
        : bounded(withCodes(result), args);
    });
  },
};

/**
 * A result without data is a request that was never executed: once an operation is found, as it is by
 * now, only its variables can be wrong.
 */
function withCodes(result: ExecutionResult): ExecutionResult {
  if ('data' in result || !result.errors) return result;
  return { ...result, errors: result.errors.map(badInput) };
}

/** graphql-js's own words, which name the variable, with a code and the place of its definition. */
function badInput({ message, nodes }: GraphQLError): GraphQLError {
  return requestError('BAD_USER_INPUT', message, nodes ? { nodes } : {});
}

/** The result, or a refusal in its place when there is too much of it. */
function bounded(
  result: ExecutionResult,
  { contextValue, document, operationName }: ExecutionArgs,
): ExecutionResult {
  const { budget } = contextValue as GraphQLContext;
  const excess =
    budget?.isSpent === true
      ? `more than ${String(maxObjects)} objects`
      : lengthOf(result.data) > maxCharacters
        ? `more than ${String(maxCharacters)} characters`
        : undefined;
  if (excess === undefined) return result;
  const isMutation =
    getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;
  const advice = isMutation
    ? 'look whether it was done before you try again, and ask for less'
    : 'ask for shorter pages, or less of each item';
  return { errors: [refusalError('COST_LIMIT', `The answer holds ${excess}: ${advice}.`)] };
}

/** Characters of all texts and names in a value of JSON; gives up beyond the limit. */
function lengthOf(value: unknown): number {
  let length = 0;
  const look = (part: unknown): void => {
    if (typeof part === 'string') length += part.length;
    if (typeof part !== 'object' || part === null || length > maxCharacters) return;
    if (Array.isArray(part)) part.forEach(look);
    else {
      for (const key in part) {
        length += key.length;
        look((part as Readonly<Record<string, unknown>>)[key]);
      }
    }
  };
  look(value);
  return length;
}
