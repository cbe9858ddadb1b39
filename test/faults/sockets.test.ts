import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import { startNoteLoad, writeOneNote, type Attempt } from '../support/note-load.js';
import { makePosts } from '../support/posts.js';
import { useStewards } from '../support/steward-process.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const startSteward = useStewards();
const tag = '/api/v1/pleroma/admin/users/tag';
let token = '';
let report = '';

beforeEach(async () => {
  const alice = await world.user({ nickname: 'alice' });
  token = await world.token(world.admin);
  report = (await makePosts(world).report(alice, world.admin)).databaseId;
});
const settings = (): Record<string, string> => ({ DATABASE_URL: String(world.databaseUrl) });

interface Talk {
  readonly socket: Socket;
  /** What the server said until it closed, and after how many milliseconds that was. */
  readonly closed: Promise<{ readonly said: string; readonly after: number }>;
}

/** Opens a socket and sends these bytes. */
function talk(url: string, bytes: string): Talk {
  const { hostname, port } = new URL(url);
  const startedAt = performance.now();
  const socket = connect(Number(port), hostname, () => {
    socket.write(bytes);
  });
  let said = '';
  socket.on('data', (chunk: Buffer) => void (said += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  return {
    socket,
    closed: new Promise((resolve) =>
      socket.once('close', () => {
        resolve({ said, after: performance.now() - startedAt });
      }),
    ),
  };
}

const head = (method: string, path: string, ...lines: string[]): string =>
  [
    `${method} ${path} HTTP/1.1`,
    'Host: steward.test',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    ...lines,
    '',
    '',
  ].join('\r\n');

it('SIGTERM under load: every request already sent is answered, none with 5xx, and it ends with 0 within 10 s', async () => {
  const { url, child, ended, log } = await startSteward(settings());
  const other = await startSteward(settings());
  const attempts: Attempt[] = [];
  const elsewhere: Attempt[] = [];
  let [number, isOver] = [0, false];
  const caller = async (): Promise<void> => {
    for (;;) {
      const attempt = await writeOneNote({ urls: [url], token, report }, (number += 1));
      attempts.push(attempt);
      if (attempt.status === undefined) return;
    }
  };
  const otherCaller = async (): Promise<void> => {
    while (!isOver)
      elsewhere.push(await writeOneNote({ urls: [other.url], token, report }, (number += 1)));
  };
  expect((await writeOneNote({ urls: [url], token, report }, 0)).isAcknowledged).toBe(true);
  const callers = [...Array.from({ length: 8 }, caller), otherCaller()];
  while (attempts.length < 100) await pause(10);
  const toldAt = performance.now();
  child.kill('SIGTERM');
  expect(await ended, log()).toEqual({ code: 0, signal: null });
  expect(performance.now() - toldAt).toBeLessThan(10_000);
  isOver = true;
  await Promise.all(callers);
  expect(elsewhere.filter(({ isAcknowledged }) => !isAcknowledged)).toEqual([]);
  const answered = attempts.filter(({ status }) => status !== undefined);
  expect(answered.filter(({ isAcknowledged }) => !isAcknowledged)).toEqual([]);
  // A request that crosses the end of an idle connection was never read: such a caller asks again, elsewhere.
  expect(
    attempts.filter(({ status, startedAt }) => status === undefined && startedAt < toldAt - 50),
  ).toEqual([]);
  const { length } = await world.rows('report_notes');
  expect(length).toBe(answered.length + elsewhere.length + 1);
});

it('500 sockets that never finish their head are closed within 15 s, and others are served meanwhile', async () => {
  const { url } = await startSteward(settings());
  const slow = Array.from({ length: 500 }, () =>
    talk(url, 'POST /graphql HTTP/1.1\r\nHost: steward.test\r\nX-Slow: '),
  );
  const drip = setInterval(() => {
    for (const { socket } of slow) if (socket.writable) socket.write('x');
  }, 1_000);
  const load = startNoteLoad({ urls: [url], token, report }, 10);
  const ends = await Promise.all(slow.map(({ closed }) => closed));
  clearInterval(drip);
  const attempts = await load.end();
  expect(Math.max(...ends.map(({ after }) => after))).toBeLessThan(15_000);
  for (const { said } of ends) expect(said).toMatch(/^(HTTP\/1\.1 408 |$)/);
  expect(attempts.filter(({ isAcknowledged }) => !isAcknowledged)).toEqual([]);
  expect(attempts.length).toBeGreaterThan(20);
});

it('bodies that never end are closed within 15 s: by their length, by chunks, and dripping', async () => {
  const { url } = await startSteward(settings());
  const talks = [
    talk(url, `${head('POST', '/graphql', 'Content-Length: 1000')}{"query":`),
    talk(url, `${head('POST', '/graphql', 'Transfer-Encoding: chunked')}5\r\n{"que\r\n`),
    talk(url, `${head('PUT', tag, 'Transfer-Encoding: chunked')}5\r\n{"nic\r\n`),
    talk(url, `${head('PUT', tag, 'Content-Length: 1000')}{"nicknames":`),
  ];
  const drip = setInterval(() => {
    for (const { socket } of talks.slice(1, 3)) if (socket.writable) socket.write('1\r\n \r\n');
  }, 500);
  const ends = await Promise.all(talks.map(({ closed }) => closed));
  clearInterval(drip);
  for (const { said, after } of ends) {
    expect(after).toBeLessThan(15_000);
    expect(said).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
  }
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect(await world.rows('moderation_log')).toEqual([]);
});

it('a head of 64 KB is 431; a body of 1 MiB and a byte is 413 on every door, by its length and by chunks', async () => {
  const { url } = await startSteward(settings());
  const large = await talk(
    url,
    `GET /health/live HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(65_536)}\r\n\r\n`,
  ).closed;
  expect(large.said).toMatch(/^HTTP\/1\.1 431 /);
  const body = 'x'.repeat(1_048_577);
  for (const [method, path] of [
    ['POST', '/graphql'],
    ['PUT', tag],
    ['POST', '/oauth/token'],
    ['POST', '/nowhere'],
  ] as const) {
    const byLength = talk(
      url,
      `${head(method, path, `Content-Length: ${body.length}`, 'Connection: close')}${body}`,
    );
    const byChunks = talk(
      url,
      `${head(method, path, 'Transfer-Encoding: chunked', 'Connection: close')}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    );
    for (const { said } of await Promise.all([byLength.closed, byChunks.closed]))
      expect(said, `${method} ${path}`).toMatch(/^HTTP\/1\.1 413 /);
  }
  const fits = await fetch(`${url}${tag}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"nicknames":["alice"],"tags":["x"]}'.padEnd(1_048_576),
  });
  expect(fits.status).toBe(204);
});
