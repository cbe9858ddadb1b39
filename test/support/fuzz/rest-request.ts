import { z } from 'zod';
import { prefixes } from '../../../src/rest/dialect.js';
import type { Route } from '../../../src/rest/route.js';
import type { Choices } from './choices.js';

export interface GeneratedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Routes beside the admin API, with what they read. */
const others = [
  {
    method: 'POST',
    path: '/oauth/token',
    names: [
      'grant_type',
      'username',
      'password',
      'client_id',
      'client_secret',
      'scope',
      'refresh_token',
      'code',
      'redirect_uri',
    ],
  },
  {
    method: 'POST',
    path: '/oauth/mfa/challenge',
    names: ['mfa_token', 'challenge_type', 'code', 'client_id', 'client_secret'],
  },
  { method: 'POST', path: '/oauth/revoke', names: ['token', 'client_id'] },
  {
    method: 'POST',
    path: '/api/v1/apps',
    names: ['client_name', 'redirect_uris', 'scopes', 'website'],
  },
  { method: 'GET', path: '/api/v1/instance', names: [] },
  { method: 'GET', path: '/nodeinfo/:version', names: [] },
];
const usualNames = [
  'page',
  'page_size',
  'limit',
  'query',
  'filters',
  'tags',
  'nicknames',
  'nickname',
  'state',
  'local_only',
  'godmode',
  'with_reblogs',
  'status',
  'content',
  'reports',
  'user',
  'users',
  'tag',
  'configs',
  'visibility',
  'sensitive',
];

/** A request to one of the routes, whose parameters mostly have the right names and the wrong values. */
export function generateRequest(routes: readonly Route[], choices: Choices): GeneratedRequest {
  const isOther = choices.once(8);
  const route = choices.pick(routes);
  const other = choices.pick(others);
  const path = isOther ? other.path : prefixes[choices.pick(route.dialects)] + route.path;
  const method = choices.once(40)
    ? choices.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
    : isOther
      ? other.method
      : route.method;
  const names = isOther ? other.names : [...namesOf(route.input), ...usualNames];
  const filled = path.replace(/:\w+/g, () =>
    choices.once(30)
      ? choices.pick(['%ff', '%00', '%', '%2e%2e%2f'])
      : encodeURIComponent(wellFormed(choices.text())),
  );
  const parameters = (): [string, unknown][] =>
    choices.some(names, 4).map((name) => [name, choices.json()]);
  const query = choices.once(2)
    ? `?${parameters()
        .map(([name, value]) => pair(name, value, choices))
        .join('&')}`
    : '';
  return { method, path: filled + query, ...bodyOf(method, parameters, choices) };
}

function bodyOf(
  method: string,
  parameters: () => [string, unknown][],
  choices: Choices,
): Pick<GeneratedRequest, 'headers' | 'body'> {
  if (method === 'GET') return { headers: {}, body: undefined };
  switch (choices.number(8)) {
    case 0:
      return {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: parameters()
          .map(([name, value]) => pair(name, value, choices))
          .join('&'),
      };
    case 1:
      return {
        headers: {
          'content-type': choices.pick([
            'text/plain',
            'multipart/form-data; boundary=x',
            'application/json; charset=utf-16',
            '',
          ]),
        },
        body: choices.text(),
      };
    case 2:
      return {
        headers: { 'content-type': 'application/json' },
        body: choices.pick([
          choices.text(),
          '['.repeat(50_000),
          '{"a":'.repeat(20_000),
          '123',
          'null',
          JSON.stringify(choices.json()),
        ]),
      };
    default:
      return {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(Object.fromEntries(parameters())),
      };
  }
}

function pair(name: string, value: unknown, choices: Choices): string {
  const text = wellFormed(typeof value === 'string' ? value : JSON.stringify(value));
  return `${name}${choices.pick(['', '[]', '[a]', '[a][b][]', '['])}=${choices.once(20) ? text : encodeURIComponent(text)}`;
}

/** The names a route reads, where its rules are an object. */
function namesOf(input: z.ZodType): string[] {
  if (input instanceof z.ZodPipe) return namesOf(input.in as z.ZodType);
  return input instanceof z.ZodObject ? Object.keys(input.shape) : [];
}

/** Lone surrogates have no percent encoding. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
