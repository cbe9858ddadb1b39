import type { Context, MiddlewareHandler } from 'hono';
import type { RequestHead } from './request-head.js';
import { keepRecord, recordOf, requestIdHeader, type RequestRecord } from './request-record.js';

/**
 * Keeps on the way through Hono the record the server began, and answers every request with its id, by which the log names it. Stands behind
 * whatever puts another request in the place of the first.
 */
export const keepRecords: MiddlewareHandler = async (c, next) => {
  const { record } = (c.env ?? {}) as { readonly record?: RequestRecord };
  if (record) keepRecord(c.req.raw as RequestHead, record);
  await next();
  c.res.headers.set(requestIdHeader, recordOf(c.req.raw).requestId);
};

/** Names in every answer the request's id, also when it is refused before anything looks at it. */
export const answerIds: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set(requestIdHeader, requestIdIn(c));
};

/** The id of a request, on whichever part of its way it is. */
export function requestIdIn(c: Context): string {
  const { record } = (c.env ?? {}) as { readonly record?: RequestRecord };
  return c.res.headers.get(requestIdHeader) ?? (record ?? recordOf(c.req.raw)).requestId;
}
