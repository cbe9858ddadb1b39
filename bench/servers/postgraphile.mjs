// PostGraphile 5 on node:http, over the views of postgraphile.sql; its own planner writes the SQL. Runs on the Node 22 of bench/node_modules.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { constant, context, lambda, object } from 'postgraphile/grafast';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { extendSchema } from 'postgraphile/utils';
import { authenticate, pool } from './data.mjs';
import { flakeFromUuid } from './flake.mjs';

const databaseId = ($row) => lambda($row.get('id'), flakeFromUuid, true);

/** The ids as the instance writes them, and the mutation with the caller as its actor. */
const extensions = extendSchema(
  ({
    input: {
      pgRegistry: { pgResources },
    },
  }) => ({
    typeDefs: `
    extend type User { databaseId: ID! }
    extend type Status { databaseId: ID! }
    extend type Report { databaseId: ID! }
    input UserReference { nickname: String! }
    input UsersTagInput { users: [UserReference!]! tags: [String!]! }
    type MutationError { code: String! message: String! path: [String!]! }
    type UsersTagPayload { users: [User!] errors: [MutationError!]! }
    extend type Mutation { usersTag(input: UsersTagInput!): UsersTagPayload }`,
    objects: {
      User: { plans: { databaseId } },
      Status: { plans: { databaseId } },
      Report: { plans: { databaseId } },
      UsersTagPayload: { plans: { errors: () => constant([]) } },
      Mutation: {
        plans: {
          usersTag(_$root, { $input }) {
            const $actor = context().get('actor');
            const $nicknames = lambda(
              $input.get('users'),
              (users) => users.map(({ nickname }) => nickname),
              true,
            );
            const $users = pgResources.tag_users.execute(
              [
                { step: $actor.get('id') },
                { step: lambda($actor.get('id'), flakeFromUuid, true) },
                { step: $actor.get('nickname') },
                { step: $nicknames },
                { step: $input.get('tags') },
              ],
              'mutation',
            );
            return object({ users: $users });
          },
        },
      },
    },
  }),
);

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: [extensions],
  pgServices: [makePgService({ pool, schemas: ['peer'] })],
  grafserv: { graphqlPath: '/graphql', graphiql: false },
  grafast: { context: ({ node: { req } }) => ({ actor: req.actor }) },
});
const handle = instance.createServ(grafserv).createHandler();
await instance.getSchema();

const server = createServer(async (request, response) => {
  request.actor = await authenticate(request.headers.authorization);
  if (request.actor) handle(request, response);
  else response.writeHead(401).end();
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));
