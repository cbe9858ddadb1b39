import { GraphQLError, type ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { errorCatalogue } from '../errors.js';
import { requestErrors } from './request-errors.js';
import type { RequestHead } from './request-head.js';
import { recordOf } from './request-record.js';

const catalogue: Readonly<Record<string, { readonly status: number }>> = {
  ...requestErrors,
  ...errorCatalogue,
};

/**
 * What every answer with errors has, whoever made them: a known code in each, the request's id beside
 * them, and without any data a status that says so.
 */
export function completeAnswer(request: RequestHead, result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map((error) => completed(error, !('data' in result)));
  return {
    ...result,
    errors,
    extensions: { ...result.extensions, requestId: recordOf(request).requestId },
  };
}

function completed(error: GraphQLError, isWhole: boolean): GraphQLError {
  const { code, http } = error.extensions as {
    readonly code?: unknown;
    readonly http?: { readonly status?: number };
  };
  const known = typeof code === 'string' && code in catalogue ? code : 'INTERNAL';
  const lacksStatus = isWhole && http?.status === undefined;
  if (known === code && !lacksStatus) return error;
  const status = catalogue[known]?.status ?? 500;
  const extensions = {
    ...error.extensions,
    code: known,
    ...(lacksStatus ? { http: { ...http, status, spec: status < 500 } } : {}),
  };
  const { message, nodes, path } = error;
  return new GraphQLError(message, {
    extensions,
    ...(nodes ? { nodes } : {}),
    ...(path ? { path } : {}),
  });
}

/** The same on Yoga's own way. */
export const completeAnswers: Plugin = {
  onResultProcess: (payload) => {
    const { request, result } = payload;
    if (!isAsyncIterable(result) && !Array.isArray(result))
      payload.setResult(completeAnswer(request, result));
  },
};
