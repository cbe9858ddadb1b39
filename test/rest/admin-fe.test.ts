import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hashPassword } from '../../src/auth/password.js';
import { answers, openDashboard } from '../support/admin-fe.js';
import { dashboardPrefixes, useDashboardScene } from '../support/admin-fe-scene.js';
import { storeSetting } from '../support/config.js';
import { useListening } from '../support/listening.js';
import { baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const start = useListening(world);
const password = 'a password of the admin';
let passwordHash: Promise<string> | undefined;

describe.each(dashboardPrefixes)('AdminFE below %s, in the order it asks', (P) => {
  const scene = useDashboardScene(world);

  it('logs in with an app registered on the spot', async () => {
    const { ask } = scene();
    passwordHash ??= hashPassword(password, world.family);
    await world.database.pool.query('update users set password_hash = $1', [await passwordHash]);
    const visitor = openDashboard(ask);
    const client = await visitor.read(answers.app, 'POST', '/api/v1/apps', {
      client_name: 'AdminFE_1',
      redirect_uris: 'https://dashboard.example/oauth-callback',
      scopes: 'read write follow push admin',
    });
    const grant = {
      client_id: client.client_id,
      client_secret: client.client_secret,
      grant_type: 'password',
      username: 'admin',
    };
    expect(
      await visitor.fails(400, 'POST', '/oauth/token', { ...grant, password: 'wrong' }),
    ).toEqual({ error: 'Invalid credentials' });
    const { access_token: token } = await visitor.read(answers.token, 'POST', '/oauth/token', {
      ...grant,
      password,
    });
    const own = openDashboard(ask, token);
    const { id } = await own.read(answers.ownAccount, 'GET', '/api/v1/accounts/verify_credentials');
    expect(id).toBe(world.admin.databaseId);
    await own.read(answers.reports, 'GET', `${P}/reports?state=open&page=1&page_size=50`);
    await visitor.read(answers.nodeinfo, 'GET', '/nodeinfo/2.0.json');
    await own.read(answers.needReboot, 'GET', `${P}/need_reboot`);
    const { users } = await own.read(
      answers.users,
      'GET',
      `${P}/users?page=1&filters=local,active`,
    );
    expect(users.map((user) => user.id)).toContain(id);
  });

  it('invites, follows relays, and shows what was done', async () => {
    const { dashboard } = scene();
    expect(await dashboard.read(answers.invites, 'GET', `${P}/users/invites`)).toEqual({
      invites: [],
    });
    const { token } = await dashboard.read(answers.invite, 'POST', `${P}/users/invite_token`, {
      max_use: 3,
      expires_at: '2130-01-02',
    });
    await dashboard.read(answers.invite, 'POST', `${P}/users/invite_token`, {});
    await dashboard.change('POST', `${P}/users/revoke_invite`, { token });
    expect(
      (await dashboard.read(answers.invites, 'GET', `${P}/users/invites`)).invites.map(
        ({ used }) => used,
      ),
    ).toEqual([true, false]);
    await dashboard.fails(400, 'POST', `${P}/users/email_invite`, {
      email: 'guest@mail.example',
      name: 'Guest',
    });
    await world.user({
      nickname: 'relay@relay.example',
      apId: 'https://relay.example/actor',
      actorType: 'Application',
    });
    await world.user({
      nickname: 'relay',
      apId: `${baseUrl}/relay`,
      followerAddress: `${baseUrl}/relay/followers`,
      invisible: true,
    });
    expect(await dashboard.read(answers.relays, 'GET', `${P}/relay`)).toEqual({ relays: [] });
    await dashboard.change('POST', `${P}/relay`, { relay_url: 'https://relay.example/actor' });
    expect(await dashboard.read(answers.relays, 'GET', `${P}/relay`)).toEqual({
      relays: [{ actor: 'https://relay.example/actor', followed_back: false }],
    });
    await dashboard.change('DELETE', `${P}/relay`, { relay_url: 'https://relay.example/actor' });
    const { items, total } = await dashboard.read(answers.log, 'GET', `${P}/moderation_log?page=1`);
    expect([total, items.map(({ data }) => data['action']).sort()]).toEqual([
      2,
      ['relay_follow', 'relay_unfollow'],
    ]);
    const [start_date, end_date] = [
      new Date(Date.now() - 3_600_000).toISOString(),
      new Date(Date.now() + 3_600_000).toISOString(),
    ];
    const filter = new URLSearchParams({
      start_date,
      end_date,
      user_id: world.admin.databaseId,
      search: 'unfollowed',
      page: '1',
    });
    expect(
      (await dashboard.read(answers.log, 'GET', `${P}/moderation_log?${String(filter)}`)).items,
    ).toHaveLength(1);
    await dashboard.read(answers.users, 'GET', `${P}/users?filters=is_moderator`);
  });

  it('shows and changes settings, only those it can read', async () => {
    const { ask, dashboard } = scene();
    const post = (...configs: object[]) =>
      dashboard.read(answers.config, 'POST', `${P}/config`, { configs });
    const policies = [{ tuple: [':policies', ['Pleroma.Web.ActivityPub.MRF.TagPolicy']] }];
    // The policies of the instance are not known here: its defaults would be replaced.
    await world.expectUnchanged(() =>
      dashboard.fails(409, 'POST', `${P}/config`, {
        configs: [{ group: ':pleroma', key: ':mrf', value: policies }],
      }),
    );
    await storeSetting(world, ':pleroma', ':mrf', '[policies: []]');
    await post({ group: ':pleroma', key: ':mrf', value: policies });
    await post({
      group: ':pleroma',
      key: ':media_proxy',
      value: [
        { tuple: [':enabled', true] },
        { tuple: [':invalidation', [{ tuple: [':enabled', true] }]] },
      ],
    });
    await post({
      group: ':pleroma',
      key: ':rate_limit',
      value: [
        { tuple: [':search', [{ tuple: [1000, 10] }, { tuple: [1000, 30] }]] },
        { tuple: [':timeline', { tuple: [500, 3] }] },
      ],
    });
    await post(
      { group: ':pleroma', key: ':a_map', value: { ':a': 1 } },
      { group: ':pleroma', key: ':pairs_of_maps', value: [{ a: 1 }] },
      { group: ':mime', key: ':types', value: { 'text/x': ['x'] } },
    );
    await post(
      {
        group: ':pleroma',
        key: ':instance',
        value: [{ tuple: [':limit', null] }, { tuple: [':name', 'Ours'] }],
      },
      { group: ':pleroma', key: ':instance', subkeys: [':name'], delete: true },
    );
    await post({ group: ':pleroma', key: ':never_there', delete: true });
    const { configs } = await dashboard.read(answers.config, 'GET', `${P}/config`);
    expect(configs.map(({ key }) => key).sort()).toEqual([
      ':instance',
      ':media_proxy',
      ':mrf',
      ':rate_limit',
      ':types',
    ]);
    expect(configs.find(({ key }) => key === ':mrf')).toEqual({
      group: ':pleroma',
      key: ':mrf',
      value: policies,
      db: [':policies'],
    });
    const script = await ask('GET', `${P}/config`, undefined, {
      authorization: `Bearer ${await world.token(world.admin)}`,
    });
    expect((script.body as { configs: unknown[] }).configs).toHaveLength(7);
    await dashboard.read(z.array(z.unknown()), 'GET', `${P}/config/descriptions`);
    expect(await dashboard.read(answers.needReboot, 'GET', `${P}/need_reboot`)).toEqual({
      need_reboot: true,
    });
  });

  it('says what only the instance can do', async () => {
    const { dashboard } = scene();
    await dashboard.read(answers.caches, 'GET', `${P}/media_proxy_caches?page=1&page_size=50`);
    await dashboard.read(z.array(z.unknown()), 'GET', `${P}/frontends`);
    await dashboard.read(answers.packs, 'GET', '/api/v1/pleroma/emoji/packs?page=1&page_size=50');
    await dashboard.fails(501, 'GET', `${P}/restart`);
    await dashboard.fails(501, 'POST', `${P}/reload_emoji`);
    await dashboard.fails(501, 'POST', '/api/v1/pleroma/emoji/pack?name=two words');
    await dashboard.fails(501, 'POST', `${P}/media_proxy_caches/purge`, {
      urls: ['https://far.example/a.png'],
      ban: true,
    });
    const form = new FormData();
    form.append('file', new Blob(['<p>Ours</p>'], { type: 'text/html' }), 'blob');
    await dashboard.fails(501, 'PATCH', `${P}/instance_document/instance-panel`, form);
  });
});

it("below the old prefix the documents still rule by default, and what only they know stays with today's answers (LEGACY_DIALECT)", async () => {
  await world.user({ nickname: 'alice' });
  const headers = { authorization: `Bearer ${await world.token(world.admin)}` };
  const [documents, akkoma] = [await start(), await start({ legacyDialect: 'akkoma' })];
  const log = '/api/pleroma/admin/moderation_log';
  expect((await documents('GET', log, undefined, headers)).body).toEqual([]);
  expect((await akkoma('GET', log, undefined, headers)).body).toEqual({ items: [], total: 0 });
  for (const [ask, prefix, isThere] of [
    [documents, '/api/pleroma/admin', true],
    [akkoma, '/api/pleroma/admin', true],
    [documents, '/api/v1/pleroma/admin', false],
    [akkoma, '/api/v1/pleroma/admin', false],
  ] as const) {
    const { body } = await ask(
      'PATCH',
      `${prefix}/users/deactivate`,
      { nicknames: ['alice'] },
      headers,
    );
    expect([
      prefix,
      (body as { users: { deactivated?: boolean }[] }).users[0]?.deactivated,
    ]).toEqual([prefix, isThere ? true : undefined]);
  }
  expect((await documents('GET', '/api/pleroma/admin/users/nobody', undefined, headers)).body).toBe(
    'Not found',
  );
  expect((await akkoma('GET', '/api/pleroma/admin/users/nobody', undefined, headers)).body).toEqual(
    { error: 'Not found' },
  );
  expect(
    await akkoma(
      'PUT',
      '/api/pleroma/admin/users/alice/activation_status',
      { status: false },
      headers,
    ),
  ).toMatchObject({ status: 204 });
  expect(await world.rows('users', `nickname = 'alice'`)).toMatchObject([{ is_active: false }]);
  expect(
    await akkoma(
      'PUT',
      '/api/v1/pleroma/admin/users/alice/activation_status',
      { status: true },
      headers,
    ),
  ).toMatchObject({ status: 404 });
});
