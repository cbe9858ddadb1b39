import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFormattedError,
} from 'graphql';
import type { Plugin, YogaInitialContext } from 'graphql-yoga';
import type { OperationContext } from '../context.js';
import { AccessError, errorCatalogue, OperationError, type ErrorCode } from '../errors.js';
import { callerOf, keyHeader, once, patience, type Answered } from '../idempotency/once.js';
import { verdictOf, watched } from '../idempotency/verdict.js';
import type { GraphQLContext } from '../schema/builder.js';
import { demandRootAccess } from '../schema/root-access.js';
import { accessError } from './mask-errors.js';
import { rootFieldNames } from './root-fields.js';

/** What Yoga and the context factory put together. */
type Context = GraphQLContext & YogaInitialContext;

/** A result as it is kept. */
interface KeptResult {
  readonly data: ExecutionResult['data'];
  readonly errors: readonly GraphQLFormattedError[] | undefined;
}

/** Makes of any error the one clients may see. */
type Mask = (request: Request, error: unknown) => GraphQLError;

type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

/**
 * Runs a mutation with an Idempotency-Key once, and answers it again as often as it is asked again
 * (docs/security-checklist.md#s18). Other operations
 * ignore the header. Stands behind whatever puts another executor in the place of the first.
 */
export function idempotentMutations(mask: Mask): Plugin<GraphQLContext> {
  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const { contextValue } = args;
      const { document, operationName } = args as ExecutionArgs;
      const key = contextValue.request.headers.get(keyHeader);
      if (
        key === null ||
        getOperationAST(document, operationName)?.operation !== OperationTypeNode.MUTATION
      )
        return;
      const run = (given: ExecutionArgs) =>
        runOnce(key, contextValue, mask, (context) =>
          (executeFn as Execute)({ ...given, contextValue: context }),
        );
      setExecuteFn(async (given: ExecutionArgs) => {
        try {
          return await run(given);
        } catch (error) {
          return { errors: [await refusalOf(error, contextValue.operation, given)] };
        }
      });
    },
  };
}

async function runOnce(
  key: string,
  context: Context,
  mask: Mask,
  run: (context: Context) => ExecutionResult | Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const { operation, params, request: asked } = context;
  if (!operation.actor) return run(context);
  const { query, variables, operationName, extensions } = params;
  const request = {
    caller: callerOf(operation.actor),
    method: 'POST',
    path: '/graphql',
    key,
    content: JSON.stringify([query, variables, operationName, extensions]),
  };
  const answered = await once<KeptResult>(operation, request, async () => {
    const { context: watching, endings, demands } = watched(operation);
    const { data, errors } = await run({ ...context, operation: watching });
    const seen = errors?.map((error) => mask(asked, error));
    const verdict = verdictOf(endings, seen?.map(codeOf));
    const isHalfDone = verdict === 'failed' && endings.includes(undefined);
    return {
      answer: isHalfDone
        ? takenBack(endings, seen)
        : { data, errors: seen?.map((error) => error.toJSON()) },
      isFinal: verdict === 'final',
      demands,
    };
  });
  return resultOf(answered);
}

/** A part was done and another failed: what the answer says of the first is no longer so. */
function takenBack(
  endings: readonly (ErrorCode | undefined)[],
  errors: readonly GraphQLError[] = [],
): KeptResult {
  const code =
    [...endings, ...errors.map(codeOf)].find(
      (found) => found !== undefined && errorCatalogue[found].status >= 500,
    ) ?? 'INTERNAL';
  const message =
    'A part of it failed, so nothing was done. It may be sent again with the same Idempotency-Key.';
  const { status } = errorCatalogue[code];
  const http = {
    status,
    spec: false,
    ...(status === 503 ? { headers: { 'retry-after': '2' } } : {}),
  };
  return { data: undefined, errors: [{ message, extensions: { code, http } }] };
}

function codeOf({ extensions: { code } }: GraphQLError): ErrorCode {
  return typeof code === 'string' && code in errorCatalogue ? (code as ErrorCode) : 'INVALID';
}

function resultOf({ answer: { data, errors }, headers }: Answered<KeptResult>): ExecutionResult {
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors ? { errors: errors.map(errorOf) } : {}),
    ...(Object.keys(headers).length > 0 ? { extensions: { http: { headers } } } : {}),
  };
}

function errorOf({ message, path, locations, extensions }: GraphQLFormattedError): GraphQLError {
  const error = new GraphQLError(message, {
    ...(path ? { path } : {}),
    ...(extensions ? { extensions } : {}),
  });
  return locations ? Object.assign(error, { locations }) : error;
}

/**
 * What the caller is told instead of an answer. That a key is in use or was used for something
 * else is told only to whoever may call what the document asks for.
 * @throws what is no refusal.
 */
async function refusalOf(
  error: unknown,
  operation: OperationContext,
  { document, operationName }: ExecutionArgs,
): Promise<GraphQLError> {
  if (error instanceof OperationError) {
    return (
      (await lackedAccess(operation, rootFieldNames(document, operationName))) ?? refusal(error)
    );
  }
  if (error instanceof AccessError) return accessRefusal(error);
  throw error;
}

async function lackedAccess(
  operation: OperationContext,
  fields: Iterable<string>,
): Promise<GraphQLError | undefined> {
  try {
    await demandRootAccess(operation, fields);
    return undefined;
  } catch (error) {
    if (error instanceof AccessError) return accessRefusal(error);
    throw error;
  }
}

function accessRefusal(error: AccessError): GraphQLError {
  const { message, extensions } = accessError(error);
  const http = { status: errorCatalogue[error.code].status, spec: false };
  return new GraphQLError(message, { extensions: { ...extensions, http } });
}

function refusal({ code, message, issues: [{ inputPath }] }: OperationError): GraphQLError {
  const headers = code === 'IN_PROGRESS' ? { headers: { 'retry-after': String(patience) } } : {};
  return new GraphQLError(message, {
    extensions: {
      code,
      inputPath,
      http: { status: errorCatalogue[code].status, spec: false, ...headers },
    },
  });
}
