import { pbkdf2Sync } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../src/server/app.js';
import { createClient } from '../support/client.js';
import { keepSecret, testLogger } from '../support/log-sink.js';
import { adminSecret, useWorld } from '../support/world.js';

const world = useWorld();
const users = '/api/v1/pleroma/admin/users';
const password = 'the right password';
const base64 = (bytes: Buffer): string =>
  bytes.toString('base64').replaceAll('=', '').replaceAll('+', '.');
/** As the instance would have stored it long ago: the usual hashes are slow on purpose, and this is about their number. */
const passwordHash = `$pbkdf2-sha512$1000$${base64(Buffer.from('salt'))}$${base64(pbkdf2Sync(password, 'salt', 1_000, 64, 'sha512'))}`;
let app: App;
let client: { id: string; secret: string };

/** Sends a guess and says with which status it was answered. */
type Guess = (guess: string) => Promise<number>;

const rest = async (
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<number> => (await createClient(app, undefined).rest(method, path, body, headers)).status;
const basic = (guess: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`mira:${guess}`).toString('base64')}`,
});
const graphql = async (guess: string): Promise<number> =>
  (
    await app.fetch(
      new Request('http://steward.test/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-admin-token': guess },
        body: '{"query":"{ __typename }"}',
      }),
    )
  ).status;
const login: Guess = (guess) =>
  rest('POST', '/oauth/token', {
    grant_type: 'password',
    client_id: client.id,
    client_secret: client.secret,
    username: 'mira',
    password: guess,
  });

const ways: readonly {
  readonly way: string;
  readonly right: string;
  readonly guess: Guess;
  readonly ok: number;
  readonly wrong: number;
}[] = [
  { way: 'x-admin-token on GraphQL', right: adminSecret, guess: graphql, ok: 200, wrong: 401 },
  {
    way: 'x-admin-token on REST',
    right: adminSecret,
    guess: (guess) => rest('GET', users, undefined, { 'x-admin-token': guess }),
    ok: 200,
    wrong: 403,
  },
  {
    way: 'HTTP Basic',
    right: password,
    guess: (guess) => rest('GET', users, undefined, basic(guess)),
    ok: 200,
    wrong: 403,
  },
  { way: '/oauth/token', right: password, guess: login, ok: 200, wrong: 400 },
];

const statuses = async (
  guess: Guess,
  guesses: readonly string[],
): Promise<Record<number, number>> => {
  const answers = await Promise.all(guesses.map(guess));
  return Object.fromEntries(
    [...new Set(answers)]
      .sort()
      .map((status) => [status, answers.filter((answer) => answer === status).length]),
  );
};

const wrongOnes = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `wrong ${String(index)}`);

beforeEach(async () => {
  keepSecret(password);
  app = createApp({
    database: world.source.database,
    source: world.source,
    waysIn: { adminSecret, basicAuth: true },
    log: testLogger(),
  });
  const { id } = await world.user({ nickname: 'mira', isAdmin: true });
  await world.database.pool.query('update users set password_hash = $1 where id = $2', [
    passwordHash,
    id,
  ]);
  const registered = await createClient(app, undefined).rest('POST', '/api/v1/apps', {
    client_name: 'Test',
    redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
    scopes: 'read write admin',
  });
  const { client_id, client_secret } = registered.body as {
    client_id: string;
    client_secret: string;
  };
  client = { id: client_id, secret: client_secret };
});

describe.each(ways)('S7, S27 $way', ({ right, guess, ok, wrong }) => {
  it('of 200 wrong guesses at once 15 are checked, and the right one after them is not', async () => {
    expect(await statuses(guess, wrongOnes(200))).toEqual({ [wrong]: 15, 429: 185 });
    expect(await guess(right)).toBe(429);
  });

  it('a right one among 200 at once, after too many wrong ones, does not get in', async () => {
    expect(await statuses(guess, [...wrongOnes(100), right, ...wrongOnes(99)])).toEqual({
      [wrong]: 15,
      429: 185,
    });
  });

  it('right ones are never counted nor refused, however many come at once', async () => {
    expect(
      await statuses(
        guess,
        Array.from({ length: 20 }, () => right),
      ),
    ).toEqual({ [ok]: 20 });
    expect(await statuses(guess, wrongOnes(14))).toEqual({ [wrong]: 14 });
    expect(await guess(right)).toBe(ok);
    expect(await statuses(guess, wrongOnes(2))).toEqual({ [wrong]: 1, 429: 1 });
  });
});

it('S7 of 200 codes of the second factor at once 15 are checked', async () => {
  const code: Guess = (guess) =>
    rest('POST', '/oauth/mfa/challenge', {
      client_id: client.id,
      client_secret: client.secret,
      mfa_token: 'x',
      challenge_type: 'totp',
      code: guess,
    });
  expect(await statuses(code, wrongOnes(200))).toEqual({ 400: 15, 429: 185 });
});
