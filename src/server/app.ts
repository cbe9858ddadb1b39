import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import { authenticate, type WaysIn } from '../auth/authenticate.js';
import { createContext, type ContextSource } from '../context.js';
import type { Database } from '../database/database.js';
import { createRestApp } from '../rest/app.js';
import { createGraphQL } from './graphql.js';
import { healthRoutes } from './health.js';
import { requestIdOf } from './request-id.js';

/** All an app is made of; tests build it without listening. */
export interface AppDependencies {
  readonly database: Database;
  readonly source: ContextSource;
  readonly waysIn: WaysIn;
  readonly log: Logger;
}

export interface App {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Puts the doors together: `/graphql` is Yoga's, everything else Hono's. */
export function createApp(dependencies: AppDependencies): App {
  const { database, waysIn, source, log } = dependencies;
  const graphql = createGraphQL(dependencies);
  const rest = createRestApp({
    contextOf: async (request) => {
      const credentials = { authorization: request.headers.get('authorization') ?? undefined, adminToken: request.headers.get('x-admin-token') ?? undefined };
      return createContext(source, await authenticate(database.pool, credentials, waysIn), requestIdOf(request));
    },
    reportFault: (error, requestId) => {
      log.error({ err: error, requestId }, 'unexpected error in a route');
    },
  });
  rest.route('/health', healthRoutes(database));
  const isGraphQL = (path: string): boolean => path === '/graphql' || path.startsWith('/graphql?');
  const restListener = getRequestListener((request) => rest.fetch(request), { overrideGlobalObjects: false });
  return {
    fetch: async (request) => (isGraphQL(new URL(request.url).pathname) ? graphql.fetch(request) : rest.fetch(request)),
    handle: (request, response) => void (isGraphQL(request.url ?? '') ? graphql(request, response) : restListener(request, response)),
  };
}
