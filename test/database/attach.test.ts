import { describe, expect, it } from 'vitest';
import { checkSchema } from '../../src/database/family.js';
import { diagnose } from '../../src/cli/doctor.js';
import { locationOfInstance } from '../../src/rest/stays-with-instance.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

describe('attaching', () => {
  it('tells the family and its newest migration', async () => {
    const isPleroma = world.family === 'pleroma';
    expect(await checkSchema(world.database.pool)).toEqual({
      family: world.family,
      newestMigration: world.family === 'akkoma' ? '20250806000000' : '20240904142434',
      showsPeers: true,
      optional: {
        backupTempdir: isPleroma,
        previewCards: true,
        rules: isPleroma,
        statusTtlDays: !isPleroma,
        permitFollowback: !isPleroma,
        acceptsDirectMessagesFrom: !isPleroma,
      },
    });
  });

  it.each([
    [
      'a table',
      'alter table moderation_log rename to gone',
      'alter table gone rename to moderation_log',
      ['moderation_log'],
    ],
    [
      'columns',
      'alter table users rename column is_active to deactivated',
      'alter table users rename column deactivated to is_active',
      ['users.is_active'],
    ],
  ])(
    'refuses a database that lacks %s, names it and writes nothing',
    async (_what, breakIt, mendIt, missing) => {
      await world.database.pool.query(breakIt);
      try {
        await expect(checkSchema(world.database.pool)).rejects.toMatchObject({
          name: 'SchemaError',
          missing,
          message: `This is no database of Akkoma ≥ 3.10 or Pleroma ≥ 2.5. Missing: ${missing.join(', ')}.`,
        });
      } finally {
        await world.database.pool.query(mendIt);
      }
    },
  );

  it('shows statuses with links where the instance has no table of previews', async () => {
    const content = '<a href="https://news.example/1">news</a>';
    const { databaseId } = await makePosts(world).status(world.admin, { object: { content } });
    const { pool } = world.database;
    await pool.query('alter table rich_media_card rename to gone');
    try {
      const { optional } = await checkSchema(pool);
      expect(optional.previewCards).toBe(false);
      Object.assign(world.source.database.schema.optional, optional);
      const admin = await world.asAdmin();
      expect(await admin.rest('GET', `/api/v1/pleroma/admin/statuses/${databaseId}`)).toMatchObject(
        { status: 200, body: { id: databaseId, card: null } },
      );
    } finally {
      await pool.query('alter table gone rename to rich_media_card');
      Object.assign(world.source.database.schema.optional, { previewCards: true });
    }
  });

  it('refuses a database of neither family', async () => {
    const [breakIt, mendIt] =
      world.family === 'akkoma'
        ? ['alter table signing_keys rename to sk', 'alter table sk rename to signing_keys']
        : [
            'alter table users rename column keys to k',
            'alter table users rename column k to keys',
          ];
    await world.database.pool.query(breakIt);
    try {
      await expect(checkSchema(world.database.pool)).rejects.toThrow(
        'This is neither an Akkoma nor a Pleroma database.',
      );
    } finally {
      await world.database.pool.query(mendIt);
    }
  });

  it('the doctor says family, instance and counts, and changes nothing', async () => {
    await world.user({ nickname: 'rob@far.example' });
    const { name, ...software } = {
      akkoma: { name: 'Akkoma', version: '3.16.0' },
      pleroma: { name: 'Pleroma', version: '2.7.0' },
    }[world.family];
    const diagnosis = await world.expectUnchanged(async () =>
      diagnose(world.database, await world.source.readInstance()),
    );
    expect(diagnosis).toMatchObject({
      family: world.family,
      ...software,
      instanceLocation: locationOfInstance(world.family),
      instance: { name, url: 'https://home.example' },
      counts: { localUsers: 1, remoteUsers: 1, activities: 0, waitingJobs: 0 },
    });
  });
});

describe('transactions', () => {
  it('queries of the context inside a transaction see what it did, on one connection', async () => {
    const seen = await world.database.transaction(async (tx) => {
      await tx.user.update({
        where: { id: world.admin.id },
        data: { name: 'inside' },
        select: { id: true },
      });
      return world.database.prisma.user.findUnique({
        where: { id: world.admin.id },
        select: { name: true },
      });
    });
    expect(seen).toEqual({ name: 'inside' });
  });

  it('what throws leaves nothing, and the connection works on', async () => {
    await world.expectUnchanged(async () => {
      for (let round = 0; round < 12; round += 1) {
        await expect(
          world.database.transaction(async (tx) => {
            await tx.user.update({
              where: { id: world.admin.id },
              data: { name: 'lost' },
              select: { id: true },
            });
            await tx.$executeRaw`select 1 / 0`;
          }),
        ).rejects.toThrow();
      }
    });
    expect(await world.database.prisma.user.count()).toBe(1);
  });
});
