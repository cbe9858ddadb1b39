import type { ApolloClient } from '@apollo/client';
import { filter, firstValueFrom } from 'rxjs';
import { UsersPageDocument, type UsersPageQuery } from './generated/graphql.js';

type List = NonNullable<UsersPageQuery['users']>;

/** All local accounts, newest first, asked for page by page; the cache's policy puts the pages into one list. */
export async function listEveryone(
  client: ApolloClient,
  pageSize: number,
): Promise<List & { readonly pages: number }> {
  const query = client.watchQuery({
    query: UsersPageDocument,
    variables: { first: pageSize, filter: { is: ['LOCAL'] } },
  });
  const cached = (): List | null | undefined =>
    client.readQuery({ query: UsersPageDocument, variables: query.variables })?.users;
  const watching = query.subscribe(() => undefined);
  await firstValueFrom(query.pipe(filter(({ dataState }) => dataState === 'complete')));
  let list = cached();
  let pages = 1;
  for (; list?.pageInfo.hasNextPage; pages += 1) {
    await query.fetchMore({ variables: { after: list.pageInfo.endCursor } });
    list = cached();
  }
  watching.unsubscribe();
  if (!list) throw new Error('Steward answered no accounts.');
  return { ...list, pages };
}
