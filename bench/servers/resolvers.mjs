// Resolvers over data.mjs, for every peer that takes such a map. The context holds the actor and the loaders of the request.
import { readFileSync } from 'node:fs';
import { GraphQLScalarType } from 'graphql';
import { findUser, listReports, listUsers, tagUsers } from './data.mjs';
import { flakeFromUuid } from './flake.mjs';

export const typeDefs = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8');

const databaseId = ({ id }) => flakeFromUuid(id);

export const resolvers = {
  DateTime: new GraphQLScalarType({
    name: 'DateTime',
    serialize: (value) => (value instanceof Date ? value : new Date(value)).toISOString(),
  }),
  Query: {
    users: async (_root, { first = 50 }) => ({
      nodes: (await listUsers(first + 1)).slice(0, first),
    }),
    user: (_root, { by }) => findUser(by.nickname),
    reports: async (_root, { first = 50 }) => ({
      nodes: (await listReports(first + 1)).slice(0, first),
    }),
  },
  Mutation: {
    usersTag: async (_root, { input }, { actor }) => ({
      users: await tagUsers(
        actor,
        flakeFromUuid(actor.id),
        input.users.map(({ nickname }) => nickname),
        input.tags,
      ),
      errors: [],
    }),
  },
  User: {
    databaseId,
    displayName: ({ name, nickname }) => name ?? nickname,
    isLocal: ({ local }) => local,
    isActive: (row) => row.is_active,
    isAdmin: (row) => row.is_admin,
    isModerator: (row) => row.is_moderator,
    createdAt: (row) => row.inserted_at,
  },
  Report: {
    databaseId,
    state: ({ data }) => data.state.toUpperCase(),
    content: ({ data }) => data.content,
    createdAt: ({ data }) => data.published,
    account: ({ data }, _args, { loaders }) => loaders.account.load(data.object[0]),
    actor: ({ actor }, _args, { loaders }) => loaders.account.load(actor),
    statuses: ({ data }) => data.object.slice(1).map((entry) => ({ apId: entry.id ?? entry })),
  },
  ReportedStatus: { status: ({ apId }, _args, { loaders }) => loaders.status.load(apId) },
  Status: {
    databaseId,
    content: ({ object }) => object.content,
    createdAt: ({ object }) => object.published,
    account: ({ actor }, _args, { loaders }) => loaders.account.load(actor),
  },
};
