import { GraphQLError } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { Logger } from 'pino';
import { createContext, type ContextSource } from '../context.js';
import { ThrottledError } from '../errors.js';
import type { GraphQLContext } from '../schema/builder.js';
import { schema } from '../schema/index.js';
import { ObjectBudget } from '../schema/object-budget.js';
import { completeAnswers } from './complete-answer.js';
import { errorLog, logUnexpected } from './error-log.js';
import { plainExecution } from './execution.js';
import type { Gate } from './gate.js';
import { idempotentMutations } from './idempotent-mutations.js';
import { jsonOnly } from './json-only.js';
import { costLimit } from './limits/cost-limit.js';
import { documentLimits } from './limits/document.js';
import { timeLimit, type TimeLimits } from './limits/time-limit.js';
import { maskError, topLevelError } from './mask-errors.js';
import { persistedOperations, type PersistedOperations } from './persisted-operations.js';
import type { RequestHead } from './request-head.js';
import { observerOf, recordOf } from './request-record.js';
import { schemaPrivacy, type Introspection } from './schema-privacy.js';
import { createShortPath, type ShortPath } from './short-path.js';
import { throttledError } from './throttled.js';

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
  /** For all of it, event streams too. */
  readonly fetch: (request: Request) => Promise<Response>;
}

/** The GraphQL door: the whole schema at `/graphql`. Nobody without a credential gets in (HTTP 401). */
export function createGraphQL({
  gate,
  source,
  log,
  introspection,
  persisted,
  timeLimits,
  keepsAnswers,
}: GraphQLDependencies): GraphQLServer {
  const refuse = (request: RequestHead, error: unknown): GraphQLError => {
    const masked = maskError(error, 'Unexpected error.');
    logUnexpected(log, request, [masked]);
    return masked;
  };
  const plugins = [
    jsonOnly,
    ...persistedOperations(persisted),
    documentLimits,
    schemaPrivacy(introspection, gate.actorOf),
    costLimit(),
    plainExecution,
    timeLimit(timeLimits),
    ...(keepsAnswers ? [idempotentMutations(refuse)] : []),
    errorLog(log),
    completeAnswers,
  ];
  const yoga = createYoga<object, GraphQLContext>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    batching: false,
    cors: false,
    logging: false,
    // src/server/graphiql.ts serves the page.
    graphiql: false,
    plugins,
    context: async ({ request }) => {
      const actor = await gate.actorOf(request).catch(throttled);
      if (!actor) throw topLevelError('UNAUTHENTICATED', 'Invalid credentials.');
      const record = recordOf(request);
      return {
        operation: createContext(source, actor, record.requestId, observerOf(record)),
        budget: new ObjectBudget(),
      };
    },
    maskedErrors: { maskError },
  });
  return {
    shortPath: createShortPath(yoga, refuse),
    fetch: async (request) => yoga.fetch(request),
  };
}

function throttled(error: unknown): never {
  throw error instanceof ThrottledError ? throttledError(error) : error;
}
