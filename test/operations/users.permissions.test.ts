import { describe, expect, it } from 'vitest';
import { adminSecret, useWorld } from '../support/world.js';

const world = useWorld();
const groups = '/permission_group';

describe('roles', () => {
  it('grants and revokes with one log row each; legacy answers both roles, v1 the changed one', async () => {
    const mod = await world.user({ nickname: 'mod', isModerator: true });
    const admin = await world.asAdmin();
    expect(
      (await admin.rest('POST', `/api/v1/pleroma/admin/users/mod${groups}/admin`)).body,
    ).toEqual({ is_admin: true });
    expect(
      (await admin.rest('DELETE', `/api/pleroma/admin/users/mod${groups}/moderator`)).body,
    ).toEqual({ is_admin: true, is_moderator: false });
    expect((await admin.rest('GET', `/api/pleroma/admin/users/mod${groups}`)).body).toEqual({
      is_admin: true,
      is_moderator: false,
    });
    expect((await world.rows('moderation_log')).map((row) => row['data'])).toMatchObject([
      {
        action: 'grant',
        permission: 'admin',
        message: '@admin made @mod admin',
        subject: [{ id: mod.databaseId }],
      },
      {
        action: 'revoke',
        permission: 'moderator',
        message: '@admin revoked moderator role from @mod',
      },
    ]);
  });

  it('there are two groups: any other is 404 on every verb', async () => {
    await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    await world.expectUnchanged(async () => {
      for (const method of ['GET', 'POST', 'DELETE']) {
        for (const prefix of ['/api/v1/pleroma/admin', '/api/pleroma/admin'])
          expect(await admin.rest(method, `${prefix}/users/alice${groups}/king`)).toMatchObject({
            status: 404,
            body: { error: 'No such permission_group' },
          });
      }
      expect(
        await admin.rest('POST', `/api/v1/pleroma/admin/users${groups}/king`, {
          nicknames: ['alice'],
        }),
      ).toMatchObject({ status: 404 });
    });
  });

  it('nobody revokes their own admin role, by any door', async () => {
    await world.user({ nickname: 'admin2', isAdmin: true });
    const admin = await world.asAdmin();
    await world.expectUnchanged(async () => {
      expect(
        await admin.rest('DELETE', `/api/v1/pleroma/admin/users/admin${groups}/admin`),
      ).toMatchObject({ status: 403, body: { error: "You can't revoke your own admin status." } });
      expect(
        await admin.rest('DELETE', `/api/pleroma/admin/users/ADMIN${groups}/admin`),
      ).toMatchObject({ status: 403 });
      expect(
        await admin.rest('DELETE', `/api/v1/pleroma/admin/users${groups}/admin`, {
          nicknames: ['admin', 'admin2'],
        }),
      ).toMatchObject({
        status: 403,
        body: { error: "You can't revoke your own admin/moderator status." },
      });
      const document = `mutation { userRevokePermission(input: { user: { nickname: "admin" }, permission: ADMIN }) { errors { code } } }`;
      expect(await admin.data(document)).toEqual({
        userRevokePermission: { errors: [{ code: 'FORBIDDEN' }] },
      });
    });
  });

  it('the last active admin stays one', async () => {
    const asSecret = world.as(undefined);
    const answer = await world.expectUnchanged(() =>
      asSecret.rest('DELETE', `/api/v1/pleroma/admin/users/admin${groups}/admin`, undefined, {
        'x-admin-token': adminSecret,
      }),
    );
    expect(answer).toMatchObject({ status: 409 });
  });

  it('of two admins who revoke each other at once one remains', async () => {
    const other = await world.user({ nickname: 'admin2', isAdmin: true });
    const [one, two] = [await world.asAdmin(), world.as(await world.token(other))];
    const answers = await Promise.all([
      one.rest('DELETE', `/api/v1/pleroma/admin/users/admin2${groups}/admin`),
      two.rest('DELETE', `/api/v1/pleroma/admin/users/admin${groups}/admin`),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await world.rows('users', 'is_admin')).toHaveLength(1);
  });

  it('whoever leaves the staff loses the notifications about reports (Akkoma)', async () => {
    const mod = await world.user({ nickname: 'mod', isModerator: true });
    const {
      rows: [activity],
    } = await world.database.pool.query<{ id: string }>(
      `insert into activities (id, data, inserted_at, updated_at) values (gen_random_uuid(), '{}', timezone('UTC', now()), timezone('UTC', now())) returning id`,
    );
    for (const type of ['pleroma:report', 'follow'])
      await world.database.pool.query(
        `insert into notifications (user_id, activity_id, type, inserted_at, updated_at) values ($1, $2, $3, timezone('UTC', now()), timezone('UTC', now()))`,
        [mod.id, activity?.id, type],
      );
    const admin = await world.asAdmin();
    await admin.rest('DELETE', `/api/v1/pleroma/admin/users/mod${groups}/moderator`);
    expect((await world.rows('notifications')).map((row) => row['type'])).toEqual(
      world.family === 'akkoma' ? ['follow'] : ['pleroma:report', 'follow'],
    );
  });
});
