import { GraphQLError } from 'graphql';
import type { ThrottledError } from '../errors.js';

/** 429 with the time to wait, for whom had too many attempts or requests. */
export function throttledError({ message, retryAfter }: ThrottledError): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      code: 'RATE_LIMITED',
      http: { status: 429, headers: { 'retry-after': String(retryAfter) } },
    },
  });
}
