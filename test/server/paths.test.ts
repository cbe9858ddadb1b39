import { request } from 'node:http';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../src/server/app.js';
import { listen, type Listening } from '../../src/server/listen.js';
import { withRawPath } from '../../src/server/raw-path.js';
import { testLogger } from '../support/log-sink.js';
import { adminSecret, useWorld } from '../support/world.js';

const world = useWorld();
let listening: Listening;
beforeEach(async () => {
  listening = await listen(
    createApp({
      database: world.source.database,
      source: world.source,
      waysIn: { adminSecret, basicAuth: false },
      log: testLogger(),
    }),
    { host: '127.0.0.1', port: 0 },
  );
});
afterEach(() => listening.stop());

/** Sends the path as it stands, which `fetch` would not. */
function get(
  path: string,
): Promise<{ readonly status: number | undefined; readonly body: string }> {
  const { hostname, port } = new URL(listening.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { 'x-admin-token': adminSecret } }, (response) => {
      let body = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk: string) => {
          body += chunk;
        })
        .once('end', () => {
          resolve({ status: response.statusCode, body });
        });
    })
      .once('error', reject)
      .end();
  });
}

const v1 = '/api/v1/pleroma/admin';

describe('routes are chosen by the path as it was sent', () => {
  it.each([
    ['users/%2e%2e/config'],
    ['users/../config'],
    ['users/%2E./config'],
    ['users/.%2e/config'],
    ['users\\..\\config'],
    ['users/..\\config'],
    ['./config'],
    ['%2e/config'],
    ['users/alice/%2e%2e/%2e%2e/config'],
    ['x/%2e%2e/%2e%2e/admin/config'],
  ])('%s is not /config', async (path) => {
    expect((await get(`${v1}/config`)).status).toBe(200);
    const { status, body } = await get(`${v1}/${path}`);
    expect([path, status, body.includes('configs')]).toEqual([path, 404, false]);
  });

  it.each([['/health/%2e%2e/graphql'], ['/x/../metrics'], [`/%2e%2e${v1}/config`]])(
    '%s leads nowhere',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('an encoded slash is part of a name', async () => {
    await world.user({ nickname: 'alice' });
    expect((await get(`${v1}/users/alice/credentials`)).status).toBe(200);
    expect(await get(`${v1}/users/alice%2Fcredentials`)).toMatchObject({
      status: 404,
      body: '{"error":"Not found"}',
    });
    expect(await get(`${v1}/users/alice%5Ccredentials`)).toMatchObject({
      status: 404,
      body: '{"error":"Not found"}',
    });
    expect((await get(`${v1}/users%2Falice`)).status).toBe(404);
    expect((await get(`${v1}/users/%61lice`)).status).toBe(200);
    expect((await get(`${v1}/users/alice?a=/../..`)).status).toBe(200);
  });
});

it('whatever is sent, no parser makes another path of it, and nothing but dots and backslashes is escaped', () => {
  const segment = fc.oneof(
    fc.constantFrom(
      '.',
      '..',
      '%2e',
      '%2E%2e',
      '.%2e',
      '...',
      'a',
      'a.b',
      '.well-known',
      '%2f',
      '%252e',
      '',
      'a\\b',
      '\\',
    ),
    fc.webPath(),
  );
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 8 }), (segments) => {
      const path = `/${segments.join('/')}`.replace(/[?#]/g, '');
      const escaped = withRawPath(path);
      expect(new URL(`http://host.example${escaped}`).pathname.split('/')).toHaveLength(
        escaped.split('/').length,
      );
      expect(escaped.split('/')).toHaveLength(path.split('/').length);
      if (!/\\|(?:^|\/)(?:\.|%2e){1,2}(?=\/|$)/i.test(path)) expect(escaped).toBe(path);
    }),
    { numRuns: 500 },
  );
});
