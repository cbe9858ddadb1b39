import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { RequestHead } from './request-head.js';

/** The header that carries it, both ways. */
export const requestIdHeader = 'x-request-id';
const ids = new WeakMap<RequestHead, string>();

/** The id of a request: the caller's, when it is a harmless one, else a new one; the same as often as one asks. */
export function requestIdOf(request: RequestHead): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const given = request.headers.get(requestIdHeader);
  const id = given !== null && /^[\w.-]{8,128}$/.test(given) ? given : randomUUID();
  ids.set(request, id);
  return id;
}

/** Answers every request with its id, by which the log names it. */
export const nameRequests: MiddlewareHandler = async (c, next) => {
  const id = requestIdOf(c.req.raw);
  await next();
  c.res.headers.set(requestIdHeader, id);
};
