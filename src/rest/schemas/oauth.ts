import { z } from 'zod';
import { examples } from './examples.js';
import { component, shown } from './parts.js';

/** A client program (docs/instance/oauth.md#registering-a-client-program). */
export const app = component(
  'OAuthApp',
  'A client program, with what it asks for tokens with.',
  z.object({
    id: shown(z.string(), '1'),
    name: shown(z.string(), 'A dashboard'),
    client_id: shown(z.string(), examples.clientId),
    client_secret: shown(z.string(), examples.clientSecret),
    redirect_uri: shown(z.string(), 'urn:ietf:wg:oauth:2.0:oob'),
    website: shown(z.string().nullable(), null),
    vapid_key: shown(z.string(), 'BAq6m2w8G5Yw').optional(),
  }),
);

/** A token (docs/instance/oauth.md#tokens). */
export const token = component(
  'Token',
  'A token; works here and on the instance.',
  z.object({
    id: shown(z.int(), 1),
    token_type: z.literal('Bearer'),
    access_token: shown(z.string(), examples.revokedToken),
    refresh_token: shown(z.string().nullable(), examples.clientSecret),
    expires_in: shown(z.int(), 3_153_600_000),
    scope: shown(z.string(), 'read write follow push admin'),
    created_at: shown(z.int(), 1763683767),
    me: shown(z.string(), `${examples.url}/users/${examples.nickname}`).optional(),
  }),
);

/** Why nobody was let in. */
export const loginRefusal = component(
  'LoginRefusal',
  'Why nobody was let in; with mfa_token when a second factor is asked for.',
  z.object({
    error: shown(z.string(), 'Invalid credentials'),
    identifier: shown(z.string(), 'account_is_disabled').optional(),
    mfa_token: shown(z.string(), examples.mfaToken).optional(),
    supported_challenge_types: shown(z.string(), 'totp').optional(),
  }),
);
