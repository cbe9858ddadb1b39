import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { Actor } from '../auth/actor.js';
import type { OperationContext } from '../context.js';
import { callerOf, once } from '../idempotency/once.js';
import { parseMediaType } from '../lib/media-types.js';
import { verdictOf, watched } from '../idempotency/verdict.js';
import { send, written, type WrittenAnswer } from './respond.js';
import type { JsonText, RawParameters, RestAnswer } from './route.js';

interface Keyed {
  /** The Idempotency-Key. */
  readonly key: string;
  readonly caller: Actor;
  readonly context: OperationContext;
  readonly raw: RawParameters;
  readonly json: Pick<JsonText, 'stringify'> | undefined;
  /** Calls the route; its refusals are answers too. */
  readonly answer: (context: OperationContext) => Promise<RestAnswer>;
}

/**
 * Answers a request with an Idempotency-Key once, and again as often as it is asked again
 * (docs/security-checklist.md#s18).
 * @throws OperationError as `once`.
 */
export async function answerOnce(
  c: Context,
  { key, caller, context, raw, json = JSON, answer }: Keyed,
): Promise<Response> {
  const request = {
    caller: callerOf(caller),
    method: c.req.method,
    path: c.req.path,
    key,
    content: await contentOf(c, raw),
  };
  const {
    answer: { status, headers, text },
    headers: own,
  } = await once<WrittenAnswer>(context, request, async () => {
    const { context: watching, endings, demands } = watched(context);
    const given = await answer(watching);
    const verdict = verdictOf(endings, given.status >= 500 ? ['INTERNAL'] : []);
    return { answer: written(given, json), isFinal: verdict === 'final', demands };
  });
  return send({ status, headers: { ...headers, ...own }, text });
}

/** Query, media type and body. Of a form in parts the boundary does not count: it is another whenever a form is sent. */
async function contentOf(c: Context, { query, body }: RawParameters): Promise<string> {
  const type = parseMediaType(c.req.header('content-type'))?.essence ?? '';
  if (type !== 'multipart/form-data') return JSON.stringify([query, type, await c.req.text()]);
  return JSON.stringify([query, await partOf(body)]);
}

/** A part with its files as what tells them apart, wherever they stand in it. */
async function partOf(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(partOf));
  if (typeof value !== 'object' || value === null) return value;
  if (!(value instanceof File))
    return Promise.all(
      Object.entries(value).map(async ([name, part]) => [name, await partOf(part)]),
    );
  return [
    value.name,
    value.type,
    createHash('sha256')
      .update(new Uint8Array(await value.arrayBuffer()))
      .digest('hex'),
  ];
}
