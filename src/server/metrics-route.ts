import type { Handler } from 'hono';
import { sameSecret } from '../auth/secret.js';
import type { Metrics } from './metrics.js';
import { recordOf } from './request-record.js';

const loopback = /^(127\.\d+\.\d+\.\d+|::1)$/;
const forwarded = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'];

/**
 * `/metrics`: with `METRICS_TOKEN` for whoever presents it as a bearer token, without for this machine only. What a proxy on this machine
 * hands on has also come from here: whatever names another sender is refused.
 */
export function metricsRoute(metrics: Metrics, token: string | undefined): Handler {
  return async (c) => {
    const given = /^bearer\s+(\S+)\s*$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const isAllowed =
      token === undefined
        ? loopback.test(recordOf(c.req.raw).address) &&
          forwarded.every((name) => c.req.header(name) === undefined)
        : given !== undefined && sameSecret(given, token);
    if (!isAllowed) return c.json({ error: 'Forbidden' }, 403);
    return c.body(await metrics.text(), 200, {
      'content-type': metrics.contentType,
      'cache-control': 'no-store',
    });
  };
}
