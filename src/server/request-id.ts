import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { recordOf } from './request-record.js';
import type { RequestHead } from './request-head.js';

/** The header that carries it, both ways. */
export const requestIdHeader = 'x-request-id';
const ids = new WeakMap<RequestHead, string>();
const running = new AsyncLocalStorage<string>();

/** The id of a request: the caller's, when it is a harmless one, else a new one; the same as often as one asks. */
export function requestIdOf(request: RequestHead): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const given = request.headers.get(requestIdHeader);
  const id = given !== null && /^[\w.-]{8,128}$/.test(given) ? given : randomUUID();
  ids.set(request, id);
  const record = recordOf(request);
  if (record) record.requestId = id;
  return id;
}

/** Answers every request with its id, by which the log names it. */
export const nameRequests: MiddlewareHandler = async (c, next) => {
  const id = requestIdOf(c.req.raw);
  await withRequestId(id, next);
  c.res.headers.set(requestIdHeader, id);
};

/** Runs `work`, and whatever it begins, as part of the answer to the request with this id. */
export function withRequestId<Result>(id: string, work: () => Result): Result {
  return running.run(id, work);
}

/** The id of the request that is being answered; undefined outside of one. */
export function currentRequestId(): string | undefined {
  return running.getStore();
}
