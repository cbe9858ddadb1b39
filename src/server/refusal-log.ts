import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { addressOf } from './client-address.js';
import type { RequestHead } from './request-head.js';

/** What is worth a line: somebody may not, or asks for too much. What the caller merely mistyped is not. */
const loud = new Set<unknown>(['UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED', 'COST_LIMIT', 'TIMEOUT', 'UNAVAILABLE', 'TOO_LARGE']);

/** Writes one line about a refused request: its code and address beside its id, never what it carried. */
export function logRefusal(log: Logger, request: RequestHead, code: unknown): void {
  if (loud.has(code)) log.warn({ code, address: addressOf(request) }, 'request refused');
}

/** {@link logRefusal} for GraphQL: one line a request, of its first such error. */
export function refusalLog(log: Logger): Plugin {
  return {
    onExecutionResult: ({ request, result }) => {
      if (!result || isAsyncIterable(result) || Array.isArray(result)) return;
      logRefusal(log, request, result.errors?.map(({ extensions }) => extensions['code']).find((code) => loud.has(code)));
    },
  };
}
