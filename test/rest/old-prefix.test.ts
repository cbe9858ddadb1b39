import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/server/app.js';
import { versionOf } from '../../src/instance/version.js';
import type { LegacyDialect } from '../../src/rest/dialect.js';
import { routes, undocumentedRoutes } from '../../src/rest/routes.js';
import { locationOfInstance, pathsOfInstance } from '../../src/rest/stays-with-instance.js';
import { testLogger } from '../support/log-sink.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const old = '/api/pleroma/admin';

/** What the moderation log looks like below the old prefix to somebody with these headers. */
async function logAsSeenBy(headers: Record<string, string>, legacyDialect: LegacyDialect) {
  const { database } = world.source;
  const waysIn = { adminSecret: undefined, basicAuth: false };
  const app = createApp({
    database,
    source: world.source,
    waysIn,
    log: testLogger(),
    legacyDialect,
  });
  const authorization = `Bearer ${await world.token(world.admin)}`;
  const request = new Request(`http://steward.test${old}/moderation_log`, {
    headers: { ...headers, authorization },
  });
  const body: unknown = await (await app.fetch(request)).json();
  return body;
}

describe('below the old prefix', () => {
  const [documented, modern] = [[], { items: [], total: 0 }];
  const scripts = [{ 'user-agent': 'curl/8.5.0' }, { 'user-agent': 'python-requests/2.32' }];
  const dashboards = [
    { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
    { accept: 'application/json, text/plain, */*' },
  ];

  it.each(dashboards)("a dashboard gets today's answers by default: %o", async (headers) => {
    expect(await logAsSeenBy(headers, 'auto')).toEqual(modern);
    expect(await logAsSeenBy(headers, 'documents')).toEqual(documented);
  });

  it.each(scripts)('a script gets what the instance has there, by default: %o', async (headers) => {
    const own = world.family === 'akkoma' ? documented : modern;
    expect(await logAsSeenBy(headers, 'auto')).toEqual(own);
    expect(await logAsSeenBy(headers, 'akkoma')).toEqual(modern);
    expect(await logAsSeenBy(headers, 'documents')).toEqual(documented);
  });
});

describe('paths that stay with the instance', () => {
  const admin = '/api/v1/pleroma/admin';
  const isOurs = (path: string) => !new RegExp(locationOfInstance(world.family)).test(path);

  it('take no path from Steward that it serves', () => {
    const own = pathsOfInstance(world.family);
    const served = [...routes, ...undocumentedRoutes].filter(({ path }) => !own.includes(path));
    const filled = served.map(({ path }) => admin + path.replace(/:\w+/g, 'x'));
    expect(filled.filter((path) => !isOurs(path))).toEqual([]);
    expect(filled.length).toBeGreaterThan(50);
  });

  it('are all those that only the instance can serve', () => {
    for (const path of pathsOfInstance(world.family)) {
      for (const prefix of [admin, old]) {
        expect(isOurs(prefix + path.replace(/:\w+/g, '9iJGOv1j8hxuw19bcm'))).toBe(false);
      }
    }
    expect(isOurs(`${admin}/chats/1/messages`)).toBe(world.family === 'akkoma');
  });

  it('stand in docs/deploy.md as steward doctor prints them', () => {
    const deploy = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
    expect(deploy).toContain(`location ~ ${locationOfInstance('pleroma')} {`);
  });
});

describe('the version', () => {
  it.each([
    ['akkoma', '20250806000000', '3.16.0'],
    ['akkoma', '20260101000000', '3.16.0'],
    ['akkoma', '20250302113138', '3.14.0'],
    ['akkoma', undefined, '3.10.0'],
    ['pleroma', '20240904142434', '2.7.0'],
    ['pleroma', '20230101000000', '2.5.0'],
  ] as const)('of %s with the migration %s is %s', (family, migration, version) => {
    expect(versionOf(family, migration)).toBe(version);
  });

  it('is told to clients in the form they read', async () => {
    const { body } = await world.as(undefined).rest('GET', '/api/v1/instance');
    const own = { akkoma: 'Akkoma 3.16.0', pleroma: 'Pleroma 2.7.0' }[world.family];
    expect(body).toMatchObject({ version: `2.7.2 (compatible; ${own})`, title: own.split(' ')[0] });
  });
});
