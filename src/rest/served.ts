import type { Dialect, LegacyDialect } from './dialect.js';
import type { Route } from './route.js';
import { routes, undocumentedRoutes } from './routes.js';

/** A route below one of the prefixes, and the dialect it answers in. */
export interface ServedRoute {
  readonly route: Route;
  readonly dialect: Dialect;
}

/**
 * What stands below a prefix, in the order it is mounted. Where the old prefix speaks Akkoma's dialect, as AdminFE builds of 2019 to 2022 expect it
 * to (docs/instance/admin-fe.md#where-the-documents-and-adminfe-contradict-each-other), it has
 * every route of today's prefix, and still those that only the documents know.
 */
export function servedRoutes(prefix: Dialect, legacyDialect: LegacyDialect = 'documents'): ServedRoute[] {
  const own = inDialect(prefix);
  if (prefix === 'v1' || legacyDialect === 'documents') return mountOrder(own);
  const modern = inDialect('v1');
  const isModern = ({ route }: ServedRoute): boolean => modern.some(({ route: { method, path } }) => method === route.method && path === route.path);
  return mountOrder([...modern, ...own.filter((served) => !isModern(served))]);
}

function inDialect(dialect: Dialect): ServedRoute[] {
  return [...routes, ...undocumentedRoutes].filter(({ dialects }) => dialects.includes(dialect)).map((route) => ({ route, dialect }));
}

/** Fixed paths before those with parameters, so that `/users/invites` is no nickname. */
function mountOrder(list: readonly ServedRoute[]): ServedRoute[] {
  const openness = ({ route: { path } }: ServedRoute): number => path.split(':').length;
  return [...list].sort((one, other) => openness(one) - openness(other));
}
