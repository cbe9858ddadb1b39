import { GraphQLError, type ExecutionResult } from 'graphql';
import {
  isAsyncIterable,
  processRegularResult,
  type GraphQLParams,
  type YogaServerInstance,
} from 'graphql-yoga';
import { completeAnswer } from './complete-answer.js';
import type { RequestHead } from './request-head.js';

/** What goes out, whoever writes it. */
export interface ShortAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The short path: `POST /graphql` with a JSON body and a plain JSON answer, which is nearly every GraphQL request. Yoga's operation runs
 * whole, with every plugin's hooks from `onParams` to `onExecutionResult`; left out is the layer of `Request` and `Response` objects
 * around it, which costs more than most operations do. All else takes Yoga's own way.
 */
export type ShortPath = (request: RequestHead, body: string) => Promise<ShortAnswer>;

const jsonBody = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;
const jsonAnswer =
  /^application\/(graphql-response\+json|json)\s*(;\s*(q=[\d.]+|charset=utf-8)\s*)*(,|$)/i;
const streamedAnswer = /event-stream|multipart/i;

/** Whether a request to `/graphql` may take the short path. */
export function isShort({ method, headers }: RequestHead): boolean {
  if (
    method !== 'POST' ||
    !jsonBody.test(headers.get('content-type') ?? '') ||
    headers.get('content-encoding') !== null
  )
    return false;
  const accept = headers.get('accept') ?? '*/*';
  return accept === '*/*' || (jsonAnswer.test(accept) && !streamedAnswer.test(accept));
}

/** @param refuse makes of any error the one clients may see. */
export function createShortPath<Context extends object>(
  yoga: YogaServerInstance<object, Context>,
  refuse: (request: RequestHead, error: unknown) => GraphQLError,
): ShortPath {
  return async (request, body) => {
    const result = await resultOf(yoga, request, body).catch((error: unknown): ExecutionResult => ({
      errors: [refuse(request, error)],
    }));
    const type = /^application\/graphql-response/i.test(request.headers.get('accept') ?? '')
      ? 'application/graphql-response+json'
      : 'application/json';
    if (result.errors === undefined && result.extensions?.['http'] === undefined)
      return {
        status: 200,
        headers: { 'content-type': `${type}; charset=utf-8` },
        body: JSON.stringify(result),
      };
    // Errors and plugins may ask for a status and headers: Yoga's own rules say which count.
    const response = processRegularResult(completeAnswer(request, result), yoga.fetchAPI, type);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers.entries()),
      body: await response.text(),
    };
  };
}

async function resultOf<Context extends object>(
  yoga: YogaServerInstance<object, Context>,
  request: RequestHead,
  body: string,
): Promise<ExecutionResult> {
  // Plugins see of a request what a head has; what they do with the rest, they do on Yoga's own way.
  const result = await yoga.getResultForParams(
    { params: paramsOf(body), request: request as Request },
    {},
  );
  if (result === undefined || isAsyncIterable(result))
    throw refusal(406, 'The answer comes in pieces: accept text/event-stream or multipart/mixed.');
  return result;
}

/** Throws in Yoga's words for what is no JSON object. */
function paramsOf(body: string): GraphQLParams {
  let params: unknown;
  try {
    params = JSON.parse(body);
  } catch {
    throw refusal(400, 'POST body sent invalid JSON.');
  }
  if (Array.isArray(params)) throw refusal(400, 'Batching is not supported.');
  if (typeof params !== 'object' || params === null)
    throw refusal(
      400,
      `POST body is expected to be object but received ${params === null ? 'null' : typeof params}`,
    );
  return params;
}

function refusal(status: number, message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'BAD_REQUEST', http: { spec: false, status } },
  });
}
