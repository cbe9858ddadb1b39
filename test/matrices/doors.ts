import { operationRows } from '../support/docs-table.js';
import type { OptionalParts } from '../../src/database/family.js';
import { prefixes, type Dialect } from '../../src/rest/dialect.js';
import { emojiRoutes, mediaRoute } from '../../src/rest/instance-own.js';
import type { Route } from '../../src/rest/route.js';
import { isServedOn, servedRoutes } from '../../src/rest/served.js';
import { schema } from '../../src/schema/index.js';
import type { Client } from '../support/client.js';
import { mutationDocument } from '../support/scene-requests.js';
import type { Scene } from '../support/scene.js';

/** What docs/operations.md promises of a door: by it every cell is judged, never by the code. */
interface Rule {
  /** Name of the operation. */
  readonly operation: string;
  /** On Akkoma. */
  readonly role: string;
  /** Any of them opens it. */
  readonly scopes: readonly string[];
  /** On Pleroma: a role, or any of the staff who has the privilege, or both. */
  readonly pleroma: { readonly role: string; readonly privilege: string | undefined };
}

/** One way to an operation: how it is tried, and what is promised of it. */
export interface Door {
  readonly name: string;
  /** Undefined for GraphQL. */
  readonly dialect: Dialect | undefined;
  readonly rule: Rule;
  /** Why the caller was refused; `let in`, whatever came of it; or that something broke. */
  readonly enter: (client: Client) => Promise<string>;
}

const table = operationRows;
const wordsOf = (cell = ''): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
const ruleIn = ([name, role = '', scope, , , , pleroma = '']: readonly string[]): Rule => ({
  operation: wordsOf(name)[0] ?? '',
  role,
  scopes: wordsOf(scope),
  pleroma: {
    role: pleroma.startsWith('admin') ? 'admin' : 'staff',
    privilege: wordsOf(pleroma)[0],
  },
});
const rulesBy = (column: number): ReadonlyMap<string, Rule> =>
  new Map(
    table.flatMap((cells) => wordsOf(cells[column]).map((name) => [name, ruleIn(cells)] as const)),
  );
const [fieldRules, routeRules] = [rulesBy(3), rulesBy(4)];

function ruleOf(rules: ReadonlyMap<string, Rule>, name: string): Rule {
  const rule = rules.get(name);
  if (!rule) throw new Error(`docs/operations.md does not know ${name}`);
  return rule;
}

/** The words in which callers are refused before anything else. */
const refusals =
  /^(Invalid credentials\.|User is not a staff member\.|User is not an admin\.|User isn't privileged\.|Insufficient permissions: [\w:| ]+\.)/;
/** GraphQL says more after them. */
const refusalIn = (message: unknown): string =>
  (typeof message === 'string' ? refusals.exec(message)?.[1] : undefined) ?? 'let in';

/** All scopes any operation asks for. */
export const scopesAsked = [
  ...new Set([...fieldRules.values(), ...routeRules.values()].flatMap(({ scopes }) => scopes)),
];

/** Every root field of the schema and every row of the route table in each of its dialects. */
export function doorsOf({ inputs, queries }: Scene, optional: OptionalParts): Door[] {
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
  return [
    ...Object.entries(queries).map(([name, document]) => fieldDoor(name, document)),
    ...mutations.map((name) => fieldDoor(name, mutationDocument(name), { input: inputs[name] })),
    ...(['legacy', 'v1'] as const).flatMap((prefix) =>
      servedRoutes(prefix, undefined)
        .filter(({ route }) => isServedOn(route, optional))
        .map(({ route, dialect }) => routeDoor(route, prefixes[prefix], dialect)),
    ),
    ...['/api/pleroma', '/api/v1/pleroma'].flatMap((prefix) =>
      emojiRoutes.map((route) => routeDoor(route, prefix, 'v1')),
    ),
    routeDoor(mediaRoute, '/api/v1', 'v1'),
  ];
}

function fieldDoor(name: string, document: string, variables?: Record<string, unknown>): Door {
  return {
    name,
    dialect: undefined,
    // The node asked for is an account.
    rule: ruleOf(fieldRules, name === 'node' ? 'user' : name),
    enter: async (client) => {
      const { errors } = await client.graphql(document, variables);
      const broken = errors?.find(
        ({ extensions }) => extensions?.code === 'INTERNAL' || extensions?.code === undefined,
      );
      return broken ? `broken: ${broken.message}` : refusalIn(errors?.[0]?.message);
    },
  };
}

function routeDoor({ method, path, example }: Route, prefix: string, dialect: Dialect): Door {
  const filled = path.replace(/:(\w+)/g, (_match, name: string) =>
    encodeURIComponent(typeof example[name] === 'string' ? example[name] : '1'),
  );
  return {
    name: `${method} ${prefix}${path}`,
    dialect,
    rule: ruleOf(routeRules, `${method} ${path}`),
    enter: async (client) => {
      const { status, body } = await client.rest(
        method,
        prefix + filled,
        method === 'GET' ? undefined : example,
      );
      if (status === 404 && /"Not implemented"|"Page not found"/.test(JSON.stringify(body)))
        return 'broken: no such route';
      // Whatever goes wrong with a relay, the instance answers 500 and its address
      // (docs/instance/moderation.md#relays).
      if (status === 500 && path !== '/relay') return `broken: ${JSON.stringify(body)}`;
      return status === 403
        ? refusalIn((body as { error?: unknown } | undefined)?.error)
        : 'let in';
    },
  };
}
