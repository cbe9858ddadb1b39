import { describe, expect, it } from 'vitest';
import { adminSecret, baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const remove = `mutation ($input: UsersDeleteInput!) { usersDelete(input: $input) { users { nickname } errors { code path message } } }`;

describe('deletion', () => {
  it('leaves the Delete, an emptied row, two jobs and one log row', async () => {
    const mallory = await world.user({
      nickname: 'mallory',
      isModerator: true,
      tags: ['x'],
      noteCount: 3,
      rawBio: 'raw',
      registrationReason: 'why',
      confirmationToken: 't',
    });
    const admin = await world.asAdmin();
    expect(
      await admin.data(remove, {
        input: { users: [{ id: Buffer.from(`User:${mallory.id}`).toString('base64') }] },
      }),
    ).toEqual({ usersDelete: { users: [{ nickname: 'mallory' }], errors: [] } });
    const [activity] = await world.rows('activities');
    expect(activity).toMatchObject({
      local: true,
      actor: world.admin.apId,
      recipients: [`${mallory.apId}/followers`],
      data: {
        type: 'Delete',
        actor: world.admin.apId,
        object: mallory.apId,
        to: [`${mallory.apId}/followers`],
        cc: [],
        bto: [],
        bcc: [],
        id: expect.stringMatching(new RegExp(`^${baseUrl}/activities/[0-9a-f-]{36}$`)) as unknown,
      },
    });
    expect(await world.rows('users', `nickname = 'mallory'`)).toMatchObject([
      {
        id: mallory.id,
        ap_id: mallory.apId,
        is_active: false,
        is_moderator: false,
        is_admin: false,
        bio: '',
        raw_bio: null,
        email: null,
        name: null,
        password_hash: null,
        registration_reason: null,
        confirmation_token: null,
        last_digest_emailed_at: null,
        tags: [],
        note_count: 0,
        follower_count: 0,
        following_count: 0,
        is_confirmed: true,
        is_approved: true,
      },
    ]);
    const akkoma = world.family === 'akkoma';
    expect(await world.rows('oban_jobs')).toMatchObject([
      {
        worker: akkoma ? 'Pleroma.Workers.BackgroundWorker' : 'Pleroma.Workers.DeleteWorker',
        queue: akkoma ? 'background' : 'slow',
        priority: 0,
        max_attempts: akkoma ? 1 : 20,
        args: { op: 'delete_user', user_id: mallory.databaseId },
      },
      {
        worker: 'Pleroma.Workers.PublisherWorker',
        queue: 'federator_outgoing',
        priority: 3,
        max_attempts: akkoma ? 6 : 5,
        args: { op: 'publish', ...(akkoma ? { object_data: null } : {}) },
      },
    ]);
    expect((await world.rows('moderation_log')).map((row) => row['data'])).toMatchObject([
      {
        action: 'delete',
        message: '@admin deleted users: @mallory',
        subject: [{ id: mallory.databaseId, nickname: 'mallory', type: 'user' }],
      },
    ]);
  });

  it('does not federate the deletion of a remote account', async () => {
    await world.user({ nickname: 'rob@far.example' });
    const admin = await world.asAdmin();
    await admin.data(remove, { input: { users: [{ nickname: 'rob@far.example' }] } });
    expect(
      (await world.rows('oban_jobs')).map((row) => (row['args'] as { op: string }).op),
    ).toEqual(['delete_user']);
  });

  it('deletes a deactivated account too (§8 row 22)', async () => {
    await world.user({ nickname: 'dave', isActive: false });
    const admin = await world.asAdmin();
    await admin.data(remove, { input: { users: [{ nickname: 'dave' }] } });
    expect(await world.rows('users', `nickname = 'dave'`)).toMatchObject([{ name: null }]);
    expect(await world.rows('activities')).toHaveLength(1);
  });

  it('is refused for oneself, without an account to sign it, and to unprivileged moderators', async () => {
    await world.user({ nickname: 'alice' });
    const moderator = world.as(
      await world.token(await world.user({ nickname: 'mod', isModerator: true })),
    );
    const admin = await world.asAdmin();
    await world.expectUnchanged(async () => {
      expect(
        await admin.rest('DELETE', '/api/v1/pleroma/admin/users?nickname=admin'),
      ).toMatchObject({ status: 403, body: { error: "You can't delete your own account." } });
      expect(
        await world
          .as(undefined)
          .rest('DELETE', '/api/v1/pleroma/admin/users?nickname=alice', undefined, {
            'x-admin-token': adminSecret,
          }),
      ).toMatchObject({ status: 403 });
      expect(
        await moderator.rest('DELETE', '/api/v1/pleroma/admin/users?nickname=alice'),
      ).toMatchObject({
        status: 403,
        body: {
          error: world.family === 'akkoma' ? 'User is not an admin.' : "User isn't privileged.",
        },
      });
    });
  });

  it('is open to moderators where the instance says so, but never against an admin', async () => {
    await world.user({ nickname: 'alice' });
    await world.user({ nickname: 'admin2', isAdmin: true });
    const moderator_privileges = { atoms: ['users_delete'] };
    await world.config(':instance', { privileged_staff: true, moderator_privileges });
    const moderator = world.as(
      await world.token(await world.user({ nickname: 'mod', isModerator: true })),
    );
    expect(
      await moderator.rest('DELETE', '/api/v1/pleroma/admin/users?nickname=alice'),
    ).toMatchObject({ status: 200, body: ['alice'] });
    expect(
      await world.expectUnchanged(() =>
        moderator.rest('DELETE', '/api/v1/pleroma/admin/users?nickname=admin2'),
      ),
    ).toMatchObject({
      status: 403,
      body: { error: 'A moderator may not act on the admin @admin2.' },
    });
  });
});

describe('the answers of the two dialects (§8 row 4)', () => {
  it('legacy: the nickname to nickname, in query or body; a list to nicknames', async () => {
    for (const nickname of ['a', 'b', 'c']) await world.user({ nickname });
    const admin = await world.asAdmin();
    expect((await admin.rest('DELETE', '/api/pleroma/admin/users?nickname=a')).body).toBe('a');
    expect((await admin.rest('DELETE', '/api/pleroma/admin/users', { nickname: 'b' })).body).toBe(
      'b',
    );
    expect(
      (await admin.rest('DELETE', '/api/pleroma/admin/users', { nicknames: ['c'] })).body,
    ).toEqual(['c']);
  });

  it('deletes nobody when one of the list is unknown', async () => {
    await world.user({ nickname: 'a' });
    const admin = await world.asAdmin();
    expect(
      await world.expectUnchanged(() =>
        admin.rest('DELETE', '/api/v1/pleroma/admin/users', { nicknames: ['a', 'nobody'] }),
      ),
    ).toMatchObject({ status: 404 });
    expect(
      await world.expectUnchanged(() => admin.rest('DELETE', '/api/pleroma/admin/users')),
    ).toMatchObject({ status: 400 });
  });
});
