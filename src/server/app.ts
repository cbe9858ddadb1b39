import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from 'pino';
import { authenticate, type WaysIn } from '../auth/authenticate.js';
import { createContext, type ContextSource } from '../context.js';
import type { Database } from '../database/database.js';
import { mountRest } from '../rest/app.js';
import { createGraphQL } from './graphql.js';
import { healthRoutes } from './health.js';
import { nameRequests, requestIdOf } from './request-id.js';

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

const largestBody = 1_048_576;

/** Puts the doors together behind one front: `/graphql` is Yoga's, everything else Hono's. */
export function createApp(dependencies: AppDependencies): App {
  const { database, waysIn, source, log } = dependencies;
  const graphql = createGraphQL(dependencies);
  const app = new Hono({ strict: false });
  app.use(bodyLimit({ maxSize: largestBody, onError: (c) => c.json({ error: `The body is larger than ${largestBody} bytes.` }, 413) }));
  app.use(nameRequests);
  app.all('/graphql', (c) => graphql.fetch(c.req.raw));
  app.route('/health', healthRoutes(database));
  mountRest(app, {
    contextOf: async (request) => {
      const credentials = { authorization: request.headers.get('authorization') ?? undefined, adminToken: request.headers.get('x-admin-token') ?? undefined };
      return createContext(source, await authenticate(database.pool, credentials, waysIn), requestIdOf(request));
    },
    reportFault: (error, request) => {
      log.error({ err: error, requestId: requestIdOf(request) }, 'unexpected error in a route');
    },
  });
  const listener = getRequestListener(app.fetch);
  return { fetch: async (request) => app.fetch(request), handle: (request, response) => void listener(request, response) };
}
