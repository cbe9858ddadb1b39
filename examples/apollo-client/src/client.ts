import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import possibleTypes from './generated/possible-types.js';

/**
 * A client of Steward. Its cache keeps entities by their global ids, knows which types the interfaces stand for, and puts the pages of a
 * connection one behind the other, apart for each filter.
 */
export function createClient(uri: string, token: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri, headers: { authorization: `Bearer ${token}` } }),
    cache: new InMemoryCache({
      ...possibleTypes,
      typePolicies: { Query: { fields: { users: relayStylePagination(['filter']) } } },
    }),
  });
}
