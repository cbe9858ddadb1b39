import { GraphQLError } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import { createContext, type ContextSource } from '../context.js';
import { outageOf } from '../database/unreachable.js';
import { AccessError, errorCatalogue, OperationError, ThrottledError, type ErrorCode } from '../errors.js';
import type { GraphQLContext } from '../schema/builder.js';
import { schema } from '../schema/index.js';
import { compiledExecution } from './compiled-execution.js';
import type { Gate } from './gate.js';
import { greeting } from './greeting.js';
import { idempotentMutations } from './idempotent-mutations.js';
import { jsonOnly } from './json-only.js';
import { costLimit } from './limits/cost-limit.js';
import { documentLimits } from './limits/document.js';
import { timeLimit, type TimeLimits } from './limits/time-limit.js';
import { persistedOperations, type PersistedOperations } from './persisted-operations.js';
import { refusalLog } from './refusal-log.js';
import { requestIdOf } from './request-id.js';
import { noteActor, observerOf } from './request-record.js';
import { schemaPrivacy, type Introspection } from './schema-privacy.js';
import { createShortPath, type ShortPath } from './short-path.js';

interface GraphQLDependencies {
  readonly source: ContextSource;
  readonly gate: Gate;
  readonly log: Logger;
  readonly introspection: Introspection;
  readonly persisted: PersistedOperations | undefined;
  readonly timeLimits: TimeLimits;
  /** Whether an Idempotency-Key is honoured. */
  readonly keepsAnswers: boolean;
}

/** The GraphQL door: one pipeline, reached by two ways. */
export interface GraphQLServer {
  /** For what is short. */
  readonly shortPath: ShortPath;
  /** For all of it, GraphiQL and event streams too. */
  readonly fetch: (request: Request) => Promise<Response>;
}

/** The GraphQL door: the whole schema at `/graphql`, with GraphiQL for browsers. Nobody without a credential gets in (HTTP 401). */
export function createGraphQL({ gate, source, log, introspection, persisted, timeLimits, keepsAnswers }: GraphQLDependencies): GraphQLServer {
  const mask = (error: unknown, message: string): GraphQLError => {
    const original = error instanceof GraphQLError ? error.originalError ?? error : error;
    if (original instanceof AccessError) return located(topLevelError(original.code, original.message), error);
    if (original instanceof OperationError) return located(topLevelError(original.code, original.message, original.issues[0].inputPath), error);
    if (original instanceof GraphQLError) return original;
    const outage = outageOf(original);
    if (outage !== undefined) return located(topLevelError('UNAVAILABLE', outage), error);
    log.error({ err: original }, 'unexpected error in a resolver');
    return located(topLevelError('INTERNAL', message), error);
  };
  const plugins = [
    jsonOnly,
    ...(persisted ? [persistedOperations(persisted)] : []),
    documentLimits,
    schemaPrivacy(introspection, gate.actorOf),
    costLimit(),
    compiledExecution(),
    timeLimit(timeLimits),
    ...(keepsAnswers ? [idempotentMutations((error) => mask(error, 'Unexpected error.'))] : []),
    refusalLog(log),
  ];
  const yoga = createYoga<object, GraphQLContext>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    batching: false,
    cors: false,
    logging: false,
    // From the package, when a browser first asks: the default would load it from somebody else's server.
    renderGraphiQL: async (options) => (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options),
    graphiql: { title: 'Steward', defaultQuery: greeting, headers: JSON.stringify({ authorization: 'Bearer ' }) },
    plugins,
    context: async ({ request }) => {
      const actor = await gate.actorOf(request).catch(throttled);
      if (!actor) throw topLevelError('UNAUTHENTICATED', 'Invalid credentials.');
      noteActor(request, actor);
      return { operation: createContext(source, actor, requestIdOf(request), observerOf(request)) };
    },
    maskedErrors: { maskError: mask },
  });
  return { shortPath: createShortPath(yoga, (error) => mask(error, 'Unexpected error.')), fetch: async (request) => yoga.fetch(request) };
}

/** 429 with the time to wait, for whom had too many attempts. */
function throttled(error: unknown): never {
  if (!(error instanceof ThrottledError)) throw error;
  throw new GraphQLError(error.message, { extensions: { code: 'RATE_LIMITED', http: { status: 429, headers: { 'retry-after': String(error.retryAfter) } } } });
}

function topLevelError(code: ErrorCode, message: string, inputPath: readonly string[] = []): GraphQLError {
  const { status } = errorCatalogue[code];
  const http = code === 'UNAVAILABLE' ? { http: { status, headers: { 'retry-after': '2' } } } : code === 'UNAUTHENTICATED' ? { http: { status } } : {};
  return new GraphQLError(message, { extensions: { code, ...(inputPath.length > 0 ? { inputPath } : {}), ...http } });
}

/** Keeps where in the document the error arose. */
function located(error: GraphQLError, origin: unknown): GraphQLError {
  if (!(origin instanceof GraphQLError)) return error;
  return new GraphQLError(error.message, { extensions: error.extensions, ...(origin.nodes ? { nodes: origin.nodes } : {}), ...(origin.path ? { path: origin.path } : {}) });
}
