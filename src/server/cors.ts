import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

/** Seconds a browser remembers a preflight. */
const memory = 600;

/** What every page may send; a preflight's own list is added to it. */
const usualHeaders = [
  'Authorization',
  'Content-Type',
  'X-Admin-Token',
  'X-Request-Id',
  'Idempotency-Key',
];
/** Names of headers (RFC 9110 tokens), in a list no longer than any client's. */
const headerList = /^[\w!#$%&'*+.^`|~-]{1,100}(\s*,\s*[\w!#$%&'*+.^`|~-]{1,100}){0,49}$/;

/**
 * Lets pages of these origins use every door. A credential is a header the page itself must send: cookies never count, so none are allowed, and
 * whatever other headers a client adds (its name, a trace) may come too. A preflight of any other origin is refused; its other requests are answered
 * without the header that would let the page read them.
 */
export function shareWith(origins: readonly string[]): MiddlewareHandler {
  const shareFor = (allowHeaders: string[]): MiddlewareHandler =>
    cors({
      origin: [...origins],
      allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowHeaders,
      exposeHeaders: [
        'X-Request-Id',
        'Retry-After',
        'Idempotency-Key',
        'Idempotent-Replayed',
        'X-Original-Request-Id',
      ],
      maxAge: memory,
    });
  const share = shareFor(usualHeaders);
  return async (c, next) => {
    const origin = c.req.header('origin');
    const isPreflight =
      c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined;
    if (origin !== undefined && origins.includes(origin))
      return isPreflight
        ? shareFor(allowedHeaders(c.req.header('access-control-request-headers')))(c, next)
        : share(c, next);
    if (isPreflight)
      return c.json({ error: 'CORS_ORIGINS does not name this origin.' }, 403, { vary: 'Origin' });
    await next();
    c.header('vary', 'Origin', { append: true });
    return undefined;
  };
}

/** The usual ones, and those asked for when they are a list of names. */
function allowedHeaders(asked: string | undefined): string[] {
  if (asked === undefined || !headerList.test(asked)) return usualHeaders;
  const usual = new Set(usualHeaders.map((name) => name.toLowerCase()));
  const others = asked
    .split(',')
    .map((name) => name.trim())
    .filter((name) => !usual.has(name.toLowerCase()));
  return [...usualHeaders, ...others];
}
