import { getNamedType, isCompositeType, isObjectType, type GraphQLObjectType } from 'graphql';
import { flakeFromUuid } from '../../../src/database/flake.js';
import type { JsonObject } from '../../../src/database/json.js';
import { schema } from '../../../src/schema/index.js';
import { mutationDocument } from '../scene-requests.js';
import type { TableRow } from './rows.js';

/** One question to Steward, through one door. */
export type Question = Asked & { /** Shows the mark but not the id. */ readonly marks?: 'text' };
type Asked =
  | {
      readonly document: string;
      readonly variables?: Record<string, unknown>;
      /** The connection whose pages are all asked for, one after the other. */
      readonly walks?: string;
    }
  | { readonly method: string; readonly path: string; readonly body?: JsonObject }
  /** A command line of the shell. */
  | { readonly words: readonly string[] };

/** A row of each table it takes to make one thing of a kind, in the order they are inserted. */
export type Parts = Readonly<Record<string, TableRow>>;

/** A kind of thing that lists show: what it looks like, and every door that shows or changes one. */
export interface Kind {
  readonly name: string;
  /** Tables whose columns may be odd; others only stand beside them. */
  readonly odd: readonly string[];
  /** Another of the kind, with ids of its own. @param mark a text every list shows of it. */
  readonly make: (number: number, mark: string) => { readonly parts: Parts; readonly id: string };
  /** Every list that has things of the kind. */
  readonly lists: readonly Question[];
  readonly shows: (id: string) => readonly Question[];
  readonly changes: (id: string) => readonly Question[];
}

export const rest = (method: string, path: string, body?: JsonObject): Question => ({
  method,
  path,
  ...(body ? { body } : {}),
});
export const both = (path: string): Question[] =>
  ['/api/pleroma/admin', '/api/v1/pleroma/admin'].map((prefix) => rest('GET', prefix + path));
export const mutate = (name: string, input: object): Question => ({
  document: mutationDocument(name),
  variables: { input },
});

/** Every field of a type that is no object, and of its objects the ids. */
export function leaves(name: string, except: readonly string[] = []): string {
  const type = schema.getType(name) as GraphQLObjectType;
  return Object.values(type.getFields())
    .flatMap((field) => {
      const named = getNamedType(field.type);
      if (
        except.includes(field.name) ||
        field.args.some(
          ({ defaultValue, type: argument }) =>
            defaultValue === undefined && String(argument).endsWith('!'),
        )
      )
        return [];
      if (!isCompositeType(named)) return [field.name];
      if (!isObjectType(named) || field.args.some((argument) => argument.name === 'first'))
        return [];
      const parts = Object.values(named.getFields())
        .filter((part) => !isCompositeType(getNamedType(part.type)))
        .map((part) => part.name);
      return [`${field.name} { ${parts.join(' ')} }`];
    })
    .join(' ');
}

export const statusFields = leaves('Status');
export const userFields = leaves('User', ['reportsAbout', 'credentials']);
export const list = (field: string, fields: string, args = ''): Question => ({
  document: `{ ${field}(first: 50${args}) { nodes { ${fields} } } }`,
});
/** A list of the shell, which shows all there are. */
export const told = (...words: string[]): Question => ({
  words: ['user', ...words, '--json'],
  marks: 'text',
});
/** Walks a list whose items have lists of their own, in pages as long as the cost of a query allows. */
export const walk = (field: string, size: number, fields: string): Question => ({
  document: `query ($after: String) { ${field}(first: ${size}, after: $after) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`,
  walks: field,
});
export const one = (field: string, fields: string, id: string): Question => ({
  document: `query ($id: ID!) { ${field}(by: { databaseId: $id }) { ${fields} } }`,
  variables: { id },
});
export const node = (type: string, fields: string, id: string): Question => ({
  document: `query ($id: ID!) { node(id: $id) { ... on ${type} { ${fields} } } }`,
  variables: { id: Buffer.from(`${type}:${id}`).toString('base64') },
});

export const time = '2026-01-02T03:04:05';
export const published = '2026-01-02T03:04:05.000000Z';
export const stamps = { inserted_at: time, updated_at: time };

/** The things of the world that the rows speak of. */
export interface Surroundings {
  readonly author: {
    readonly id: string;
    readonly databaseId: string;
    readonly nickname: string;
    readonly apId: string;
  };
  readonly other: {
    readonly id: string;
    readonly databaseId: string;
    readonly nickname: string;
    readonly apId: string;
  };
  /** uuid and flake of a report. */
  readonly report: { readonly id: string; readonly databaseId: string };
  readonly statusApId: string;
  /** A whole row of `users`. */
  readonly user: TableRow;
}

/** Which uuid stands behind an id that clients see. */
export interface Identities {
  /** Remembers a uuid; returns the id that clients see. */
  readonly known: (uuid: string) => string;
  readonly uuidOf: (flake: string) => string;
}

export function identities(): Identities {
  const uuids = new Map<string, string>();
  return {
    known: (uuid) => {
      const flake = flakeFromUuid(uuid);
      uuids.set(flake, uuid);
      return flake;
    },
    uuidOf: (flake) => uuids.get(flake) ?? '',
  };
}
