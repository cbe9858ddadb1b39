import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../src/database/database.js';
import { postgresPool } from '../../src/database/pool.js';
import { afterEachStatement } from '../support/after-statement.js';
import { engineName } from '../support/engine.js';
import { askWith, doors, useKeepingApps } from '../support/keyed.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const keeping = useKeepingApps(world);
let database: Database;
/** Statements that may still finish; PostgreSQL ends the connection that finishes the last one. */
let left = Infinity;
let finished = 0;

/** Every mutation, and processes that are killed: test/faults/idempotency.test.ts. */
describe.runIf(engineName === 'postgres')('S18 a connection that breaks', () => {
  beforeAll(async () => {
    const pool = postgresPool(world.databaseUrl ?? '', 4);
    afterEachStatement(pool, async (client) => {
      finished += 1;
      left -= 1;
      if (left === 0)
        await world.database.pool.query('select pg_terminate_backend($1, 5000)', [
          (client as unknown as { readonly processID: number }).processID,
        ]);
    });
    database = await openDatabase(pool);
  });
  afterAll(() => database.close());

  it.each(doors)(
    '$name: after any statement, the request asked again is done exactly once',
    async ({ make, token: tokenIn }) => {
      const token = await world.token(world.admin);
      const ask = askWith(keeping({ database, source: { ...world.source, database } }), {
        authorization: `Bearer ${token}`,
      });
      const invites = async (): Promise<unknown[]> =>
        (await world.rows('user_invite_tokens')).map(({ token: made }) => made);
      await make(ask, 'warms-up-all-connections', 3);
      finished = 0;
      await make(ask, 'counts-the-statements', 3);
      const statements = finished;
      expect(statements).toBeGreaterThan(5);
      const outcomes: boolean[] = [];
      for (let after = 1; after <= statements; after += 1) {
        const before = await invites();
        left = after;
        const cut = await make(ask, `key-${after}`, 3);
        left = Infinity;
        const isDone = (await invites()).length > before.length;
        outcomes.push(isDone);
        if (!isDone)
          expect(
            [cut.status, cut.headers.get('retry-after'), cut.headers.get('idempotency-key')],
            `cut after statement ${after}`,
          ).toEqual([503, '2', null]);
        const again = await make(ask, `key-${after}`, 3);
        expect(
          [again.status, again.headers.get('idempotent-replayed')],
          `cut after statement ${after}`,
        ).toEqual([200, isDone ? 'true' : null]);
        const made = (await invites()).filter((invite) => !before.includes(invite));
        expect(made, `cut after statement ${after}`).toEqual([tokenIn(again.body)]);
      }
      expect(new Set(outcomes)).toEqual(new Set([false, true]));
    },
  );
});
