import { z } from 'zod';
import type { Described } from '../openapi/operation.js';
import { examples } from '../schemas/examples.js';
import { instance, nodeinfo, nodeinfoLinks } from '../schemas/instance.js';
import { app, loginRefusal, token } from '../schemas/oauth.js';
import { ownAccount } from '../schemas/own-account.js';
import { shown } from '../schemas/parts.js';
import { refusal } from '../schemas/refusal.js';
import { registration } from './register.js';

type Description = Pick<Described, 'method' | 'path' | 'operationId' | 'summary' | 'answers'> &
  Partial<Described>;

const text = z.string();
const client = { client_id: text.optional(), client_secret: text.optional() };
const credentials = { client_id: examples.clientId, client_secret: examples.clientSecret };
const badRequest = z.union([loginRefusal, refusal.v1]);

const tokenInput = z.object({
  ...client,
  grant_type: z.enum(['password', 'authorization_code', 'client_credentials', 'refresh_token']),
  username: text.optional(),
  password: text.optional(),
  code: text.optional(),
  refresh_token: text.optional(),
  scope: text.optional(),
});

const list: readonly Description[] = [
  {
    method: 'POST',
    path: '/api/v1/apps',
    operationId: 'appRegister',
    summary: 'Register a client program',
    description: 'Gives the client id and secret with which tokens are asked for. Open to anybody.',
    tag: 'Log-in',
    input: registration,
    answers: app,
    refusals: { 400: refusal.v1 },
    example: {
      client_name: 'A dashboard',
      redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
      scopes: 'read write follow push admin',
    },
  },
  {
    method: 'POST',
    path: '/oauth/token',
    operationId: 'tokenCreate',
    summary: 'A token for name and password, a code, a refresh token, or the program itself',
    description:
      'Grants `password`, `authorization_code`, `client_credentials` and `refresh_token`. An account with a second factor is answered 403 with an `mfa_token` for the challenge.',
    tag: 'Log-in',
    input: tokenInput,
    answers: token,
    refusals: { 400: badRequest, 403: loginRefusal, 429: refusal.v1 },
    example: {
      ...credentials,
      grant_type: 'password',
      username: examples.nickname,
      password: examples.password,
    },
  },
  {
    method: 'POST',
    path: '/oauth/mfa/challenge',
    operationId: 'mfaChallenge',
    summary: 'A token for the code of the second factor',
    description:
      'Takes the `mfa_token` of the refused log-in and a TOTP or recovery code; each code is good once.',
    tag: 'Log-in',
    input: z.object({
      ...client,
      mfa_token: text,
      challenge_type: z.enum(['totp', 'recovery']),
      code: text,
    }),
    answers: token,
    refusals: { 400: badRequest, 429: refusal.v1 },
    example: {
      ...credentials,
      mfa_token: examples.mfaToken,
      challenge_type: 'recovery',
      code: examples.recoveryCode,
    },
  },
  {
    method: 'POST',
    path: '/oauth/revoke',
    operationId: 'tokenRevoke',
    summary: 'End a token',
    description:
      'The token is refused from the next request on. An unknown token is answered alike.',
    tag: 'Log-in',
    input: z.object({ ...client, token: text }),
    answers: z.object({}),
    refusals: { 400: badRequest },
    example: { ...credentials, token: examples.revokedToken },
  },
  {
    method: 'GET',
    path: '/api/v1/accounts/verify_credentials',
    operationId: 'ownAccount',
    summary: "The caller's own account",
    description: 'Scope: `read:accounts`.',
    tag: 'Log-in',
    answers: ownAccount,
    refusals: { 403: refusal.v1 },
    security: [{ oauth: ['read:accounts'] }, { bearer: [] }, { basic: [] }],
  },
  {
    method: 'GET',
    path: '/api/v1/instance',
    operationId: 'instance',
    summary: 'The instance',
    description: 'What the Mastodon API says of the instance.',
    answers: instance,
  },
  {
    method: 'GET',
    path: '/api/v1/instance/peers',
    operationId: 'peers',
    summary: 'Other instances whose accounts are known',
    description: 'Empty where the instance does not publish them.',
    answers: z.array(shown(z.string(), examples.remoteHost)),
  },
  {
    method: 'GET',
    path: '/.well-known/nodeinfo',
    operationId: 'nodeinfoLinks',
    summary: 'Where the node information is',
    description: 'Links to both versions of the node information.',
    answers: nodeinfoLinks,
  },
  {
    method: 'GET',
    path: '/nodeinfo/2.0.json',
    operationId: 'nodeinfo20',
    summary: 'Node information 2.0',
    description: 'As nodeinfo.diaspora.software defines version 2.0.',
    answers: nodeinfo,
  },
  {
    method: 'GET',
    path: '/nodeinfo/2.1.json',
    operationId: 'nodeinfo21',
    summary: 'Node information 2.1',
    description: 'As nodeinfo.diaspora.software defines version 2.1.',
    answers: nodeinfo,
  },
];

/** What the OpenAPI document says of the routes of `mountOAuth`; a test holds the two lists against each other. */
export const oauthDescriptions: readonly Described[] = list.map((description) => ({
  tag: 'Instance',
  input: z.object({}),
  takesForms: true,
  status: 200,
  refusals: {},
  example: {},
  security: [],
  ...description,
}));
