import type { JsonText, RestAnswer } from './route.js';

/** An answer whose body is written. */
export interface WrittenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** null = an empty one. */
  readonly text: string | null;
}

export function written(
  { status, body, headers = {} }: RestAnswer,
  json: Pick<JsonText, 'stringify'> = JSON,
): WrittenAnswer {
  return { status, headers, text: body === undefined ? null : json.stringify(body) };
}

/** A JSON answer that no cache keeps. */
export function send({ status, headers, text }: WrittenAnswer): Response {
  return new Response(text, {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
  });
}

export function respond(answer: RestAnswer): Response {
  return send(written(answer));
}
