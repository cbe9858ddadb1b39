import { expect } from 'vitest';
import type { Client } from './client.js';
import type { Row } from './rows.js';
import type { World } from './world.js';

export interface Effect {
  readonly kind: string;
  readonly message: string;
  readonly isQueueRunning: boolean | null;
  readonly jobs: readonly {
    readonly databaseId: string;
    readonly worker: string;
    readonly queue: string;
  }[];
}

const asked =
  'effect { kind message isQueueRunning jobs { databaseId worker queue } } errors { code path message }';

/** Runs a mutation that must succeed, and gives its effect. */
export async function mutate(client: Client, name: string, input: object): Promise<Effect> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const data = await client.data<Record<string, { effect: Effect; errors: unknown[] }>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${asked} } }`,
    { input },
  );
  expect(data[name]?.errors).toEqual([]);
  return data[name]?.effect as Effect;
}

/** The follows of `internal.fetch`, by which an instance refreshes accounts. */
export const internalFollows = (world: World): Promise<Row[]> =>
  world.rows(
    'following_relationships',
    `follower_id = (select id from users where nickname = 'internal.fetch')`,
  );

/** Makes this many unconfirmed accounts in one statement. */
export async function manyUnconfirmed(world: World, count: number): Promise<void> {
  await world.database.pool.query(
    `insert into users (id, nickname, name, email, ap_id, local, bio, is_confirmed, confirmation_token, follower_address, inserted_at, updated_at)
     select gen_random_uuid(), 'n' || n, 'n' || n, 'n' || n || '@mail.example', 'https://home.example/users/n' || n, true, '', false, 't' || n, 'https://home.example/users/n' || n || '/followers', timezone('UTC', now()), timezone('UTC', now())
     from generate_series(1, $1::integer) n`,
    [count],
  );
}

/** The token with which `usersConfirmAll` runs after its preview. */
export async function confirmAllToken(client: Client): Promise<string> {
  const { usersConfirmAll } = await client.data<{ usersConfirmAll: { previewToken: string } }>(
    'mutation { usersConfirmAll(input: { dryRun: true }) { previewToken } }',
  );
  return usersConfirmAll.previewToken;
}
