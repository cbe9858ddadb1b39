import { describe, expect, it } from 'vitest';
import { bearer, useLogIn } from '../support/log-in.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const { ask, register } = useLogIn(world);

describe('registering an app', () => {
  it.each([
    [{ redirect_uris: 'x' }, 'Missing field: client_name.'],
    [{ client_name: 'x' }, 'Missing field: redirect_uris.'],
    [{ client_name: 'Mastodon-Local', redirect_uris: 'x' }, 'client_name is reserved.'],
    [
      { client_name: 'x'.repeat(256), redirect_uris: 'x' },
      'client_name should be at most 255 character(s).',
    ],
    [
      { client_name: 'a\0b', redirect_uris: 'x' },
      'client_name must not contain NUL or unpaired surrogates.',
    ],
  ])('refuses %j', async (body, error) => {
    expect(await world.expectUnchanged(() => ask('POST', '/api/v1/apps', body))).toMatchObject({
      status: 400,
      body: { error },
    });
  });

  it("reads is the default scope, commas and lists are fine, and the app is its maker's", async () => {
    await ask(
      'POST',
      '/api/v1/apps',
      new URLSearchParams({ client_name: 'a', redirect_uris: 'x' }),
      bearer(await world.token(world.admin)),
    );
    await register({ scopes: 'read,write follow' });
    await register({ scopes: ['push'] });
    expect(
      (await world.rows('apps'))
        .slice(-3)
        .map(({ scopes: given, user_id: owner }) => [given, owner]),
    ).toEqual([
      [['read'], world.admin.id],
      [['read', 'write', 'follow'], null],
      [['push'], null],
    ]);
  });

  it('broken JSON is no crash', async () => {
    expect(
      (await ask('POST', '/api/v1/apps', '{', { 'content-type': 'application/json' })).status,
    ).toBe(400);
    expect(
      (await ask('POST', '/oauth/token', 'x', { 'content-type': 'multipart/form-data' })).status,
    ).toBe(400);
  });
});
