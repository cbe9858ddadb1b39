import { expect, it } from 'vitest';
import { prefixes, type Dialect } from '../../src/rest/dialect.js';
import type { Parameters } from '../../src/rest/request.js';
import type { Route } from '../../src/rest/route.js';
import { routes } from '../../src/rest/routes.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const hostile: readonly unknown[] = [
  'a\0b',
  '%',
  '\\',
  'ü'.repeat(100_000),
  -1,
  null,
  [null],
  { a: { b: 'c' } },
];
const place = /:(\w+)/g;
const namesInPath = ({ path }: Route): string[] =>
  [...path.matchAll(place)].flatMap(([, name]) => name ?? []);

/** Every parameter of a route that its example or its rules name, each with every hostile value that can be sent there. */
function* attempts(route: Route): Generator<{ name: string; value: unknown; given: Parameters }> {
  const inPath = namesInPath(route);
  const names = new Set([
    ...inPath,
    ...Object.keys(route.example),
    ...('shape' in route.input ? Object.keys(route.input.shape as object) : []),
  ]);
  for (const name of names) {
    for (const value of hostile) {
      const isSent =
        inPath.includes(name) || route.method === 'GET'
          ? typeof value === 'string' && value.length < 1_000
          : true;
      if (isSent) yield { name, value, given: { ...route.example, [name]: value } };
    }
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

function requestOf(
  route: Route,
  dialect: Dialect,
  given: Parameters,
): readonly [path: string, body: unknown] {
  const inPath = namesInPath(route);
  const path =
    prefixes[dialect] +
    route.path.replace(place, (_whole, name: string) =>
      encodeURIComponent(textOf(given[name]) ?? 'unknown'),
    );
  const rest = Object.entries(given).filter(([name]) => !inPath.includes(name));
  if (route.method !== 'GET') return [path, Object.fromEntries(rest)];
  return [
    `${path}?${new URLSearchParams(rest.map(([name, value]) => [name, String(value)])).toString()}`,
    undefined,
  ];
}

it.each(Object.keys(prefixes) as Dialect[])(
  '%s: no value of any parameter of any route is a fault of the server, and a wrong one is named',
  async (dialect) => {
    const admin = await world.asAdmin();
    const faults: string[] = [];
    for (const route of routes.filter(({ dialects }) => dialects.includes(dialect))) {
      for (const { name, value, given } of attempts(route)) {
        const { status, body } = await admin.rest(
          route.method,
          ...requestOf(route, dialect, given),
        );
        const text = body === undefined ? '' : JSON.stringify(body);
        const isRelayFault =
          status === 500 &&
          route.path === '/relay' &&
          /^https:\/\/[^\s]{1,240}$/.test(String(given['relay_url'])); // docs/instance/moderation.md#relays
        if (status >= 500 && !isRelayFault)
          faults.push(
            `${route.method} ${route.path} ${name}=${String(value).slice(0, 20)}: ${text}`,
          );
        const isWrongType = typeof value === 'object' && value !== null;
        if (status === 400 && isWrongType && text.length > 30 && !text.includes(name))
          faults.push(`${route.method} ${route.path}: ${name} is not named: ${text}`);
        expect(text).not.toMatch(/\.js:\d|node_modules|[Pp]risma/);
      }
    }
    expect(faults).toEqual([]);
  },
  300_000,
);
