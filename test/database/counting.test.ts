import { expect, it } from 'vitest';
import { engineName } from '../support/engine.js';
import { useWorld } from '../support/world.js';

// src/database/hot/cached-count.ts: a number is given again in the snapshot it was counted in, and in no other.

const world = useWorld();
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
};

it('gives the number of now, whoever asks and by whichever door', async () => {
  const admin = await world.asAdmin();
  const list = async (): Promise<unknown[]> => [
    await admin.data('{ users { totalCount } }'),
    (await admin.rest('GET', '/api/v1/pleroma/admin/users')).body,
  ];
  expect(await list()).toMatchObject([{ users: { totalCount: 1 } }, { count: 1 }]);
  expect(await list()).toMatchObject([{ users: { totalCount: 1 } }, { count: 1 }]);
  await world.user({ nickname: 'alice' });
  expect(await list()).toMatchObject([{ users: { totalCount: 2 } }, { count: 2 }]);
  await world.database.pool.query(`delete from users where nickname = 'alice'`);
  expect(await list()).toMatchObject([{ users: { totalCount: 1 } }, { count: 1 }]);
});

// On PostgreSQL other tests write in other databases of the same server, which makes new snapshots of this one too.
it.runIf(engineName === 'pglite')(
  'counts once as long as nothing is written: what would fail if it were counted again does not',
  async () => {
    const { database } = world.source;
    const all = (): Promise<number> =>
      database.count(
        `users u where current_setting('test.flaw', true) is distinct from 'on' or 1 / (u.id is null)::integer = 1`,
        [],
      );
    const accounts = await all();
    await world.database.pool.query(`select set_config('test.flaw', 'on', false)`);
    try {
      expect([await all(), ...(await Promise.all([all(), all()]))]).toEqual([
        accounts,
        accounts,
        accounts,
      ]);
      await world.user({ nickname: 'alice' });
      await expect(all()).rejects.toThrow('division by zero');
      await expect(all()).rejects.toThrow('division by zero');
    } finally {
      await world.database.pool.query(`select set_config('test.flaw', 'off', false)`);
    }
    expect(await all()).toBe(accounts + 1);
  },
);

it('keeps one number for each question', async () => {
  await world.user({ nickname: 'alice' });
  const { database } = world.source;
  const named = (nickname: string): Promise<number> =>
    database.count('users u where u.nickname = $1::citext', [nickname]);
  for (let time = 0; time < 2; time += 1) {
    expect(await Promise.all(['alice', 'nobody', 'ALICE'].map(named))).toEqual([1, 0, 1]);
    expect(await database.count('users u', [])).toBe(
      await world.rows('users').then((rows) => rows.length),
    );
  }
});

it('counts within the transaction it stands in, and keeps nothing of that', async () => {
  const { database } = world.source;
  const all = (): Promise<number> => database.count('users u where u.nickname is not null', []);
  const before = await all();
  const seen = database.transaction(async (tx) => {
    await tx.user.update({ where: { id: world.admin.id }, data: { nickname: null } });
    throw new Error(String(await all()));
  });
  await expect(seen).rejects.toThrow(String(before - 1));
  expect(await all()).toBe(before);
});

it('tells whoever asked why it could not count, and counts when it can', async () => {
  const { database } = world.source;
  const quotient = (by: number): Promise<number> =>
    database.count('users u where u.nickname is null or 1/$1::integer = 1', [by]);
  await expect(quotient(0)).rejects.toThrow('division by zero');
  await expect(quotient(0)).rejects.toThrow('division by zero');
  expect(await quotient(1)).toBe((await world.rows('users')).length);
});

it.runIf(engineName === 'postgres')(
  'lets who asks during a count wait for it, and for the next one when something was written meanwhile',
  async () => {
    const { database } = world.source;
    const four = [1, 2, 3, 4];
    const gate = await world.database.pool.connect();
    const slow = (): Promise<number> =>
      database.count('pg_advisory_xact_lock_shared(7701), users u', []);
    const slowCounts = (): number =>
      world.queries.filter(({ text }) => text.includes('count(*) from pg_advisory')).length;
    const isWaiting = async (): Promise<boolean> => {
      const { rows } = await gate.query(
        `select from pg_locks where locktype = 'advisory' and objid = 7701 and not granted`,
      );
      return rows.length > 0;
    };
    try {
      const accounts = (await world.rows('users')).length;
      const whileOneIsCounted = async (
        ask: () => Promise<Promise<number>[]>,
      ): Promise<number[]> => {
        await gate.query('select pg_advisory_lock(7701)');
        const first = slow();
        await until(isWaiting);
        const others = await ask();
        await gate.query('select pg_advisory_unlock(7701)');
        return Promise.all([first, ...others]);
      };
      world.queries.length = 0;
      expect(await whileOneIsCounted(() => Promise.resolve(four.map(slow)))).toEqual([
        accounts,
        ...four.map(() => accounts),
      ]);
      await world.user({ nickname: 'alice' });
      const meanwhile = async (): Promise<Promise<number>[]> => {
        await world.user({ nickname: 'bob' });
        return four.map(slow);
      };
      expect(await whileOneIsCounted(meanwhile)).toEqual([
        accounts + 1,
        ...four.map(() => accounts + 2),
      ]);
      expect(slowCounts()).toBeLessThanOrEqual(4);
    } finally {
      await gate.query('select pg_advisory_unlock_all()');
      gate.release();
    }
  },
);
