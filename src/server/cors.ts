import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

/** Seconds a browser remembers a preflight. */
const memory = 600;

/**
 * Lets pages of these origins use every door (docs/instance/admin-fe.md#every-request). A
 * credential is a header the page itself must send: cookies never count, so
 * none are allowed. A preflight of any other origin is refused; its other requests are answered without the header that would let the page read them.
 */
export function shareWith(origins: readonly string[]): MiddlewareHandler {
  const share = cors({
    origin: [...origins],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', 'X-Admin-Token', 'X-Request-Id', 'Idempotency-Key'],
    exposeHeaders: ['X-Request-Id', 'Retry-After', 'Idempotency-Key', 'Idempotent-Replayed', 'X-Original-Request-Id'],
    maxAge: memory,
  });
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (origin !== undefined && origins.includes(origin)) return share(c, next);
    const isPreflight = c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined;
    if (isPreflight) return c.json({ error: 'CORS_ORIGINS does not name this origin.' }, 403, { vary: 'Origin' });
    await next();
    c.header('vary', 'Origin', { append: true });
    return undefined;
  };
}
