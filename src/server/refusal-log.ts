import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { addressOf } from './client-address.js';

/** What is worth a line: somebody may not, or asks for too much. What the caller merely mistyped is not. */
const loud = new Set<unknown>(['UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED', 'COST_LIMIT', 'TIMEOUT', 'UNAVAILABLE', 'TOO_LARGE']);

/** Writes one line about a refused GraphQL request: its first such code and its address beside its id, never what it carried. REST's status says as much. */
export function refusalLog(log: Logger): Plugin {
  return {
    onExecutionResult: ({ request, result }) => {
      if (!result || isAsyncIterable(result) || Array.isArray(result)) return;
      const code = result.errors?.map(({ extensions }) => extensions['code']).find((found) => loud.has(found));
      if (code !== undefined) log.warn({ code, address: addressOf(request) }, 'request refused');
    },
  };
}
