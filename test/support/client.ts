import { expect } from 'vitest';
import type { App } from '../../src/server/app.js';
import { keepCredentials, keepSecretsOf } from './secrets.js';

/** What GraphQL answered, and the status it came with. */
export interface GraphQLAnswer {
  readonly status: number;
  readonly data: Record<string, unknown> | null | undefined;
  readonly extensions: { readonly cost?: { readonly requestedQueryCost: number } } | undefined;
  readonly errors:
    { readonly message: string; readonly extensions?: { readonly code?: string } }[] | undefined;
}

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** Speaks to an app as one caller, through both doors of HTTP, without a socket. */
export interface Client {
  /** Runs a document and hands out everything. */
  graphql(document: string, variables?: Record<string, unknown>): Promise<GraphQLAnswer>;
  /** Runs a document that must not fail and hands out its data. */
  data<Data = Record<string, never>>(
    document: string,
    variables?: Record<string, unknown>,
  ): Promise<Data>;
  /** `path` begins with `/api`; an object body is sent as JSON. */
  rest(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<RestAnswer>;
}

const origin = 'http://steward.test';

/** What an answer holds: JSON, a page as text, or nothing. */
export function readBody(headers: Headers, text: string): unknown {
  if (text === '') return undefined;
  return /^(text\/(html|event-stream)|multipart\/)/.test(headers.get('content-type') ?? '')
    ? text
    : (JSON.parse(text) as unknown);
}

export function createClient(app: App, token: string | undefined): Client {
  const credentials: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  keepCredentials(credentials);
  const graphql: Client['graphql'] = async (query, variables) => {
    keepSecretsOf(variables);
    const response = await app.fetch(
      new Request(`${origin}/graphql`, {
        method: 'POST',
        headers: { ...credentials, 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      }),
    );
    const answer = (await response.json()) as GraphQLAnswer;
    return {
      status: response.status,
      data: answer.data,
      errors: answer.errors,
      extensions: answer.extensions,
    };
  };
  return {
    graphql,
    data: async <Data>(document: string, variables?: Record<string, unknown>) => {
      const answer = await graphql(document, variables);
      expect(
        answer.errors,
        `${document}\n${JSON.stringify(variables)}\n${JSON.stringify(answer)}`,
      ).toBeUndefined();
      return answer.data as Data;
    },
    rest: async (method, path, body, headers = {}) => {
      keepCredentials(headers);
      keepSecretsOf(body);
      const isText = typeof body === 'string' || body === undefined;
      const response = await app.fetch(
        new Request(origin + path, {
          method,
          headers: {
            ...credentials,
            ...(isText ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
        }),
      );
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: readBody(response.headers, text),
      };
    },
  };
}
