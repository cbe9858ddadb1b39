import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/environment.js';
import { useListening } from '../support/listening.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const listening = useListening(world);
const dashboard = 'https://admin.example:8443';
const corsOrigins = [dashboard, 'http://localhost:9527'];
const doors = [
  ['DELETE', '/api/v1/pleroma/admin/users/tag'],
  ['PATCH', '/api/pleroma/admin/users/activate'],
  ['POST', '/graphql'],
  ['POST', '/oauth/token'],
  ['POST', '/api/v1/apps'],
  ['GET', '/nodeinfo/2.0.json'],
  ['GET', '/api/v1/accounts/verify_credentials'],
  ['PATCH', '/api/v1/pleroma/emoji/pack'],
] as const;
const preflight = (method: string, origin: string) => ({
  origin,
  'access-control-request-method': method,
  'access-control-request-headers': 'authorization,content-type',
});

describe('a dashboard of another origin', () => {
  it.each(doors)('%s %s: its preflight is answered, without credentials', async (method, path) => {
    const ask = await listening({ corsOrigins });
    const { status, headers, body } = await ask(
      'OPTIONS',
      path,
      undefined,
      preflight(method, dashboard),
    );
    expect({ status, body }).toEqual({ status: 204, body: undefined });
    expect(headers.get('access-control-allow-origin')).toBe(dashboard);
    expect(headers.get('access-control-allow-methods')?.split(',')).toContain(method);
    expect(headers.get('access-control-allow-headers')?.toLowerCase().split(',')).toEqual(
      expect.arrayContaining(['authorization', 'content-type']),
    );
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('access-control-max-age')).toBe('600');
    expect(headers.get('vary')).toMatch(/\borigin\b/i);
  });

  it.each(doors)('%s %s: a preflight of a foreign origin is refused', async (method, path) => {
    const ask = await listening({ corsOrigins });
    for (const origin of [
      'https://evil.example',
      'https://admin.example',
      'https://admin.example:8443.evil.example',
      'null',
    ]) {
      const { status, headers } = await ask('OPTIONS', path, undefined, preflight(method, origin));
      expect(status, origin).toBe(403);
      expect(
        [...headers.keys()].filter((name) => name.startsWith('access-control-')),
        origin,
      ).toEqual([]);
      expect(headers.get('vary')).toBe('Origin');
    }
  });

  it.each([
    'apollographql-client-name,apollographql-client-version',
    'traceparent, tracestate',
    'sentry-trace,baggage',
    'x-apollo-operation-name,apollo-require-preflight',
    'X-Whatever-A-Client-Sends',
  ])('may send %s beside the usual headers', async (asked) => {
    const ask = await listening({ corsOrigins });
    const { status, headers } = await ask('OPTIONS', '/graphql', undefined, {
      ...preflight('POST', dashboard),
      'access-control-request-headers': asked,
    });
    const allowed = headers
      .get('access-control-allow-headers')
      ?.toLowerCase()
      .split(',')
      .map((name) => name.trim());
    expect(status).toBe(204);
    expect(allowed).toEqual(
      expect.arrayContaining([
        ...asked.toLowerCase().split(/, ?/),
        'authorization',
        'content-type',
      ]),
    );
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toMatch(/access-control-request-headers/i);
  });

  it.each([
    'x y',
    'a:b',
    '<script>',
    'x'.repeat(101),
    Array.from({ length: 60 }, (_, index) => `x-${String(index)}`).join(','),
  ])('what is no list of names is not echoed: %s', async (asked) => {
    const ask = await listening({ corsOrigins });
    const { headers } = await ask('OPTIONS', '/graphql', undefined, {
      ...preflight('POST', dashboard),
      'access-control-request-headers': asked,
    });
    expect(headers.get('access-control-allow-headers')).toBe(
      'Authorization,Content-Type,X-Admin-Token,X-Request-Id,Idempotency-Key',
    );
  });

  it('may read answers, also refusals and those of GraphQL; nobody else may', async () => {
    const ask = await listening({ corsOrigins });
    const authorization = `Bearer ${await world.token(world.admin)}`;
    const requests = [
      ['GET', '/api/v1/pleroma/admin/users', undefined, 200],
      ['GET', '/api/v1/pleroma/admin/users/nobody', undefined, 404],
      ['POST', '/graphql', { query: '{ users { totalCount } }' }, 200],
      ['POST', '/oauth/token', { grant_type: 'password' }, 400],
      ['POST', '/api/v1/pleroma/admin/config', { padding: 'x'.repeat(1_100_000) }, 413],
    ] as const;
    for (const [method, path, body, status] of requests) {
      const own = await ask(method, path, body, { authorization, origin: dashboard });
      expect([
        path,
        own.status,
        own.headers.get('access-control-allow-origin'),
        own.headers.get('vary'),
      ]).toEqual([path, status, dashboard, 'Origin']);
      expect(own.headers.get('access-control-expose-headers')).toContain('X-Request-Id');
      const foreign = await ask(method, path, body, {
        authorization,
        origin: 'https://evil.example',
      });
      expect([
        path,
        foreign.status,
        foreign.headers.get('access-control-allow-origin'),
        foreign.headers.get('vary'),
      ]).toEqual([path, status, null, 'Origin']);
    }
  });

  it('none is let in unless named', async () => {
    const ask = await listening();
    const { status, headers } = await ask(
      'OPTIONS',
      '/api/v1/pleroma/admin/users',
      undefined,
      preflight('GET', dashboard),
    );
    expect([status, headers.get('access-control-allow-origin')]).toEqual([404, null]);
  });
});

describe('CORS_ORIGINS', () => {
  it('is a list of origins', () => {
    expect(
      readEnvironment({ CORS_ORIGINS: 'https://admin.example, http://localhost:9527' })
        .CORS_ORIGINS,
    ).toEqual(['https://admin.example', 'http://localhost:9527']);
    expect(readEnvironment({}).CORS_ORIGINS).toBeUndefined();
  });

  it.each([
    '*',
    'null',
    'admin.example',
    'https://admin.example/',
    'https://admin.example/pleroma',
    'https://*.example',
    'https://a.example,',
    'ftp://a.example',
    'https://A.example',
    'https://a.example:443',
  ])('refuses %s', (text) => {
    expect(() => readEnvironment({ CORS_ORIGINS: text })).toThrow(
      /CORS_ORIGINS: must be a comma-separated list of origins/,
    );
  });
});
