import type { Context, Hono } from 'hono';
import { withDocumentedScopes } from '../auth/access.js';
import type { OperationContext } from '../context.js';
import { prefixes, type Dialect } from './dialect.js';
import { errorAnswer } from './errors.js';
import { parseBody, parseQuery, type Parameters } from './request.js';
import type { JsonText, RestAnswer, Route } from './route.js';
import { routes } from './routes.js';

/** What the server lends the REST door. */
export interface RestDependencies {
  /** The context of one request, made from its headers. Throws AccessError when a credential is refused with a reason. */
  readonly contextOf: (request: Request) => Promise<OperationContext>;
  /** Called with what nobody expected; the caller gets no more than the request id. */
  readonly reportFault: (error: unknown) => void;
}

/** The REST door: mounts the route table under both prefixes. */
export function mountRest(app: Hono, dependencies: RestDependencies): void {
  for (const dialect of Object.keys(prefixes) as Dialect[]) {
    for (const route of mountOrder(routes.filter((candidate) => candidate.dialects.includes(dialect)))) {
      app.on(route.method, prefixes[dialect] + route.path, (c) => handle(c, route, dialect, dependencies));
    }
  }
  // What the instance says of paths it does not know (fixtures/transcripts/legacy_prefix.json).
  app.notFound((c) => (c.req.method === 'GET' ? c.json({ error: 'Not implemented' }, 404) : c.json({ errors: { detail: 'Page not found' } }, 404)));
}

/** Fixed paths before those with parameters, so that `/users/invites` is no nickname. */
function mountOrder(list: readonly Route[]): Route[] {
  const openness = ({ path }: Route): number => path.split(':').length;
  return [...list].sort((one, other) => openness(one) - openness(other));
}

async function handle(c: Context, route: Route, dialect: Dialect, { contextOf, reportFault }: RestDependencies): Promise<Response> {
  try {
    const caller = await contextOf(c.req.raw);
    const context = dialect === 'legacy' ? { ...caller, actor: withDocumentedScopes(caller.actor) } : caller;
    const text = c.req.method === 'GET' ? '' : await c.req.text();
    const raw = { path: c.req.param() as Parameters, query: parseQuery(new URL(c.req.url).search), body: parseBody(c.req.header('content-type'), text, route.json?.parse) };
    return respond(await route.answer(context, dialect, raw), route.json);
  } catch (error) {
    const answer = errorAnswer(error, route.failsWith === 'object' ? 'v1' : dialect);
    if (answer) return respond(answer);
    reportFault(error);
    return respond({ status: 500, body: dialect === 'legacy' ? 'Something went wrong' : { error: 'Something went wrong' } });
  }
}

/** A JSON answer that no cache keeps. */
export function respond({ status, body, headers }: RestAnswer, json: Pick<JsonText, 'stringify'> = JSON): Response {
  const usual = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return new Response(body === undefined ? null : json.stringify(body), { status, headers: { ...usual, ...headers } });
}
