import { z } from 'zod';
import { scopesOf } from '../../auth/access.js';
import { prefixes, type Dialect } from '../dialect.js';
import { oauthDescriptions } from '../oauth/descriptions.js';
import type { Route } from '../route.js';
import { routes } from '../routes.js';
import { refusal } from '../schemas/refusal.js';
import { operationObject, pathTemplate, type Described } from './operation.js';
import type { Components } from './schemas.js';

/** What an operation's name begins with → the tag its routes stand under. */
const entities = {
  user: 'Accounts',
  invite: 'Invites',
  report: 'Reports',
  status: 'Statuses',
  instanceStatuses: 'Statuses',
  relay: 'Relays',
  moderationLog: 'Moderation log',
  config: 'Settings',
  oauthApp: 'Client programs',
  announcement: 'Announcements',
  rule: 'Rules',
  statistics: 'Instance',
  instanceDelete: 'Instance',
  frontends: 'Instance',
  mediaProxy: 'Instance',
};

const tagDescriptions: Readonly<Record<string, string>> = {
  Accounts:
    'Find, make, change, deactivate and delete accounts, their roles, tags and credentials.',
  Invites: 'Invite tokens: make, list, revoke and send them.',
  Reports: 'What people report, its state and the notes of moderators.',
  Statuses: 'Statuses of the instance and of others: show, change, delete.',
  Relays: 'The relays the instance follows.',
  'Moderation log': 'Who did what.',
  Settings: 'The settings in the database of the instance.',
  'Client programs': 'OAuth applications.',
  Announcements: 'Announcements to everybody on the instance.',
  Rules: 'The rules of the instance, which reports can name; Pleroma 2.7 and later.',
  Instance: 'The instance itself: documents, figures, node information.',
  'Log-in': 'Tokens by password, code, second factor or refresh token.',
};

const oauthScopes = (all: readonly Described[]): Record<string, string> =>
  Object.fromEntries(
    [...new Set(all.flatMap(({ security }) => security.flatMap(({ oauth = [] }) => oauth)))]
      .sort()
      .map((scope) => [scope, scopeDescription(scope)]),
  );

function scopeDescription(scope: string): string {
  const [verb, what = ''] = scope.replace('admin:', '').split(':');
  const subject = what === '' ? 'everything' : what.replaceAll('_', ' ');
  const area = scope.startsWith('admin:') ? ' as an administrator' : '';
  return `${verb === 'read' ? 'Read' : 'Change'} ${subject}${area}.`;
}

const securitySchemes = (scopes: Record<string, string>) => ({
  oauth: {
    type: 'oauth2',
    description: 'A token for name and password, or for a code of the instance.',
    flows: {
      password: { tokenUrl: '/oauth/token', refreshUrl: '/oauth/token', scopes },
      authorizationCode: {
        authorizationUrl: '/oauth/authorize',
        tokenUrl: '/oauth/token',
        refreshUrl: '/oauth/token',
        scopes,
      },
    },
  },
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of the instance, or one made at /oauth/token.',
  },
  adminToken: {
    type: 'apiKey',
    in: 'header',
    name: 'x-admin-token',
    description: 'The ADMIN_TOKEN of the settings; open only when it is set.',
  },
  basic: {
    type: 'http',
    scheme: 'basic',
    description: 'Nickname and password of an account; open only with BASIC_AUTH=true.',
  },
});

/** Every admin route in each of its dialects. */
export function describedRoutes(): Described[] {
  const taken = new Map<string, number>();
  return (Object.keys(prefixes) as Dialect[]).flatMap((dialect) =>
    routes
      .filter(({ dialects }) => dialects.includes(dialect))
      .map((route) => {
        const name = `${route.operation.operationName}${dialect === 'v1' ? 'V1' : 'Legacy'}`;
        const times = (taken.get(name) ?? 0) + 1;
        taken.set(name, times);
        return describe(route, dialect, times === 1 ? name : `${name}${times}`);
      }),
  );
}

function describe(route: Route, dialect: Dialect, operationId: string): Described {
  const {
    method,
    path,
    summary,
    answers,
    refusals = {},
    status = 200,
    operation: { operationName, access },
  } = route;
  const refused = refusal[route.failsWith === 'object' ? 'v1' : dialect];
  const standard = Object.fromEntries(
    [400, 403, 404, ...(method === 'GET' ? [] : [409, 415, 422]), 429, 503].map((code) => [
      code,
      refused,
    ]),
  );
  const own = Object.fromEntries(
    Object.entries(refusals).map(([code, schema]) => [
      code,
      code in standard ? z.union([schema, refused]) : schema,
    ]),
  );
  const scopes = scopesOf(access);
  return {
    method,
    path: prefixes[dialect] + path,
    operationId,
    tag: tagOf(operationName),
    summary,
    description: `Role: ${access.role}. Scope: ${scopes.map((scope) => `\`${scope}\``).join(' or ')}.`,
    security: [
      ...scopes.map((scope) => ({ oauth: [scope] })),
      { bearer: [] },
      { adminToken: [] },
      { basic: [] },
    ],
    input: route.documentedInput ?? route.input,
    takesForms: route.json === undefined,
    takesKey: method !== 'GET',
    status,
    answers: answers instanceof z.ZodType ? answers : answers[dialect],
    refusals: { ...standard, ...own },
    example: route.example,
  };
}

/** @throws Error for an operation of an entity that has no tag yet. */
function tagOf(operationName: string): string {
  const tag = Object.entries(entities).find(([entity]) => operationName.startsWith(entity))?.[1];
  if (tag === undefined)
    throw new Error(
      `The OpenAPI document has no tag for ${operationName}: add its entity to src/rest/openapi/document.ts.`,
    );
  return tag;
}

/** The OpenAPI 3.1 document of all REST routes, both dialects and what a dashboard needs to log in; made from the route tables. */
export function openApiDocument(): Record<string, unknown> {
  const components: Components = {};
  const paths: Record<string, Record<string, unknown>> = {};
  const all = [...describedRoutes(), ...oauthDescriptions];
  for (const described of all) {
    const path = (paths[pathTemplate(described.path)] ??= {});
    path[described.method.toLowerCase()] = operationObject(described, components);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Steward',
      version: '1',
      summary: 'The admin API of Akkoma and Pleroma, every generation of it.',
      description: `Below \`${prefixes.legacy}\` Steward answers as the documents of 2019 show, below \`${prefixes.v1}\` as the instance does today: Akkoma 3.16 or Pleroma 2.7.`,
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(all.map(({ tag }) => tag))].map((name) => ({
      name,
      description: tagDescriptions[name],
    })),
    paths,
    components: { schemas: components, securitySchemes: securitySchemes(oauthScopes(all)) },
  };
}
