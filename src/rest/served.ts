import type { Family, OptionalParts } from '../database/family.js';
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
export function servedRoutes(
  prefix: Dialect,
  legacyDialect: Exclude<LegacyDialect, 'auto'> = 'documents',
): ServedRoute[] {
  const own = inDialect(prefix);
  if (prefix === 'v1' || legacyDialect === 'documents') return mountOrder(own);
  const modern = inDialect('v1');
  const isModern = ({ route }: ServedRoute): boolean =>
    modern.some(({ route: { method, path } }) => method === route.method && path === route.path);
  return mountOrder([...modern, ...own.filter((served) => !isModern(served))]);
}

/** Whether an instance whose database has these parts has the route at all. */
export function isServedOn({ standsOn }: Route, optional: OptionalParts): boolean {
  return standsOn === undefined || optional[standsOn];
}

/** A path below a prefix, and what answers there. */
export interface Mounted {
  readonly method: Route['method'];
  readonly path: string;
  /** @param isDashboard whether AdminFE, a front-end like it or a browser asks. */
  readonly served: (isDashboard: boolean) => ServedRoute;
}

/**
 * What stands below a prefix for whoever asks. Where nobody chose a dialect for the old one, a
 * Pleroma has today's, as the instance itself; an Akkoma, which does not serve that prefix, has
 * today's for dashboards and the documents' for scripts.
 */
export function mountedRoutes(
  prefix: Dialect,
  legacyDialect: LegacyDialect,
  family: Family,
): Mounted[] {
  const chosen = legacyDialect === 'auto' && family === 'pleroma' ? 'akkoma' : legacyDialect;
  const always = (one: ServedRoute): Mounted => {
    const { method, path } = one.route;
    return { method, path, served: () => one };
  };
  if (prefix === 'v1' || chosen !== 'auto') {
    return servedRoutes(prefix, chosen === 'auto' ? undefined : chosen).map(always);
  }
  const documented = servedRoutes('legacy', 'documents');
  return servedRoutes('legacy', 'akkoma').map((modern) => {
    const { method, path } = modern.route;
    const old = documented.find(({ route }) => route.method === method && route.path === path);
    return { method, path, served: (isDashboard) => (isDashboard ? modern : (old ?? modern)) };
  });
}

function inDialect(dialect: Dialect): ServedRoute[] {
  return [...routes, ...undocumentedRoutes]
    .filter(({ dialects }) => dialects.includes(dialect))
    .map((route) => ({ route, dialect }));
}

/** Fixed paths before those with parameters, so that `/users/invites` is no nickname. */
function mountOrder(list: readonly ServedRoute[]): ServedRoute[] {
  const openness = ({ route: { path } }: ServedRoute): number => path.split(':').length;
  return [...list].sort((one, other) => openness(one) - openness(other));
}
