import type { JsonText, RestAnswer } from './route.js';

/** A JSON answer that no cache keeps. */
export function respond({ status, body, headers }: RestAnswer, json: Pick<JsonText, 'stringify'> = JSON): Response {
  const usual = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return new Response(body === undefined ? null : json.stringify(body), { status, headers: { ...usual, ...headers } });
}
