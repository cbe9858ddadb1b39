import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import { GraphQLScalarType } from 'graphql';
import { DateResolver, DateTimeResolver, JSONResolver } from 'graphql-scalars';
import type { OperationContext } from '../context.js';
import { getDatamodel, type default as PrismaTypes } from '../database/generated/pothos.js';
import type { PrismaClient } from '../database/generated/prisma/client.js';
import type { ObjectBudget } from './object-budget.js';
import { demandNodeAccess, isNodeId } from './node-access.js';
import { relayDescriptions } from './relay-descriptions.js';

/** What every resolver gets. */
export interface GraphQLContext {
  readonly operation: OperationContext;
  /** Bounds the answer; absent where nobody waits for one. */
  readonly budget?: ObjectBudget | undefined;
}

/** Text from the start: `JSON.stringify` takes several times as long for a page with dates in it. */
const dateTime = new GraphQLScalarType({
  ...DateTimeResolver.toConfig(),
  serialize: (value) => DateTimeResolver.serialize(value).toISOString(),
});

/** The schema builder. Types stand in one file per entity, gathered by index.ts; this file defines none. */
export const builder = new SchemaBuilder<{
  Context: GraphQLContext;
  PrismaTypes: PrismaTypes;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Scalars: {
    Date: { Input: Date; Output: Date };
    DateTime: { Input: Date; Output: Date };
    ID: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
  };
}>({
  plugins: [PrismaPlugin, RelayPlugin],
  // The plugin only reads; it never opens a transaction of its own.
  prisma: {
    client: (context) => context.operation.database.prisma as PrismaClient,
    dmmf: getDatamodel(),
    onUnusedQuery: null,
  },
  relay: {
    ...relayDescriptions,
    cursorType: 'String',
    nodesOnConnection: relayDescriptions.nodesFieldOptions,
    edgesFieldOptions: { ...relayDescriptions.edgesFieldOptions, nullable: false },
    nodeFieldOptions: { ...relayDescriptions.nodeFieldOptions, nullable: false },
    nodeQueryOptions: {
      description: 'Whatever has this global id; null when it does not exist.',
      args: { id: { description: 'Global id, as any type with `id` gives it.' } },
      resolve: async (_root, { id }, context, _info, resolveNode) => {
        await demandNodeAccess(context.operation, id.typename);
        return isNodeId(id) ? resolveNode(id) : null;
      },
    },
    nodesQueryOptions: false,
  },
});

builder.addScalarType('Date', DateResolver);
builder.addScalarType('DateTime', dateTime);
builder.addScalarType('JSON', JSONResolver);
builder.queryType({
  description:
    'Everything there is to read. Root fields are null when there is nothing, or nothing one may see.',
});
builder.mutationType({
  description:
    'One mutation per operation of the instance: one `input`, one payload whose `errors` hold expected failures as data.',
});
