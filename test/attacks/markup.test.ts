import { describe, expect, it } from 'vitest';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
const script = '<script>alert(1)</script>';

describe('S30 markup that others wrote', () => {
  it('is text in JSON, and JSON is nothing else: no browser takes it for a page, shows it in a frame or keeps it', async () => {
    const mallory = await world.user({ nickname: 'mallory', name: script, bio: script });
    await posts.report(mallory, mallory);
    const admin = await world.asAdmin();
    for (const path of [
      '/api/v1/pleroma/admin/users?query=mallory',
      '/api/pleroma/admin/users/mallory',
      '/api/v1/pleroma/admin/reports',
      `/graphql?query=${encodeURIComponent('{ user(by: { nickname: "mallory" }) { nickname } }')}`,
    ]) {
      const { status, headers, body } = await admin.rest('GET', path);
      expect([
        path,
        status,
        headers.get('content-type')?.split(';')[0],
        headers.get('x-content-type-options'),
        headers.get('x-frame-options'),
        headers.get('cache-control'),
      ]).toEqual([path, 200, 'application/json', 'nosniff', 'DENY', 'no-store']);
      expect(JSON.stringify(body)).toContain('mallory');
    }
  });

  it('a refusal that quotes it is JSON too, whatever the door', async () => {
    const admin = await world.asAdmin();
    for (const [method, path] of [
      ['GET', `/api/v1/pleroma/admin/users/${encodeURIComponent(script)}`],
      ['GET', `/api/v1/pleroma/admin/reports?state=${encodeURIComponent(script)}`],
      ['GET', `/graphql?query=${encodeURIComponent(script)}`],
      ['GET', `/${encodeURIComponent(script)}`],
    ] as const) {
      const { status, headers } = await admin.rest(method, path, undefined, {
        accept: 'application/json',
      });
      expect([
        path,
        status < 500,
        headers.get('content-type')?.split(';')[0],
        headers.get('x-content-type-options'),
      ]).toEqual([path, true, 'application/json', 'nosniff']);
    }
  });

  it("the pages of Steward come from nobody's words and cannot be framed", async () => {
    for (const path of ['/graphql', '/api/docs']) {
      const page = await world.app.fetch(
        new Request(`http://steward.test${path}?x=${encodeURIComponent(script)}`, {
          headers: { accept: 'text/html' },
        }),
      );
      expect([
        page.status,
        page.headers.get('content-type')?.split(';')[0],
        page.headers.get('x-frame-options'),
        page.headers.get('x-content-type-options'),
      ]).toEqual([200, 'text/html', 'DENY', 'nosniff']);
      expect(await page.text()).not.toContain('alert(1)');
    }
  });

  it('what would be a formula in a table, or a tag in a name, is no nickname', async () => {
    const admin = await world.asAdmin();
    for (const nickname of ["=cmd|'/C calc'!A0", '+1', '@x', script, 'a<b>']) {
      const { data } = await world.expectUnchanged(() =>
        admin.graphql(
          'mutation ($input: UsersCreateInput!) { usersCreate(input: $input) { errors { code path } } }',
          {
            input: {
              users: [{ nickname, email: 'x@mail.example', password: 'a-long-enough-password' }],
            },
          },
        ),
      );
      expect(data, nickname).toEqual({
        usersCreate: { errors: [{ code: 'INVALID', path: ['users', '0', 'nickname'] }] },
      });
    }
  });
});
