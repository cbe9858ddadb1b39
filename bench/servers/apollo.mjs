// Apollo Server, as its documentation sets it up.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { GraphQLError } from 'graphql';
import { authenticate, createLoaders } from './data.mjs';
import { resolvers, typeDefs } from './resolvers.mjs';

const server = new ApolloServer({ typeDefs, resolvers });
await startStandaloneServer(server, {
  listen: { port: Number(process.env.PORT), host: '127.0.0.1' },
  context: async ({ req }) => {
    const actor = await authenticate(req.headers.authorization);
    if (!actor)
      throw new GraphQLError('Invalid credentials.', {
        extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
      });
    return { actor, loaders: createLoaders() };
  },
});
console.log('listening');
