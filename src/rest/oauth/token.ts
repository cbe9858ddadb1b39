import type { Attempts } from '../../auth/attempts.js';
import { LoginError } from '../../auth/login-error.js';
import { scopesOf } from '../../auth/token-scopes.js';
import type { OperationContext } from '../../context.js';
import { answerChallenge } from '../../resolvers/oauth/challenge.js';
import type { ClientCredentials } from '../../resolvers/oauth/client.js';
import {
  grantByCode,
  grantByPassword,
  grantByRefresh,
  grantToApp,
} from '../../resolvers/oauth/grants.js';
import type { IssuedToken } from '../../resolvers/oauth/issue.js';
import type { Parameters } from '../request.js';
import { textOf } from './request.js';

/** A request for a token. */
export interface TokenRequest {
  readonly context: OperationContext;
  readonly parameters: Parameters;
  readonly client: ClientCredentials;
  readonly attempts: Attempts;
  readonly address: string;
}

/** `POST /oauth/token` (docs/instance/oauth.md#tokens). */
export async function token({
  context,
  parameters,
  client,
  attempts,
  address,
}: TokenRequest): Promise<unknown> {
  switch (parameters['grant_type']) {
    case 'password': {
      const [username, password] = [textOf(parameters, 'username'), textOf(parameters, 'password')];
      if (username === undefined || password === undefined)
        throw new LoginError({ kind: 'credentials' });
      const grant = { client, username, password, scopes: askedScopes(parameters) };
      return tokenAnswer(
        await attempts.count(
          'password',
          address,
          () => grantByPassword(context, grant),
          isWrongGuess,
        ),
      );
    }
    case 'authorization_code':
      return tokenAnswer(
        await grantByCode(context, {
          client,
          code: needed(parameters, 'code'),
          redirectUri: optional(parameters, 'redirect_uri'),
        }),
      );
    case 'client_credentials':
      return tokenAnswer(await grantToApp(context, { client }));
    case 'refresh_token':
      return tokenAnswer(
        await grantByRefresh(context, {
          client,
          refreshToken: needed(parameters, 'refresh_token'),
        }),
      );
    default:
      throw new LoginError({ kind: 'request' });
  }
}

/**
 * `POST /oauth/mfa/challenge` (docs/instance/oauth.md#second-factor); codes are guessed like
 * passwords and counted with them.
 */
export async function challenge({
  context,
  parameters,
  client,
  attempts,
  address,
}: TokenRequest): Promise<unknown> {
  const given = (name: string): string => textOf(parameters, name) ?? '';
  const answer = {
    client,
    mfaToken: given('mfa_token'),
    type: given('challenge_type'),
    code: given('code'),
  };
  return tokenAnswer(
    await attempts.count('password', address, () => answerChallenge(context, answer), isWrongGuess),
  );
}

/** Of the other faults the caller learns only with the right password. */
function isWrongGuess(error: unknown): boolean {
  return (
    error instanceof LoginError &&
    (error.fault.kind === 'credentials' || error.fault.kind === 'code')
  );
}

/** A parameter without which the instance has nothing to do. */
export function needed(parameters: Parameters, name: string): string {
  const value = textOf(parameters, name);
  if (value === undefined) throw new LoginError({ kind: 'request' });
  return value;
}

/** A parameter that may be left out, but is a text where it is there. */
function optional(parameters: Parameters, name: string): string | undefined {
  return parameters[name] === undefined ? undefined : needed(parameters, name);
}

function askedScopes({ scope, scopes }: Parameters): string[] | undefined {
  const asked = scope ?? scopes;
  if (Array.isArray(asked)) return asked.filter((item) => typeof item === 'string');
  return typeof asked === 'string' && asked !== '' ? scopesOf(asked) : undefined;
}

function tokenAnswer({ row, expiresIn, apId }: IssuedToken): Record<string, unknown> {
  return {
    id: Number(row.id),
    token_type: 'Bearer',
    access_token: row.token,
    refresh_token: row.refreshToken,
    expires_in: expiresIn,
    scope: row.scopes.join(' '),
    created_at: Math.floor(row.insertedAt.getTime() / 1_000),
    ...(apId === undefined ? {} : { me: apId }),
  };
}
