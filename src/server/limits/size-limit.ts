import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/** Refuses bodies of more than `largest` bytes. Nobody reads one of GET or HEAD; to look for it would make the whole `Request`, which costs as much as a short answer. */
export function sizeLimit(largest: number): MiddlewareHandler {
  const limit = bodyLimit({ maxSize: largest, onError: (c) => c.json({ error: `The body is larger than ${String(largest)} bytes.` }, 413) });
  return (c, next) => (c.req.method === 'GET' || c.req.method === 'HEAD' ? next() : limit(c, next));
}
