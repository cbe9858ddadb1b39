import type { MiddlewareHandler } from 'hono';
import { failure } from '../../errors.js';
import { prefixes } from '../../rest/dialect.js';
import { errorAnswer } from '../../rest/errors.js';
import { respond } from '../../rest/respond.js';
import { timeoutMessage, withinTime, type TimeLimits } from './time-limit.js';

/** Ends the wait for a REST answer as {@link timeLimit} does for GraphQL, in the words of the path's dialect. */
export function restTimeLimit(limits: TimeLimits): MiddlewareHandler {
  return async (c, next) => {
    const kind = c.req.method === 'GET' ? 'query' : 'mutation';
    const isLate = await withinTime(
      next().then(() => false),
      limits[kind],
      () => true,
    );
    if (!isLate) return;
    const answer = errorAnswer(
      failure('TIMEOUT', timeoutMessage(kind, limits[kind])),
      c.req.path.startsWith(prefixes.legacy) ? 'legacy' : 'v1',
    );
    return answer && respond(answer);
  };
}
