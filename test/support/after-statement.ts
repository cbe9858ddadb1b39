import type { Pool, PoolClient } from 'pg';

/** Calls `then` after each statement any connection of this pool has finished, before whoever sent it learns its result. */
export function afterEachStatement(pool: Pool, then: (client: PoolClient) => Promise<void>): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...words: unknown[]) => Promise<unknown>;
    client.query = (async (...words: unknown[]) => {
      const result = await query(...words);
      await then(client);
      return result;
    }) as PoolClient['query'];
  });
}
