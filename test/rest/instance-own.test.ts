import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { configRules } from '../../src/instance/config-rules.js';
import { useListening } from '../support/listening.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const listening = useListening(world);
const v1 = '/api/v1/pleroma/admin';
const panel = `${v1}/instance_document/instance-panel`;

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0))
    rmSync(directory, { recursive: true, force: true });
});

/** A caller of a Steward that knows where the instance's pages lie. */
async function besideDisk() {
  const directory = mkdtempSync(join(tmpdir(), 'steward-static-'));
  directories.push(directory);
  const ask = await listening({ source: { config: configRules({ staticDirectory: directory }) } });
  const headers = { authorization: `Bearer ${await world.token(world.admin)}` };
  return {
    directory,
    ask: (method: string, path: string, body?: unknown) => ask(method, path, body, headers),
  };
}

function upload(content: string | Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  form.append('file', new Blob([content], { type: 'text/html' }), 'blob');
  return form;
}

describe('pages of the instance', () => {
  it('are written, shown as HTML that runs nothing, and removed', async () => {
    const { directory, ask } = await besideDisk();
    const unwritten = await ask('GET', panel);
    expect([unwritten.status, unwritten.body, unwritten.headers.get('content-type')]).toEqual([
      200,
      undefined,
      'text/html; charset=utf-8',
    ]);
    expect(await ask('PATCH', panel, upload('<p>Custom ü</p>'))).toMatchObject({
      status: 200,
      body: { url: 'https://home.example/instance/panel.html' },
    });
    expect(readFileSync(join(directory, 'instance/panel.html'), 'utf8')).toBe('<p>Custom ü</p>');
    expect(statSync(join(directory, 'instance/panel.html')).mode & 0o777).toBe(0o644);
    await ask('PATCH', panel, upload('<p>Changed</p>'));
    expect(readdirSync(join(directory, 'instance'))).toEqual(['panel.html']);
    const shown = await ask('GET', panel);
    expect(shown).toMatchObject({ status: 200, body: '<p>Changed</p>' });
    expect(shown.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(shown.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(await ask('DELETE', panel)).toMatchObject({ status: 200, body: {} });
    expect(await ask('DELETE', panel)).toMatchObject({ status: 404, body: { error: 'Not found' } });
    expect(
      (await ask('PATCH', `${v1}/instance_document/terms-of-service`, upload('<p>Terms</p>'))).body,
    ).toEqual({ url: 'https://home.example/static/terms-of-service.html' });
  });

  it.each(['1234', '..%2F..%2Fetc%2Fpasswd', 'constructor'])(
    'are two and no more: %s',
    async (name) => {
      const { directory, ask } = await besideDisk();
      for (const [method, body] of [
        ['GET', undefined],
        ['PATCH', upload('x')],
        ['DELETE', undefined],
      ] as const) {
        expect(await ask(method, `${v1}/instance_document/${name}`, body)).toMatchObject({
          status: 404,
          body: { error: 'Not found' },
        });
      }
      expect(readdirSync(directory)).toEqual([]);
    },
  );

  it('must be a text in UTF-8', async () => {
    const { directory, ask } = await besideDisk();
    expect(await ask('PATCH', panel, upload(new Uint8Array([0xff, 0xfe])))).toMatchObject({
      status: 400,
      body: { error: 'file must be a text in UTF-8.' },
    });
    expect(await ask('PATCH', panel, {})).toMatchObject({
      status: 400,
      body: { error: 'Missing field: file.' },
    });
    expect(await ask('PATCH', panel, upload('x'.repeat(1_100_000)))).toMatchObject({ status: 413 });
    expect(readdirSync(directory)).toEqual([]);
  });

  it('are empty and out of reach when nobody says where they lie, and for whoever may not', async () => {
    const admin = await world.asAdmin();
    expect((await admin.rest('GET', panel)).status).toBe(200);
    expect(await admin.rest('GET', panel.replace('panel', 'x'))).toMatchObject({ status: 404 });
    expect(await admin.rest('DELETE', panel)).toMatchObject({
      status: 501,
      body: {
        error:
          'This page lies on the disk of the instance, and INSTANCE_STATIC_DIR does not say where.',
      },
    });
    const reader = world.as(await world.token(world.admin, ['admin:read']));
    expect(await reader.rest('DELETE', panel)).toMatchObject({
      status: 403,
      body: { error: 'Insufficient permissions: admin:write.' },
    });
  });
});

describe('what only the instance can do', () => {
  it.each([
    ['GET', '/restart'],
    ['POST', '/reload_emoji'],
    ['POST', '/frontends/install'],
    ['POST', '/media_proxy_caches/delete'],
    ['POST', '/media_proxy_caches/purge'],
  ])('%s %s says so on both paths, behind its gate', async (method, path) => {
    const [admin, reader] = [
      await world.asAdmin(),
      world.as(await world.token(world.admin, ['admin:read'])),
    ];
    for (const prefix of [v1, '/api/pleroma/admin']) {
      const { status, body } = await world.expectUnchanged(() => admin.rest(method, prefix + path));
      expect({ status, body }).toEqual({
        status: 501,
        body: { error: expect.stringMatching(/instance/) as string },
      });
      expect(await reader.rest(method, prefix + path)).toMatchObject({
        status: 403,
        body: { error: expect.stringMatching(/^Insufficient permissions: admin:write/) as string },
      });
    }
  });

  it('emoji packs are neither seen nor changed', async () => {
    const admin = await world.asAdmin();
    for (const base of ['/api/v1/pleroma/emoji', '/api/pleroma/emoji']) {
      expect(await admin.rest('GET', `${base}/packs?page=1&page_size=50`)).toMatchObject({
        status: 200,
        body: { packs: {}, count: 0 },
      });
      expect(await admin.rest('GET', `${base}/pack?name=a b&page=1&page_size=30`)).toMatchObject({
        status: 404,
        body: { error: 'Pack a b does not exist' },
      });
      for (const [method, path] of [
        ['POST', '/pack?name=x'],
        ['PATCH', '/pack?name=x'],
        ['DELETE', '/pack?name=x'],
        ['POST', '/packs/files?name=x'],
        ['GET', '/packs/import'],
        ['POST', '/packs/download'],
      ] as const) {
        expect((await admin.rest(method, base + path)).status, `${method} ${path}`).toBe(501);
      }
    }
    expect(await admin.rest('POST', '/api/v1/media')).toMatchObject({
      status: 501,
      body: { error: 'Uploads lie on the disk of the instance; Steward takes none.' },
    });
    expect(await world.as(undefined).rest('POST', '/api/v1/media')).toMatchObject({
      status: 403,
      body: { error: 'Invalid credentials.' },
    });
    expect(await world.as(undefined).rest('GET', '/api/v1/pleroma/emoji/packs')).toMatchObject({
      status: 403,
      body: { error: 'Invalid credentials.' },
    });
  });

  it('is listed as nothing, so that no page of a dashboard fails', async () => {
    const admin = await world.asAdmin();
    expect(await admin.rest('GET', `${v1}/frontends`)).toMatchObject({ status: 200, body: [] });
    expect(
      await admin.rest('GET', `${v1}/media_proxy_caches?query=&page=1&page_size=50`),
    ).toMatchObject({ status: 200, body: { urls: [], count: 0, page_size: 50 } });
    expect(await admin.rest('GET', `${v1}/users/${world.admin.databaseId}/chats`)).toMatchObject({
      status: 200,
      body: [],
    });
  });
});
