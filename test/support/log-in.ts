import { Secret, TOTP } from 'otpauth';
import { beforeEach } from 'vitest';
import { createAttempts } from '../../src/auth/attempts.js';
import { hashPassword } from '../../src/auth/password.js';
import type { RestAnswer } from './client.js';
import { useListening, type Ask } from './listening.js';
import type { World } from './world.js';

export interface Client {
  client_id: string;
  client_secret: string;
}
export interface Token {
  id: number;
  access_token: string;
  refresh_token: string;
  scope: string;
}

export const scopes = 'read write follow push admin';
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
/** What every wrong password, client and code is answered with. */
export const wrong = { status: 400, body: { error: 'Invalid credentials' } };
export const wrongCode = { status: 400, body: { error: 'Invalid code' } };

export const totpSecret = 'JBSWY3DPEHPK3PXP';
/** The code an authenticator shows now, or `shift` milliseconds from now. */
export const totpCode = (shift = 0): string =>
  new TOTP({ secret: Secret.fromBase32(totpSecret), digits: 6, period: 30 }).generate({
    timestamp: Date.now() + shift,
  });

type Body = Record<string, unknown>;

/** What a client of `/oauth` does, at a Steward started before each test. */
export interface LogIn {
  readonly password: string;
  /** The hash of `password`, which every account has when a test begins. */
  readonly passwordHash: () => Promise<string>;
  readonly ask: Ask;
  /** Starts a second Steward over the same database. */
  readonly startAnother: () => Promise<Ask>;
  readonly register: (body?: Body) => Promise<Client>;
  /** Asks for a token with the admin's name and password. */
  readonly logIn: (client: Client, more?: Body) => Promise<RestAnswer>;
  readonly grant: (client: Client, body: Body) => Promise<RestAnswer>;
  /** Answers the question for a second factor. */
  readonly challenge: (client: Client, body: Body) => Promise<RestAnswer>;
}

/** Starts a Steward before each test, and gives every account a password. */
export function useLogIn(world: World): LogIn {
  const start = useListening(world);
  const startAnother = () => start({ attempts: createAttempts(1_000) });
  const password = 'pa:ss wörd';
  /** Hashing is slow on purpose: once is enough. */
  let hash: Promise<string> | undefined;
  const passwordHash = () => (hash ??= hashPassword(password, world.family));
  let started: Ask;
  beforeEach(async () => {
    started = await startAnother();
    await world.database.pool.query('update users set password_hash = $1', [await passwordHash()]);
  });

  const ask: Ask = (...request) => started(...request);
  const asClient = (path: string, client: Client, body: Body) =>
    ask('POST', path, {
      client_id: client.client_id,
      client_secret: client.client_secret,
      ...body,
    });
  const grant = (client: Client, body: Body) => asClient('/oauth/token', client, body);
  return {
    password,
    passwordHash,
    ask,
    startAnother,
    grant,
    register: async (body = {}) =>
      (
        await ask('POST', '/api/v1/apps', {
          client_name: 'AdminFE_1',
          redirect_uris: 'https://fe.example/oauth-callback',
          scopes,
          ...body,
        })
      ).body as Client,
    logIn: (client, more = {}) =>
      grant(client, { grant_type: 'password', username: 'admin', password, ...more }),
    challenge: (client, body) =>
      asClient('/oauth/mfa/challenge', client, { challenge_type: 'totp', ...body }),
  };
}
