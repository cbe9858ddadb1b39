import type { Context, Hono } from 'hono';
import { demandAccess, withDocumentedScopes } from '../auth/access.js';
import type { OperationContext } from '../context.js';
import { keyHeader } from '../idempotency/once.js';
import type { Family, OptionalParts } from '../database/family.js';
import { isAdminFe, isDashboard } from './admin-fe.js';
import { bodyOf } from './body.js';
import { prefixes, type Dialect, type LegacyDialect } from './dialect.js';
import { errorAnswer } from './errors.js';
import { emojiRoutes, mediaRoute } from './instance-own.js';
import { answerOnce } from './once.js';
import { parseQuery } from './request.js';
import { respond, send, written } from './respond.js';
import type { RawParameters, RestAnswer, Route } from './route.js';
import { isServedOn, mountedRoutes } from './served.js';

/** What the server lends the REST door. */
export interface RestDependencies {
  /** The context of one request, made from its headers. Throws AccessError when a credential is refused with a reason. */
  readonly contextOf: (request: Request) => Promise<OperationContext>;
  /** Called with what nobody expected; the caller gets no more than the request id. */
  readonly reportFault: (request: Request, error: unknown) => void;
  /** Default: as the documents say. */
  readonly legacyDialect?: LegacyDialect | undefined;
  readonly family: Family;
  /** What the instance's database has of what only some versions have. */
  readonly optional: OptionalParts;
  /** Whether an Idempotency-Key is honoured; default: no. */
  readonly keepsAnswers?: boolean | undefined;
}

/** The REST door: mounts the route table under both prefixes. */
export function mountRest(app: Hono, dependencies: RestDependencies): void {
  for (const [prefix, path] of Object.entries(prefixes) as [Dialect, string][]) {
    const { legacyDialect = 'documents', family, optional } = dependencies;
    for (const mounted of mountedRoutes(prefix, legacyDialect, family)) {
      if (!isServedOn(mounted.served(false).route, optional)) continue;
      app.on(mounted.method, path + mounted.path, (c) => {
        const asksAsDashboard = isDashboard(c.req.header('accept'), c.req.header('user-agent'));
        const { route, dialect } = mounted.served(asksAsDashboard);
        return handle(c, route, dialect, dependencies);
      });
    }
    for (const route of emojiRoutes)
      app.on(route.method, path.replace(/\/admin$/, '') + route.path, (c) =>
        handle(c, route, 'v1', dependencies),
      );
  }
  app.on(mediaRoute.method, `/api/v1${mediaRoute.path}`, (c) =>
    handle(c, mediaRoute, 'v1', dependencies),
  );
  // What the instance says of paths it does not know
  // (docs/instance/other-routes.md#what-needs-the-instances-process-or-disk).
  app.notFound((c) =>
    c.req.method === 'GET'
      ? c.json({ error: 'Not implemented' }, 404)
      : c.json({ errors: { detail: 'Page not found' } }, 404),
  );
}

async function handle(
  c: Context,
  route: Route,
  dialect: Dialect,
  { contextOf, reportFault, keepsAnswers }: RestDependencies,
): Promise<Response> {
  const refused = (error: unknown): RestAnswer => {
    const answer = errorAnswer(error, route.failsWith === 'object' ? 'v1' : dialect);
    if (answer) return answer;
    reportFault(c.req.raw, error);
    return {
      status: 500,
      body: dialect === 'legacy' ? 'Something went wrong' : { error: 'Something went wrong' },
    };
  };
  try {
    const caller = await contextOf(c.req.raw);
    const context =
      dialect === 'legacy' ? { ...caller, actor: withDocumentedScopes(caller.actor) } : caller;
    const raw: RawParameters = {
      path: c.req.param(),
      query: parseQuery(new URL(c.req.url).search),
      body: c.req.method === 'GET' ? {} : await bodyOf(c, route.json?.parse),
      isAdminFe: isAdminFe({ cookie: c.req.header('cookie'), referer: c.req.header('referer') }),
      isOldPrefix: c.req.path.startsWith(`${prefixes.legacy}/`),
    };
    const key = keepsAnswers && route.method !== 'GET' ? c.req.header(keyHeader) : undefined;
    if (key === undefined || !context.actor)
      return send(written(await route.answer(context, dialect, raw), route.json));
    // Before the key is looked up: also that it was used says something.
    await demandAccess(context, route.operation);
    return await answerOnce(c, {
      key,
      caller: context.actor,
      context,
      raw,
      json: route.json,
      answer: (watching) => route.answer(watching, dialect, raw).catch(refused),
    });
  } catch (error) {
    return respond(refused(error));
  }
}
