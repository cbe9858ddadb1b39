import { describe, expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const mutation =
  'mutation { usersTag(input: { users: [{ nickname: "admin" }], tags: ["x"] }) { errors { code } } }';

const send = async (
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string | FormData,
): Promise<Response> =>
  world.app.fetch(
    new Request(`http://steward.test${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    }),
  );

describe('S6 a change by anything but a JSON POST with a header of its own', () => {
  it('is refused, and no row is another', async () => {
    const bearer = { authorization: `Bearer ${await world.token(world.admin)}` };
    const form = new FormData();
    form.set('operations', JSON.stringify({ query: mutation }));
    form.set('map', '{}');
    const tries: [string, number, () => Promise<Response>][] = [
      ['GET', 405, () => send('GET', `/graphql?query=${encodeURIComponent(mutation)}`, bearer)],
      [
        'GET with a body',
        405,
        () =>
          send('GET', `/graphql?query=${encodeURIComponent(mutation)}`, {
            ...bearer,
            'content-type': 'application/json',
          }),
      ],
      [
        'PUT',
        405,
        () =>
          send(
            'PUT',
            '/graphql',
            { ...bearer, 'content-type': 'application/json' },
            JSON.stringify({ query: mutation }),
          ),
      ],
      [
        'a form',
        415,
        () =>
          send(
            'POST',
            '/graphql',
            { ...bearer, 'content-type': 'application/x-www-form-urlencoded' },
            new URLSearchParams({ query: mutation }).toString(),
          ),
      ],
      ['a form in parts', 415, () => send('POST', '/graphql', bearer, form)],
      [
        'plain text',
        415,
        () =>
          send(
            'POST',
            '/graphql',
            { ...bearer, 'content-type': 'text/plain' },
            JSON.stringify({ query: mutation }),
          ),
      ],
      [
        'application/graphql',
        415,
        () =>
          send('POST', '/graphql', { ...bearer, 'content-type': 'application/graphql' }, mutation),
      ],
      [
        "another page with the visitor's cookie",
        401,
        () =>
          send(
            'POST',
            '/graphql',
            {
              'content-type': 'application/json',
              origin: 'https://evil.example',
              cookie: `_akkoma_key=${bearer.authorization}; token=${bearer.authorization}`,
            },
            JSON.stringify({ query: mutation }),
          ),
      ],
      [
        'a cookie on REST',
        403,
        () =>
          send(
            'PUT',
            '/api/v1/pleroma/admin/users/tag',
            { 'content-type': 'application/json', cookie: `_akkoma_key=${bearer.authorization}` },
            JSON.stringify({ nicknames: ['admin'], tags: ['x'] }),
          ),
      ],
      [
        'a compressed body',
        415,
        () =>
          send(
            'POST',
            '/graphql',
            { ...bearer, 'content-type': 'application/json', 'content-encoding': 'gzip' },
            'x',
          ),
      ],
      [
        'a compressed body on REST',
        415,
        () =>
          send(
            'PUT',
            '/api/v1/pleroma/admin/users/tag',
            { ...bearer, 'content-type': 'application/json', 'content-encoding': 'br' },
            'x',
          ),
      ],
      [
        '1 MiB and a byte',
        413,
        () =>
          send(
            'POST',
            '/graphql',
            { ...bearer, 'content-type': 'application/json', 'content-length': '1048577' },
            `{"query":"${' '.repeat(1_048_565)}"}`,
          ),
      ],
    ];
    for (const [name, status, attempt] of tries)
      expect([name, (await world.expectUnchanged(attempt)).status]).toEqual([name, status]);
  });

  it('no page of another origin may read an answer', async () => {
    const headers = {
      authorization: `Bearer ${await world.token(world.admin)}`,
      'content-type': 'application/json',
      origin: 'https://evil.example',
    };
    for (const path of ['/graphql', '/api/v1/pleroma/admin/users']) {
      const preflight = await send('OPTIONS', path, {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      });
      expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    }
    const answer = await send(
      'POST',
      '/graphql',
      headers,
      JSON.stringify({ query: '{ users { totalCount } }' }),
    );
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});
