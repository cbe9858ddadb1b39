import { execute, GraphQLError, type ExecutionResult } from 'graphql';
import { isPromise, type Plugin } from 'graphql-yoga';
import { requestError } from './request-error.js';

/**
 * Executes operations by graphql-js, the reference, in the place of Yoga's own executor. No compiler:
 * none that answers as graphql-js does in every case was found, and where documents differ it costs more
 * than it saves.
 */
export const plainExecution: Plugin = {
  onExecute: ({ setExecuteFn }) => {
    setExecuteFn((args) => {
      const result = execute(args);
      return isPromise(result) ? result : withCodes(result);
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
