import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Actor } from '../auth/actor.js';
import { createAttempts, type Attempts } from '../auth/attempts.js';
import type { WaysIn } from '../auth/authenticate.js';
import type { RateLimit } from '../auth/rate-limit.js';
import { createContext, type ContextSource, type OperationContext } from '../context.js';
import type { Database } from '../database/database.js';
import type { TrustedProxies } from '../environment.js';
import { mountRest, type RestDependencies } from '../rest/app.js';
import type { LegacyDialect } from '../rest/dialect.js';
import { mountOAuth } from '../rest/oauth/app.js';
import { mountDocs } from '../rest/openapi/mount.js';
import { addressReader } from './client-address.js';
import { shareWith } from './cors.js';
import { createFront } from './front.js';
import { createGate } from './gate.js';
import { mountGraphiql } from './graphiql.js';
import { graphqlRefusals } from './graphql-refusals.js';
import { createGraphQL } from './graphql.js';
import { graphqlHeaders, policyHeaders, withHeaders } from './headers.js';
import { healthRoutes } from './health.js';
import { answerIds, keepRecords } from './keep-records.js';
import { plainBodies } from './limits/plain-bodies.js';
import { restTimeLimit } from './limits/rest-time-limit.js';
import { sizeLimit } from './limits/size-limit.js';
import { usualTimeLimits, type TimeLimits } from './limits/time-limit.js';
import { metricsRoute } from './metrics-route.js';
import type { Metrics } from './metrics.js';
import type { PersistedOperations } from './persisted-operations.js';
import { recording, type RecordedListener } from './recording.js';
import { withLowerCaseTypes } from './lower-case-types.js';
import { withRawPath } from './raw-path.js';
import { keepRecord, observerOf, recordOf, type RequestRecord } from './request-record.js';
import type { Introspection } from './schema-privacy.js';
import { isShort } from './short-path.js';
import type { Traces } from './traces.js';

/** All an app is made of; tests build it without listening. */
export interface AppDependencies {
  readonly database: Database;
  readonly source: ContextSource;
  readonly waysIn: Omit<WaysIn, 'attempts'>;
  readonly log: Logger;
  /** Whose `X-Forwarded-For` is believed; default: nobody's. */
  readonly trustedProxies?: TrustedProxies | undefined;
  /** Other origins whose pages may use the API; default: none. */
  readonly corsOrigins?: readonly string[] | undefined;
  readonly legacyDialect?: LegacyDialect | undefined;
  /** Absent = there is no `/metrics`. */
  readonly metrics?: { readonly counters: Metrics; readonly token: string | undefined } | undefined;
  /** Called with every request once it is answered. */
  readonly traces?: Traces | undefined;
  /** Default: 15 guesses a minute and address. */
  readonly attempts?: Attempts;
  /** Default: any number of requests. */
  readonly rateLimit?: RateLimit | undefined;
  /** Default: staff. */
  readonly introspection?: Introspection;
  /** Default: any document runs. */
  readonly persisted?: PersistedOperations | undefined;
  /** Default: 15 s for queries, 60 s for mutations. */
  readonly timeLimits?: TimeLimits;
  /** Whether an Idempotency-Key is honoured; needs the schema `steward`. Default: no. */
  readonly keepsAnswers?: boolean;
}

export interface App {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
}

interface RecordedMessage extends IncomingMessage {
  record?: RequestRecord;
}

const maxBodySize = 1_048_576;

/** Puts the doors together behind one front: what is short goes its short path, everything else through Hono; `/graphql` is Yoga's either way. */
export function createApp(dependencies: AppDependencies): App {
  const {
    database,
    source,
    log,
    trustedProxies,
    corsOrigins = [],
    legacyDialect,
    metrics,
    traces,
    attempts = createAttempts(),
    rateLimit,
    introspection = 'staff',
    persisted,
    timeLimits = usualTimeLimits,
    keepsAnswers = false,
  } = dependencies;
  const waysIn: WaysIn = { ...dependencies.waysIn, attempts };
  const gate = createGate(database, waysIn, rateLimit);
  const graphql = createGraphQL({
    source,
    log,
    gate: createGate(database, { ...waysIn, basicAuth: false }, rateLimit),
    introspection,
    persisted,
    timeLimits,
    keepsAnswers,
  });
  const app = new Hono({ strict: false });
  app.use(withHeaders(policyHeaders));
  app.use(answerIds);
  app.use('/graphql', withHeaders(graphqlHeaders));
  if (corsOrigins.length > 0) app.use(shareWith(corsOrigins));
  app.use('/graphql', graphqlRefusals);
  app.use(sizeLimit(maxBodySize));
  app.use(plainBodies);
  app.use(keepRecords);
  app.use('/api/*', restTimeLimit(timeLimits));
  mountGraphiql(app);
  app.all('/graphql', async (c) => {
    if (!isShort(c.req.raw)) return graphql.fetch(withLowerCaseTypes(c.req.raw));
    const { status, headers, body } = await graphql.shortPath(c.req.raw, await c.req.text());
    return new Response(body, { status, headers });
  });
  app.route('/health', healthRoutes(database));
  if (metrics) app.get('/metrics', metricsRoute(metrics.counters, metrics.token));
  const contextFor = (request: Request, actor: Actor | undefined): OperationContext => {
    const record = recordOf(request);
    return createContext(source, actor, record.requestId, observerOf(record));
  };
  const rest: RestDependencies = {
    legacyDialect,
    family: database.family,
    optional: database.schema.optional,
    keepsAnswers,
    contextOf: async (request) => contextFor(request, await gate.actorOf(request)),
    reportFault: (request, error) => {
      log.error(
        { requestId: recordOf(request).requestId, err: error },
        'unexpected error in a route',
      );
    },
  };
  mountRest(app, rest);
  mountOAuth(app, {
    ...rest,
    attempts,
    addressOf: (request) => recordOf(request).address,
    visitorOf: (request) => contextFor(request, undefined),
  });
  mountDocs(app);
  const listener = getRequestListener((request, { incoming }) =>
    app.fetch(request, { record: (incoming as RecordedMessage).record }),
  );
  const longWay: RecordedListener = (incoming: RecordedMessage, outgoing, record) => {
    keepRecord(incoming, record);
    incoming.url = withRawPath(incoming.url ?? '/');
    void listener(incoming, outgoing);
  };
  const front = createFront({
    shortPath: graphql.shortPath,
    longWay,
    maxBodySize,
    sharesWithOrigins: corsOrigins.length > 0,
  });
  const handle = recording(front, {
    log,
    counters: metrics?.counters,
    traces,
    addressOf: addressReader(trustedProxies),
  });
  return { fetch: async (request) => app.fetch(request), handle };
}
