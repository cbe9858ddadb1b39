import { getOperationAST, OperationTypeNode, type ExecutionArgs, type GraphQLError } from 'graphql';
import { isPromise, type Plugin } from 'graphql-yoga';
import { refusalError } from './limit-error.js';

/** Milliseconds an operation may take. PostgreSQL ends statements of its own accord (src/database/pool.ts), transactions end before the mutation does. */
export interface TimeLimits {
  readonly query: number;
  readonly mutation: number;
}

export const usualTimeLimits: TimeLimits = { query: 15_000, mutation: 60_000 };

/** What is answered when time is up. A mutation that is still at work may yet be done: only a look tells. */
export function timeoutMessage(kind: keyof TimeLimits, milliseconds: number): string {
  const until = `Not finished within ${milliseconds / 1_000} seconds`;
  return kind === 'query'
    ? `${until}: ask for less, or try again later.`
    : `${until}: look whether it was done before you try again.`;
}

/** The result, or what `late` makes when it takes longer. */
export async function withinTime<Result>(
  work: Promise<Result>,
  milliseconds: number,
  late: () => Result,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      work,
      new Promise<Result>((resolve) => {
        timer = setTimeout(() => {
          resolve(late());
        }, milliseconds);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Ends the wait for a GraphQL operation with TIMEOUT (docs/limits.md#time). Stands behind whatever
 * puts another executor in the place of the first.
 */
export function timeLimit(limits: TimeLimits): Plugin {
  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const { document, operationName } = args as ExecutionArgs;
      const kind =
        getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION
          ? 'mutation'
          : 'query';
      setExecuteFn((given) => {
        const result: unknown = executeFn(given);
        return isPromise(result)
          ? withinTime(result, limits[kind], () => ({ errors: [timedOut(kind, limits[kind])] }))
          : result;
      });
    },
  };
}

function timedOut(kind: keyof TimeLimits, milliseconds: number): GraphQLError {
  return refusalError('TIMEOUT', timeoutMessage(kind, milliseconds));
}
