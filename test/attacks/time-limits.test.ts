import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/database.js';
import { postgresPool } from '../../src/database/pool.js';
import { createApp, type AppDependencies } from '../../src/server/app.js';
import { createClient, type Client } from '../support/client.js';
import { engineName } from '../support/engine.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const tag =
  'mutation { usersTag(input: { users: [{ nickname: "alice" }], tags: ["x"] }) { users { tags } errors { code } } }';

/** The admin's client of an app that is otherwise the world's. */
async function adminOf(otherwise: Partial<AppDependencies>): Promise<Client> {
  return createClient(
    createApp({
      database: world.database,
      source: world.source,
      waysIn: { adminSecret: undefined, basicAuth: false },
      log: pino({ level: 'silent' }),
      ...otherwise,
    }),
    await world.token(world.admin),
  );
}

/** Reads the instance's settings only when told to: default avatars come from them, and the name of the own host. */
function heldSource() {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    release,
    source: {
      ...world.source,
      readInstance: async () => {
        await gate;
        return world.source.readInstance();
      },
    },
  };
}

describe('S20 what takes too long', () => {
  it('is answered with TIMEOUT: a query that asks for less may do, a mutation may yet be done, and is', async () => {
    await world.user({ nickname: 'alice' });
    const { source, release } = heldSource();
    const admin = await adminOf({ source, timeLimits: { query: 30, mutation: 60 } });
    const query = await admin.graphql('{ user(by: { nickname: "alice" }) { avatarUrl } }');
    expect(query).toMatchObject({
      status: 503,
      errors: [
        {
          message: 'Not finished within 0.03 seconds: ask for less, or try again later.',
          extensions: { code: 'TIMEOUT' },
        },
      ],
    });
    const mutation = await admin.graphql(
      'mutation { usersSuggest(input: { users: [{ nickname: "alice" }] }) { errors { code } } }',
    );
    expect(mutation).toMatchObject({
      status: 503,
      errors: [
        {
          message:
            'Not finished within 0.06 seconds: look whether it was done before you try again.',
          extensions: { code: 'TIMEOUT' },
        },
      ],
    });
    expect(await admin.rest('GET', '/api/v1/pleroma/admin/users/alice')).toMatchObject({
      status: 503,
      body: { error: 'Not finished within 0.03 seconds: ask for less, or try again later.' },
    });
    expect(await admin.rest('GET', '/api/pleroma/admin/users/alice')).toMatchObject({
      status: 503,
      body: 'Not finished within 0.03 seconds: ask for less, or try again later.',
    });
    release();
    await expect
      .poll(async () => (await world.rows('users', `nickname = 'alice'`))[0]?.['is_suggested'])
      .toBe(true);
  });

  it.runIf(engineName === 'postgres')(
    'a statement over its time is ended by PostgreSQL: UNAVAILABLE, nothing changed, the connection goes on',
    async () => {
      await world.user({ nickname: 'alice' });
      const database = await openDatabase(postgresPool(world.databaseUrl ?? '', 1, 300));
      const admin = await adminOf({ database, source: { ...world.source, database } });
      const locker = await world.database.pool.connect();
      try {
        await locker.query('begin');
        await locker.query(`select 1 from users where nickname = 'alice' for update`);
        const refused = await world.expectUnchanged(() => admin.graphql(tag));
        expect(refused).toMatchObject({
          status: 503,
          errors: [
            {
              message: 'The database took too long to answer.',
              extensions: { code: 'UNAVAILABLE' },
            },
          ],
        });
        expect(
          await world.expectUnchanged(() =>
            admin.rest('PUT', '/api/v1/pleroma/admin/users/tag', {
              nicknames: ['alice'],
              tags: ['x'],
            }),
          ),
        ).toMatchObject({ status: 503 });
      } finally {
        await locker.query('rollback');
        locker.release();
      }
      expect(await admin.data(tag)).toEqual({ usersTag: { users: [{ tags: ['x'] }], errors: [] } });
      await database.close();
    },
  );
});
