import type { MiddlewareHandler } from 'hono';

/**
 * Takes no compressed bodies: what a kilobyte inflates to nobody knows
 * (docs/security-checklist.md#s22).
 */
export const plainBodies: MiddlewareHandler = async (c, next) => {
  const encoding = c.req.header('content-encoding');
  if (encoding === undefined || encoding.trim().toLowerCase() === 'identity') return next();
  return c.json({ error: 'Send the body without Content-Encoding.' }, 415);
};
