import { afterEach } from 'vitest';
import type { ContextSource } from '../../src/context.js';
import { createApp, type AppDependencies } from '../../src/server/app.js';
import { listen, type Listening } from '../../src/server/listen.js';
import { readBody, type RestAnswer } from './client.js';
import { testLogger } from './log-sink.js';
import { keepCredentials, keepSecretsOf } from './secrets.js';
import { adminSecret, type World } from './world.js';

/** Asks a listening Steward as any HTTP client would. */
export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<RestAnswer>;

/** What may be other than in the world's own app. */
type Otherwise = Partial<Omit<AppDependencies, 'source'>> & {
  readonly source?: Partial<ContextSource>;
};

/** Starts Stewards on sockets of their own; all are stopped after the test. Objects are sent as JSON, URLSearchParams as a form. */
export function useListening(world: World): (otherwise?: Otherwise) => Promise<Ask> {
  const started: Listening[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map(({ stop }) => stop()));
  });
  return async ({ source, ...otherwise } = {}) => {
    const waysIn = { adminSecret, basicAuth: true };
    const app = createApp({
      database: world.source.database,
      source: { ...world.source, ...source },
      waysIn,
      log: testLogger(),
      ...otherwise,
    });
    const listening = await listen(app, { host: '127.0.0.1', port: 0 });
    started.push(listening);
    return async (method, path, body, headers = {}) => {
      keepCredentials(headers);
      keepSecretsOf(body instanceof URLSearchParams ? Object.fromEntries(body) : body);
      const isForm =
        body instanceof URLSearchParams || body instanceof FormData || typeof body === 'string';
      const response = await fetch(listening.url + path, {
        method,
        headers: {
          ...(body === undefined || isForm
            ? {}
            : { 'content-type': 'application/json;charset=utf-8' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: readBody(response.headers, text),
      };
    };
  };
}
