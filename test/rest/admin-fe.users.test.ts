import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { adminUser, answers } from '../support/admin-fe.js';
import { dashboardPrefixes, useDashboardScene } from '../support/admin-fe-scene.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

describe.each(dashboardPrefixes)('AdminFE below %s, in the order it asks', (P) => {
  const scene = useDashboardScene(world);

  it('lists, searches and filters users with what it writes into the address unescaped', async () => {
    const { dashboard } = scene();
    await world.user({ nickname: 'bot', actorType: 'Service' });
    await world.user({ nickname: 'late', isApproved: false, registrationReason: 'please' });
    await world.user({ nickname: 'unsure', isConfirmed: false });
    const names = async (query: string) =>
      (await dashboard.read(answers.users, 'GET', `${P}/users?${query}`)).users.map(
        ({ nickname }) => nickname,
      );
    expect(await names('page=1&filters=')).toEqual([
      'unsure',
      'late',
      'bot',
      'rob@remote.example',
      'alice',
      'admin',
    ]);
    expect(await names('page=1&filters=local,active')).toEqual(['bot', 'alice', 'admin']);
    expect(
      await names('page=1&filters=local&actor_types[]=Service&actor_types[]=Application'),
    ).toEqual(['bot']);
    expect(await names('page=1&filters=need_approval')).toEqual(['late']);
    expect(await names('page=1&filters=unconfirmed')).toEqual(['unsure']);
    expect(await names('query=rob@remote.example&page=1&filters=external')).toEqual([
      'rob@remote.example',
    ]);
    expect(await names('query=two words&page=1&filters=local,active')).toEqual([]);
    expect(await names('filters=is_admin')).toEqual(['admin']);
    expect(await names('page=7&filters=')).toEqual([]);
  });

  it('shows one user, by id and by nickname', async () => {
    const { dashboard, alice, rob } = scene();
    for (const name of [alice.databaseId, 'alice', rob.databaseId])
      await dashboard.read(adminUser, 'GET', `${P}/users/${name}`);
    expect(
      (
        await dashboard.read(
          answers.userStatuses,
          'GET',
          `${P}/users/${alice.databaseId}/statuses?godmode=false`,
        )
      ).activities,
    ).toHaveLength(1);
    expect(
      (
        await dashboard.read(
          answers.userStatuses,
          'GET',
          `${P}/users/${alice.databaseId}/statuses?godmode=true`,
        )
      ).activities,
    ).toHaveLength(2);
    expect(
      await dashboard.read(z.array(z.unknown()), 'GET', `${P}/users/${alice.databaseId}/chats`),
    ).toEqual([]);
    expect(
      await dashboard.read(answers.credentials, 'GET', `${P}/users/alice/credentials`),
    ).toMatchObject({ actor_type: 'Person', email: 'alice@mail.example' });
    expect(
      await dashboard.read(answers.credentials, 'GET', `${P}/users/rob@remote.example/credentials`),
    ).toMatchObject({ email: null });
    await dashboard.fails(404, 'GET', `${P}/users/nobody`);
    await dashboard.read(answers.resetLink, 'GET', `${P}/users/alice/password_reset`);
    await dashboard.change('PATCH', `${P}/users/alice/credentials`, {
      email: 'new@mail.example',
    });
    await dashboard.change('PATCH', `${P}/users/alice/credentials`, {
      password: 'a new password',
    });
    await dashboard.change('PATCH', `${P}/users/alice/credentials`, { actor_type: 'Service' });
    expect(await world.rows('users', `nickname = 'alice'`)).toMatchObject([
      { email: 'new@mail.example', actor_type: 'Service' },
    ]);
  });

  it('moderates users one by one and many at once, and reads what it wrote at once', async () => {
    const { dashboard, alice } = scene();
    const user = () => dashboard.read(adminUser, 'GET', `${P}/users/${alice.databaseId}`);
    await dashboard.read(answers.config, 'GET', `${P}/config`);
    await dashboard.change('POST', `${P}/users`, {
      users: [{ nickname: 'newbie', email: 'newbie@mail.example', password: 'a password' }],
    });
    expect(
      await dashboard.fails(409, 'POST', `${P}/users`, {
        users: [{ nickname: 'newbie', email: 'x@mail.example', password: 'a password' }],
      }),
    ).toMatchObject([{ error: 'nickname has already been taken' }]);
    await dashboard.change('POST', `${P}/users/permission_group/moderator`, {
      nicknames: ['alice', 'newbie'],
    });
    expect(await user()).toMatchObject({ roles: { admin: false, moderator: true } });
    await dashboard.change('DELETE', `${P}/users/permission_group/moderator`, {
      nicknames: ['alice', 'newbie'],
    });
    await dashboard.fails(403, 'DELETE', `${P}/users/permission_group/admin`, {
      nicknames: ['admin'],
    });
    await dashboard.read(answers.changedUsers, 'PATCH', `${P}/users/deactivate`, {
      nicknames: ['alice', 'rob@remote.example'],
    });
    expect(await user()).toMatchObject({
      is_active: false,
      roles: { admin: false, moderator: false },
    });
    await dashboard.read(answers.changedUsers, 'PATCH', `${P}/users/activate`, {
      nicknames: ['alice', 'rob@remote.example'],
    });
    const tags = [
      'media-force-nsfw',
      'media-strip',
      'force-unlisted',
      'sandbox',
      'disable-remote-subscription',
      'disable-any-subscription',
    ].map((tag) => `mrf_tag:${tag}`);
    for (const tag of tags)
      await dashboard.change('PUT', `${P}/users/tag`, {
        nicknames: ['alice', 'rob@remote.example'],
        tags: [tag],
      });
    await dashboard.change('DELETE', `${P}/users/tag`, { nicknames: ['alice'], tags: [tags[0]] });
    expect(await user()).toMatchObject({ is_active: true, tags: tags.slice(1) });
    await world.database.pool.query(
      `update users set is_approved = false, is_confirmed = false, confirmation_token = 'x' where nickname = 'newbie'`,
    );
    await dashboard.change('PATCH', `${P}/users/resend_confirmation_email`, {
      nicknames: ['newbie'],
    });
    await dashboard.read(answers.changedUsers, 'PATCH', `${P}/users/approve`, {
      nicknames: ['newbie'],
    });
    await dashboard.change('PATCH', `${P}/users/confirm_email`, { nicknames: ['newbie'] });
    await dashboard.change('PATCH', `${P}/users/force_password_reset`, { nicknames: ['newbie'] });
    await dashboard.change('PUT', `${P}/users/disable_mfa`, { nickname: 'newbie' });
    expect(await world.rows('users', `nickname = 'newbie'`)).toMatchObject([
      { is_approved: true, is_confirmed: true },
    ]);
    expect(
      await dashboard.read(z.array(z.string()), 'DELETE', `${P}/users`, {
        nicknames: ['newbie'],
      }),
    ).toEqual(['newbie']);
  });
});
