// Mercurius on Fastify, with its just-in-time compiler from the second run of a document on.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { authenticate, createLoaders } from './data.mjs';
import { resolvers, typeDefs } from './resolvers.mjs';

const app = Fastify();
app.register(mercurius, {
  schema: typeDefs,
  resolvers,
  jit: 1,
  context: async (request) => {
    const actor = await authenticate(request.headers.authorization);
    if (!actor)
      throw new mercurius.ErrorWithProps('Invalid credentials.', { code: 'UNAUTHENTICATED' }, 401);
    return { actor, loaders: createLoaders() };
  },
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
console.log('listening');
