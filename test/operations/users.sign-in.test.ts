import { describe, expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin';
const legacy = '/api/pleroma/admin';
const jobs = async () =>
  (await world.rows('oban_jobs')).map(({ worker, queue, args, state, max_attempts: attempts }) => ({
    worker,
    queue,
    args,
    state,
    attempts,
  }));
const log = async () => (await world.rows('moderation_log')).map(({ data }) => data);

describe('a link for a new password', () => {
  const link =
    'mutation ($input: UserCreatePasswordResetLinkInput!) { userCreatePasswordResetLink(input: $input) { user { nickname } link expiresAt errors { code path message } } }';

  it('is a new row each time; GraphQL says until when it works, by the setting of the instance', async () => {
    await world.user({ nickname: 'alice' });
    await world.config(':instance', { password_reset_token_validity: 3_600 });
    const admin = await world.asAdmin();
    const { userCreatePasswordResetLink: answer } = await admin.data<{
      userCreatePasswordResetLink: { link: string; expiresAt: string };
    }>(link, { input: { user: { nickname: 'alice' } } });
    await admin.data(link, { input: { user: { nickname: 'alice' } } });
    const [row, second] = await world.rows('password_reset_tokens');
    expect(row?.['token']).toMatch(/^[\w-]{43}=$/);
    expect(row?.['token']).not.toBe(second?.['token']);
    expect(answer).toMatchObject({
      user: { nickname: 'alice' },
      link: `https://home.example/api/v1/pleroma/password_reset/${encodeURIComponent(String(row?.['token']))}`,
      errors: [],
    });
    expect(Date.parse(answer.expiresAt) - Date.parse(`${String(row?.['inserted_at'])}Z`)).toBe(
      3_600_000,
    );
    const logged = {
      action: 'updated_users',
      message: '@admin updated users: @alice',
      subject: [{ nickname: 'alice' }],
      steward_action: 'password_reset_link',
    };
    expect(await log()).toMatchObject([logged, logged]);
  });

  it("the documents' path answers the token, v1 token and link", async () => {
    const alice = await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    const bare = await admin.rest('GET', `${legacy}/users/alice/password_reset`);
    const both = await admin.rest('GET', `${v1}/users/alice/password_reset`);
    const rows = await world.rows('password_reset_tokens');
    expect(rows).toMatchObject([
      { user_id: alice.id, used: false, token: bare.body },
      { user_id: alice.id, used: false },
    ]);
    expect(await log()).toMatchObject([
      { action: 'updated_users', steward_action: 'password_reset_link' },
    ]);
    expect(both).toMatchObject({
      status: 200,
      body: {
        token: rows[1]?.['token'],
        link: `https://home.example/api/v1/pleroma/password_reset/${encodeURIComponent(String(rows[1]?.['token']))}`,
      },
    });
  });

  it('is refused for unknown and remote accounts, and to a moderator for an admin', async () => {
    await world.user({ nickname: 'rob@remote.example' });
    const moderator_privileges = { atoms: ['users_manage_credentials'] };
    await world.config(':instance', { privileged_staff: true, moderator_privileges });
    const admin = await world.asAdmin();
    for (const name of ['nobody', 'rob@remote.example']) {
      expect(
        await world.expectUnchanged(() => admin.rest('GET', `${v1}/users/${name}/password_reset`)),
      ).toMatchObject({ status: 404, body: { error: 'Not found' } });
    }
    await world.user({ nickname: 'alice' });
    const mod = world.as(
      await world.token(await world.user({ nickname: 'mod', isModerator: true })),
    );
    expect((await mod.rest('GET', `${v1}/users/alice/password_reset`)).status).toBe(200);
    expect(
      await world.expectUnchanged(() => mod.rest('GET', `${v1}/users/admin/password_reset`)),
    ).toMatchObject({
      status: 403,
      body: { error: 'A moderator may not act on the admin @admin.' },
    });
  });
});

describe('forcing a new password', () => {
  it('leaves the instance a job for each account and writes one log row', async () => {
    const [alice, bob] = [
      await world.user({ nickname: 'alice' }),
      await world.user({ nickname: 'bob' }),
    ];
    const admin = await world.asAdmin();
    expect(
      await admin.rest('PATCH', `${v1}/users/force_password_reset`, {
        nicknames: ['alice', 'bob'],
      }),
    ).toMatchObject({ status: 204, body: undefined });
    const job = {
      worker: 'Pleroma.Workers.BackgroundWorker',
      queue: 'background',
      state: 'available',
      attempts: world.family === 'akkoma' ? 1 : 20,
    };
    expect(await jobs()).toEqual(
      [alice, bob].map(({ databaseId }) => ({
        ...job,
        args: { op: 'force_password_reset', user_id: databaseId },
      })),
    );
    expect(await log()).toMatchObject([
      {
        action: 'force_password_reset',
        message: '@admin forced password reset for users: @alice, @bob',
        subject: [{ nickname: 'alice' }, { nickname: 'bob' }],
      },
    ]);
  });

  it.each([
    ['an unknown account', 'nobody', 404],
    ['a remote one', 'rob@remote.example', 404],
  ])('changes nothing when one is %s', async (_case, nickname, status) => {
    await world.user({ nickname: 'alice' });
    await world.user({ nickname: 'rob@remote.example' });
    const admin = await world.asAdmin();
    expect(
      (
        await world.expectUnchanged(() =>
          admin.rest('PATCH', `${v1}/users/force_password_reset`, {
            nicknames: ['alice', nickname],
          }),
        )
      ).status,
    ).toBe(status);
    expect(await admin.rest('PATCH', `${v1}/users/force_password_reset`, {})).toMatchObject({
      status: 400,
      body: { errors: { detail: 'Internal server error' } },
    });
  });
});

describe('turning the second factor off', () => {
  it.each([
    [
      'keeps the recovery codes',
      {
        enabled: true,
        backup_codes: ['a', 'b'],
        totp: { secret: 'S', delivery_type: 'app', confirmed: true },
      },
      ['a', 'b'],
    ],
    ['also where there is none', {}, []],
  ])("%s; the documents' path logs it, v1 as little as Akkoma", async (_case, settings, codes) => {
    await world.user({ nickname: 'ivan', multiFactorAuthenticationSettings: settings });
    const admin = await world.asAdmin();
    expect(await admin.rest('PUT', `${v1}/users/disable_mfa`, { nickname: 'ivan' })).toMatchObject({
      status: 200,
      body: 'ivan',
    });
    const [row] = await world.rows('users', `nickname = 'ivan'`);
    expect(row?.['multi_factor_authentication_settings']).toEqual({
      enabled: false,
      backup_codes: codes,
      totp: { secret: null, delivery_type: 'app', confirmed: false },
    });
    expect(await log()).toEqual([]);
    await admin.rest('PUT', '/api/pleroma/admin/users/disable_mfa', { nickname: 'ivan' });
    expect(await log()).toMatchObject([
      {
        action: 'updated_users',
        message: '@admin updated users: @ivan',
        steward_action: 'reset_mfa',
      },
    ]);
    expect(
      await admin.rest('PUT', `${v1}/users/disable_mfa`, { nickname: 'nobody' }),
    ).toMatchObject({ status: 404, body: { error: 'Not found' } });
  });
});

describe('mailing the confirmation again', () => {
  it('leaves the mail to the instance', async () => {
    await world.user({ nickname: 'grace', isConfirmed: false, confirmationToken: 'the-token' });
    const admin = await world.asAdmin();
    expect(
      await admin.rest('PATCH', `${v1}/users/resend_confirmation_email`, { nicknames: ['grace'] }),
    ).toMatchObject({ status: 200, body: '' });
    expect(await jobs()).toMatchObject([
      {
        worker: 'Pleroma.Workers.MailerWorker',
        queue: world.family === 'akkoma' ? 'mailer' : 'background',
      },
    ]);
    expect(await log()).toMatchObject([
      {
        action: 'resend_confirmation_email',
        message: '@admin re-sent confirmation email for users: @grace',
      },
    ]);
  });

  it('passes over the confirmed and those without an address on v1, as the instance does, and logs them', async () => {
    await world.user({ nickname: 'alice' });
    await world.user({ nickname: 'bob', isConfirmed: false, email: null });
    await world.user({ nickname: 'grace', isConfirmed: false, confirmationToken: 'x' });
    const admin = await world.asAdmin();
    expect(
      await admin.rest('PATCH', `${v1}/users/resend_confirmation_email`, {
        nicknames: ['alice', 'grace', 'bob'],
      }),
    ).toMatchObject({ status: 200, body: '' });
    expect(await jobs()).toHaveLength(1);
    expect(await log()).toMatchObject([
      { message: '@admin re-sent confirmation email for users: @alice, @grace, @bob' },
    ]);
    expect(
      await admin.rest('PATCH', `${v1}/users/resend_confirmation_email`, { nicknames: ['alice'] }),
    ).toMatchObject({ status: 200, body: '' });
    expect(await jobs()).toHaveLength(1);
    expect(
      (
        await world.expectUnchanged(() =>
          admin.rest('PATCH', `${v1}/users/resend_confirmation_email`, {
            nicknames: ['grace', 'nobody'],
          }),
        )
      ).status,
    ).toBe(404);
  });

  it("is refused for the confirmed on the documents' path and in GraphQL, all or none", async () => {
    await world.user({ nickname: 'alice' });
    await world.user({ nickname: 'grace', isConfirmed: false, confirmationToken: 'x' });
    const admin = await world.asAdmin();
    const document =
      'mutation { usersResendConfirmationEmail(input: { users: [{ nickname: "grace" }, { nickname: "alice" }] }) { errors { code message } } }';
    expect(await world.expectUnchanged(() => admin.data(document))).toEqual({
      usersResendConfirmationEmail: {
        errors: [{ code: 'CONFLICT', message: '@alice has confirmed its address.' }],
      },
    });
    expect(
      await world.expectUnchanged(() =>
        admin.rest('PATCH', `/api/pleroma/admin/users/resend_confirmation_email`, {
          nicknames: ['grace', 'alice'],
        }),
      ),
    ).toMatchObject({ status: 409, body: '@alice has confirmed its address.' });
  });
});

it('an archive is asked of the instance', async () => {
  const alice = await world.user({ nickname: 'alice' });
  const admin = await world.asAdmin();
  expect(await admin.rest('POST', `${v1}/backups`, { nickname: 'alice' })).toMatchObject({
    status: 200,
    body: '',
  });
  const [backup] = await world.rows('backups');
  expect(backup).toMatchObject({
    user_id: alice.id,
    processed: false,
    file_size: 0,
    content_type: 'application/zip',
  });
  expect(backup?.['file_name']).toMatch(/^archive-alice-\d{8}T\d{6}-[\w-]{43}\.zip$/);
  if (world.family === 'pleroma') {
    expect(backup?.['tempdir']).toMatch(/^\/tmp\/backup-[\w-]{11}$/);
  }
  expect(await jobs()).toEqual([
    {
      worker: 'Pleroma.Workers.BackupWorker',
      queue: world.family === 'akkoma' ? 'backup' : 'slow',
      args: { op: 'process', backup_id: backup?.['id'], admin_user_id: world.admin.databaseId },
      state: 'available',
      attempts: 1,
    },
  ]);
  expect(await log()).toMatchObject([
    {
      action: 'create_backup',
      message: '@admin requested account backup for @alice',
      subject: { nickname: 'alice', type: 'user' },
    },
  ]);
  expect(
    (await world.expectUnchanged(() => admin.rest('POST', `${v1}/backups`, { nickname: 'nobody' })))
      .status,
  ).toBe(404);
});
