import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  world.app.fetch(new Request(`http://steward.test${path}`, { headers }));
/** Every path in a page, also in what its start script is given. */
const filesIn = (html: string): string[] =>
  [...html.replaceAll('&quot;', '"').matchAll(/"(\/[^"]+)"/g)].map(([, path = '']) => path);

const pages = [
  ['/api/docs', {}, 4, "style-src 'self';"],
  ['/graphql', { accept: 'text/html,*/*;q=0.8' }, 6, "style-src 'self' 'unsafe-inline';"],
] as const;

describe.each(pages)('%s', (path, headers, count, styles) => {
  it('is a small page made of files from here alone, under a policy that lets no other script in', async () => {
    const page = await get(path, headers);
    const html = await page.text();
    expect([
      page.status,
      page.headers.get('content-type')?.toLowerCase(),
      page.headers.get('cache-control'),
    ]).toEqual([200, 'text/html; charset=utf-8', 'no-cache']);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ]),
    );
    expect(policy).toContain(styles);
    expect(policy.replace(styles, '')).not.toMatch(/unsafe|http|\*/);
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(html).not.toMatch(/<script>|<style|style=|https?:|\son\w+=/);
    expect(html.length).toBeLessThan(5_000);
    expect(new Set(filesIn(html)).size).toBe(count);
  });

  it('has files that browsers keep for good: their paths hold a hash of what they are', async () => {
    const html = await (await get(path, headers)).text();
    for (const file of filesIn(html)) {
      const answer = await get(file);
      const bytes = Buffer.from(await answer.arrayBuffer());
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
      expect([file, answer.status, file.split('/').at(-2)]).toEqual([file, 200, hash]);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-type')).toMatch(
        /^(text\/(css|javascript); charset=utf-8|image\/png)$/,
      );
      const zipped = await get(file, { 'accept-encoding': 'gzip, br' });
      expect([zipped.headers.get('content-encoding'), zipped.headers.get('vary')]).toEqual([
        'gzip',
        'Accept-Encoding',
      ]);
      expect(gunzipSync(Buffer.from(await zipped.arrayBuffer())).equals(bytes)).toBe(true);
      expect((await get(file.replace(hash, '0'.repeat(16)))).status).toBe(404);
    }
    expect((await get(`${filesIn(html)[0]?.replace(/[^/]+$/, '') ?? ''}constructor`)).status).toBe(
      404,
    );
  });
});

it('the page at /graphql keeps the token for its tab alone, and removes what was kept for good', async () => {
  const html = await (await get('/graphql', { accept: 'text/html' })).text();
  const start = await (
    await get(filesIn(html).find((file) => file.endsWith('/start.js')) ?? '')
  ).text();
  expect(start).toContain('clear(localStorage)');
  expect(start.match(/localStorage/g)).toHaveLength(1);
  expect(start).toContain('sessionStorage.setItem(key, value)');
});
