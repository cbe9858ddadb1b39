import type { Pool, PoolClient } from 'pg';

/** A query that is told of its end instead of promising it, as the hot path's are (src/database/hot/prepared-query.ts). */
interface ToldQuery {
  handleReadyForQuery: () => void;
}

/** Calls `then` after each statement any connection of this pool has finished, before whoever sent it learns its result. */
export function afterEachStatement(pool: Pool, then: (client: PoolClient) => Promise<void>): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...words: unknown[]) => unknown;
    client.query = ((...words: unknown[]) => {
      const [first] = words;
      if (!isTold(first))
        return (query(...words) as Promise<unknown>).then((result) =>
          then(client).then(() => result),
        );
      const tell = first.handleReadyForQuery.bind(first);
      first.handleReadyForQuery = () => void then(client).then(tell);
      return query(first);
    }) as unknown as PoolClient['query'];
  });
}

function isTold(query: unknown): query is ToldQuery {
  return typeof query === 'object' && query !== null && 'handleReadyForQuery' in query;
}
