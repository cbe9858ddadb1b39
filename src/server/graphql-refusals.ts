import type { MiddlewareHandler } from 'hono';
import { requestIdIn } from './keep-records.js';

/** Codes of what is refused before GraphQL sees it. */
const codes: Readonly<Record<number, string>> = { 403: 'FORBIDDEN', 413: 'TOO_LARGE' };

const streamed = /^(text\/event-stream|multipart\/)/;

interface Refusal {
  readonly errors?: readonly {
    readonly message?: unknown;
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
  readonly error?: unknown;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * Gives whatever is refused on the way to GraphQL (its size, its encoding, its media type, its method) the
 * form of GraphQL's errors, with a code and the request's id. Stands around all that may refuse.
 */
export const graphqlRefusals: MiddlewareHandler = async (c, next) => {
  await next();
  const { status, headers } = c.res;
  // An answer in pieces was made by Yoga, and is complete.
  if (status < 400 || streamed.test(headers.get('content-type') ?? '')) return;
  const refusal = refusalIn(await c.res.clone().text());
  if (refusal.extensions?.['requestId'] !== undefined) return;
  const code = codes[status] ?? (status >= 500 ? 'INTERNAL' : 'BAD_REQUEST');
  const message =
    typeof refusal.error === 'string'
      ? refusal.error
      : (sentences[status] ?? 'The request cannot be answered.');
  const errors = refusal.errors ?? [{ message, extensions: { code } }];
  const body = JSON.stringify({
    errors,
    extensions: { ...refusal.extensions, requestId: requestIdIn(c) },
  });
  const kept = new Headers(headers);
  kept.delete('content-length');
  kept.set('content-type', 'application/json; charset=utf-8');
  // Else the headers of the first answer, its length too, would be put on the second.
  c.res = undefined;
  c.res = new Response(body, { status, headers: kept });
};

const sentences: Readonly<Record<number, string>> = {
  406: 'Accept application/graphql-response+json, application/json, text/event-stream or multipart/mixed.',
  415: 'POST takes application/json only.',
  500: 'Unexpected error.',
};

function refusalIn(text: string): Refusal {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
