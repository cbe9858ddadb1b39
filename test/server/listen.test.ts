import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { App } from '../../src/server/app.js';
import { listen } from '../../src/server/listen.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const users = '/api/v1/pleroma/admin/users';

/** Sends chunks without saying how long they are, as `fetch` does with a stream. */
function sendChunks(
  url: string,
  method: string,
  headers: Record<string, string>,
  chunks: readonly string[],
): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    for (const chunk of chunks) outgoing.write(chunk);
    outgoing.end();
  });
}

describe('over a socket', () => {
  it('serves both doors, bodies of every kind and none, and stops when told', async () => {
    await world.user({ nickname: 'alice' });
    const token = await world.token(world.admin);
    const { url, stop } = await listen(world.app, { host: '127.0.0.1', port: 0 });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    try {
      expect(
        (await fetch(`${url}${users}/permission_group/king`, { method: 'DELETE', headers })).status,
      ).toBe(404);
      expect(
        (
          await fetch(`${url}${users}?nickname=nobody`, {
            method: 'DELETE',
            headers: { authorization: headers.authorization },
          })
        ).status,
      ).toBe(404);
      expect(
        (
          await fetch(`${url}${users}/tag`, {
            method: 'DELETE',
            headers,
            body: JSON.stringify({ nicknames: ['alice'], tags: ['x'] }),
          })
        ).status,
      ).toBe(204);
      expect(
        await sendChunks(`${url}${users}/tag`, 'PUT', headers, [
          '{"nicknames":["alice"],',
          '"tags":["x"]}',
        ]),
      ).toBe(204);
      expect(
        await sendChunks(
          `${url}${users}/tag`,
          'PUT',
          headers,
          Array.from({ length: 20 }, () => 'x'.repeat(65_536)),
        ),
      ).toBe(413);
      const longest = (more: string): string =>
        JSON.stringify({ nicknames: ['alice'], tags: ['x'] }).padEnd(1_048_576) + more;
      expect(
        (await fetch(`${url}${users}/tag`, { method: 'PUT', headers, body: longest('') })).status,
      ).toBe(204);
      expect(
        (await fetch(`${url}${users}/tag`, { method: 'PUT', headers, body: longest(' ') })).status,
      ).toBe(413);
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query: '{ users { totalCount } }' }),
      });
      expect(await answer.json()).toMatchObject({ data: { users: { totalCount: 2 } } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      const page = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
      expect(page.status).toBe(200);
      const html = await page.text();
      expect(html).toContain('Steward');
      expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
    } finally {
      await stop();
    }
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  });

  it('answers all that was sent on a connection before it stops, the last with `Connection: close`', async () => {
    const token = await world.token(world.admin);
    let begun = 0;
    let answerLast = (): void => undefined;
    const handle: App['handle'] = (incoming, outgoing) => {
      begun += 1;
      const answer = (): void => {
        world.app.handle(incoming, outgoing);
      };
      if (begun < 3) answer();
      else answerLast = answer;
    };
    const { url, stop } = await listen({ ...world.app, handle }, { host: '127.0.0.1', port: 0 });
    const head = `GET ${users} HTTP/1.1\r\nHost: steward.test\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(head + head + head);
    const said = text(socket);
    while (begun < 3) await pause(1);
    const stopped = stop();
    answerLast();
    await stopped;
    const answers = (await said).split('HTTP/1.1 ').slice(1);
    expect(
      answers.map((answer) => [
        answer.slice(0, 6),
        /^connection: (.*)$/im.exec(answer)?.[1]?.trim(),
      ]),
    ).toEqual([
      ['200 OK', 'keep-alive'],
      ['200 OK', 'keep-alive'],
      ['200 OK', 'close'],
    ]);
  });
});
