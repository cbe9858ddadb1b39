import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/**
 * Refuses bodies of more than `largest` bytes. Where the head tells how many there are, or that nobody will read them (GET, HEAD), nothing else is
 * looked at: to look for a body makes the whole `Request`, which costs as much as a short answer.
 */
export function sizeLimit(largest: number): MiddlewareHandler {
  const refuse = (c: Context): Response =>
    c.json({ error: `The body is larger than ${String(largest)} bytes.` }, 413);
  const counting = bodyLimit({ maxSize: largest, onError: refuse });
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const length = c.req.header('content-length');
    if (length === undefined || c.req.header('transfer-encoding') !== undefined)
      return counting(c, next);
    return Number(length) > largest ? refuse(c) : next();
  };
}
