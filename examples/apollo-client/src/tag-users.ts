import { gql, type ApolloClient } from '@apollo/client';
import { UsersTagDocument } from './generated/graphql.js';

type Outcome =
  | { readonly ok: true; readonly cachedTags: (id: string) => readonly string[] }
  | { readonly ok: false; readonly reasons: readonly string[] };

/**
 * Tags accounts, all or none. What was expected to go wrong comes as data, with the place in the input; what is thrown is a fault of the
 * network, the token or the program.
 */
export async function tagUsers(
  client: ApolloClient,
  nicknames: readonly string[],
  tags: readonly string[],
): Promise<Outcome> {
  const { data } = await client.mutate({
    mutation: UsersTagDocument,
    variables: { input: { users: nicknames.map((nickname) => ({ nickname })), tags: [...tags] } },
  });
  const errors = data?.usersTag?.errors ?? [];
  if (errors.length > 0)
    return {
      ok: false,
      reasons: errors.map(({ code, path, message }) => `${code} at ${path.join('.')}: ${message}`),
    };
  return {
    ok: true,
    cachedTags: (id) =>
      client.cache.readFragment<{ tags: string[] }>({
        id: `User:${id}`,
        fragment: gql`
          fragment Tags on User {
            tags
          }
        `,
      })?.tags ?? [],
  };
}
