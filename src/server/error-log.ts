import type { GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { unexpectedBehind } from './mask-errors.js';
import type { RequestHead } from './request-head.js';
import { recordOf } from './request-record.js';

/** What is worth a line: somebody may not, or asks for too much. What the caller merely mistyped is not. */
const loud = new Set<unknown>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'COST_LIMIT',
  'TIMEOUT',
  'UNAVAILABLE',
  'TOO_LARGE',
]);

/**
 * Writes a line for every error nobody expected, and one about a refused GraphQL request: its first such code and its address beside its id,
 * never what it carried. REST's status says as much.
 */
export function errorLog(log: Logger): Plugin {
  return {
    onExecutionResult: ({ request, result }) => {
      if (!result || isAsyncIterable(result) || Array.isArray(result) || !result.errors) return;
      logUnexpected(log, request, result.errors);
      const code = result.errors
        .map(({ extensions }) => extensions['code'])
        .find((found) => loud.has(found));
      const { requestId, address } = recordOf(request);
      if (code !== undefined) log.warn({ requestId, code, address }, 'request refused');
    },
  };
}

/** Writes a line for each of these masked errors behind which something stands that nobody expected. */
export function logUnexpected(
  log: Logger,
  request: RequestHead,
  errors: readonly GraphQLError[],
): void {
  for (const error of errors) {
    const err = unexpectedBehind(error);
    if (err !== undefined)
      log.error({ requestId: recordOf(request).requestId, err }, 'unexpected error in a resolver');
  }
}
