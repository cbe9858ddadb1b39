import { expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const get = (path: string): Promise<Response> => world.app.fetch(new Request(`http://steward.test${path}`));

it('/api/docs is a page made of files from here alone, under a policy that lets nothing else in', async () => {
  const page = await get('/api/docs');
  const html = await page.text();
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy.split('; ')).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"]));
  expect(policy).not.toMatch(/unsafe|http|\*/);
  expect(html).not.toMatch(/<script>|<style|style=|https?:/);
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
  expect(files).toHaveLength(4);
  const types = await Promise.all(files.map(async (path) => {
    const file = await get(path);
    return [file.status, file.headers.get('content-type'), file.headers.get('x-content-type-options'), (await file.arrayBuffer()).byteLength > 0];
  }));
  expect(types).toEqual([[200, 'text/css; charset=utf-8', 'nosniff', true], [200, 'image/png', 'nosniff', true], [200, 'text/javascript; charset=utf-8', 'nosniff', true], [200, 'text/javascript; charset=utf-8', 'nosniff', true]]);
});
