import { describe, expect, it } from 'vitest';
import { failure } from '../../src/errors.js';
import { engineName } from '../support/engine.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const tags = async (): Promise<unknown[]> =>
  (await world.rows('hashtags')).map(({ name }) => name).sort();
const add = async (name: string): Promise<void> =>
  void (await world.database.prisma
    .$executeRaw`insert into hashtags (name, inserted_at, updated_at) values (${name}, timezone('UTC', now()), timezone('UTC', now()))`);
const transaction = <Result>(work: () => Promise<Result>, attempts?: number): Promise<Result> =>
  world.database.transaction(work, attempts);

describe('a transaction within a transaction', () => {
  it('is kept with it, and taken back with it', async () => {
    await transaction(async () => {
      await add('outer');
      await transaction(() => add('inner'));
    });
    expect(await tags()).toEqual(['inner', 'outer']);
    await expect(
      transaction(async () => {
        await transaction(() => add('lost'));
        throw failure('CONFLICT', 'no');
      }),
    ).rejects.toThrow('no');
    expect(await tags()).toEqual(['inner', 'outer']);
  });

  it('that throws is taken back alone, to any depth, and the others go on', async () => {
    await transaction(async () => {
      await add('a');
      await transaction(async () => {
        await add('b');
        await transaction(() => add('c'));
        await expect(
          transaction(async () => {
            await add('lost');
            throw failure('CONFLICT', 'no');
          }),
        ).rejects.toThrow('no');
        await add('d');
      });
      await expect(
        transaction(async () => {
          await transaction(() => add('lost too'));
          throw failure('CONFLICT', 'no');
        }),
      ).rejects.toThrow('no');
      await add('e');
    });
    expect(await tags()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('goes on after a statement that failed in one, as a refused duplicate', async () => {
    await transaction(async () => {
      await add('a');
      await expect(
        transaction(async () => {
          await add('lost');
          await add('a');
        }),
      ).rejects.toThrow();
      await transaction(() => add('b'));
    });
    expect(await tags()).toEqual(['a', 'b']);
  });

  it('stands in line when several begin at once', async () => {
    const seen: string[] = [];
    await transaction(() =>
      Promise.allSettled(
        ['a', 'b', 'c', 'd'].map((name) =>
          transaction(async () => {
            seen.push(`${name} begins`);
            await add(name);
            seen.push(`${name} ends`);
            if (name === 'b') throw failure('CONFLICT', 'no');
          }),
        ),
      ),
    );
    expect(seen).toEqual([
      'a begins',
      'a ends',
      'b begins',
      'b ends',
      'c begins',
      'c ends',
      'd begins',
      'd ends',
    ]);
    expect(await tags()).toEqual(['a', 'c', 'd']);
  });
});

it.runIf(engineName === 'postgres')(
  'a deadlock within an inner transaction takes that back and runs it again, not the outer',
  async () => {
    await world.user({ nickname: 'alice' });
    await world.user({ nickname: 'bob' });
    const other = await world.database.pool.connect();
    const update = (bio: string, nickname: string): string =>
      `update users set bio = '${bio}' where nickname = '${nickname}'`;
    // The other one waits for ever: PostgreSQL ends ours.
    await other.query(`begin; set local deadlock_timeout = '1h'; ${update('other', 'bob')}`);
    let [outer, inner] = [0, 0];
    try {
      await transaction(async () => {
        outer += 1;
        await add('once');
        await transaction(async () => {
          inner += 1;
          await world.database.prisma.$executeRawUnsafe(update('mine', 'alice'));
          if (inner === 1)
            void other.query(update('other', 'alice')).then(() => other.query('commit'));
          await world.database.prisma.$executeRawUnsafe(update('mine', 'bob'));
        });
      }, 1);
    } finally {
      other.release();
    }
    expect([outer, inner > 1]).toEqual([1, true]);
    expect(await tags()).toEqual(['once']);
    expect(
      (await world.rows('users', `nickname in ('alice', 'bob')`)).map(({ bio }) => bio),
    ).toEqual(['mine', 'mine']);
  },
);
